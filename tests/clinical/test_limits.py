"""At most so many in a window, however many ask at the same moment and whoever counts."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from clinical import limits
from clinical.limits import Limit

LIMIT = Limit("trial", most=20, window_seconds=300)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database on disk, beside which the counts are kept as on a real site."""
    database = tmp_path / "db.sqlite3"
    database.touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
    monkeypatch.setattr(limits, "_ask", limits._file.ask)
    return database


def passed(tries: int) -> int:
    return sum(LIMIT.seconds_to_wait("203.0.113.0/24") == 0 for _number in range(tries))


def test_of_many_at_once_no_more_pass_than_in_turn(beside: Path):
    """As ten processes: each has a connection of its own to the file."""

    def as_process(_number: int) -> int:
        ours = limits._CountsFile()
        outcomes = []
        for _try in range(40):
            known = ours.ask(limits._COUNT, {"key": "k", "now": 1.0, "ends": 301.0})
            outcomes.append(known is not None and known[0] <= LIMIT.most)
        return sum(outcomes)

    with ThreadPoolExecutor(10) as processes:
        assert sum(processes.map(as_process, range(10))) == LIMIT.most
    assert (beside.parent / "db.sqlite3-counts").is_file()


def test_threads_of_one_process_count_together(beside: Path):
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(passed, [50] * 8)) == LIMIT.most


def test_counting_does_not_wait_for_whoever_writes_in_the_database(beside: Path):
    writer = sqlite3.connect(beside, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    assert passed(25) == LIMIT.most


@pytest.mark.django_db
def test_a_window_ends_and_the_next_begins(monkeypatch: pytest.MonkeyPatch):
    now = 1_000_000.0
    monkeypatch.setattr(limits.time, "time", lambda: now)
    assert passed(25) == LIMIT.most
    assert LIMIT.seconds_to_wait("203.0.113.0/24") == 300
    assert LIMIT.seconds_to_wait("198.51.100.0/24") == 0
    now += 301
    assert passed(25) == LIMIT.most


@pytest.mark.django_db
def test_who_is_over_the_limit_is_only_looked_up(monkeypatch: pytest.MonkeyPatch):
    passed(21)
    asked: list[str] = []
    ask = limits._ask
    monkeypatch.setattr(limits, "_ask", lambda statement, values: asked.append(statement) or ask(statement, values))
    assert passed(3) == 0
    assert asked == [limits._LOOK] * 3


def test_a_file_that_is_no_database_fails_nobody(beside: Path):
    (beside.parent / "db.sqlite3-counts").write_bytes(b"nonsense" * 200)
    assert passed(25) == LIMIT.most
