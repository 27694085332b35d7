"""Counts are exact when many count at once, end by themselves, and wait for no writer."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from clinical.serving import rate_limits
from clinical.serving.rate_limits import Limit, forget, forget_old, give_back, take, waits

pytestmark = pytest.mark.django_db

THREE = Limit("three", most=3, seconds=60)
TWO = Limit("two", most=2, seconds=600)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds; the first of them is now."""
    now = [1000.0]
    monkeypatch.setattr(rate_limits.time, "time", lambda: now[0])
    return now


def test_so_many_get_by_and_the_next_is_told_how_long_to_wait(clock: list[float]):
    assert [take((THREE, "a")) for _turn in range(5)] == [0, 0, 0, 60, 60]
    clock[0] += 59.5
    assert take((THREE, "a")) == 1
    assert take((THREE, "b")) == 0
    clock[0] += 1
    assert take((THREE, "a")) == 0


def test_all_limits_are_counted_or_none(clock: list[float]):
    assert [take((THREE, "a"), (TWO, "b")) for _turn in range(4)] == [0, 0, 600, 600]
    assert [take((THREE, "a")) for _turn in range(2)] == [0, 60]


def test_what_turned_out_well_is_given_back_and_never_more(clock: list[float]):
    give_back((TWO, "a"))
    for _turn in range(5):
        assert take((TWO, "a")) == 0
        give_back((TWO, "a"))


def test_who_has_to_wait_is_asked_for_all_together(clock: list[float]):
    for _turn in range(3):
        take((THREE, "a"))
    take((THREE, "b"))
    assert waits(THREE, ["a", "b", "c"]) == {"a": 60}
    assert waits(THREE, []) == {}
    forget((THREE, "a"))
    assert waits(THREE, ["a"]) == {}


def test_what_holds_no_more_is_removed_and_names_are_never_kept(clock: list[float]):
    take((THREE, "somebody@example.org"))
    take((TWO, "somebody@example.org"))
    assert [key.partition(":")[0] for key in kept()] == ["three", "two"]
    assert "somebody" not in "".join(kept())
    clock[0] += 61
    forget_old()
    assert [key.partition(":")[0] for key in kept()] == ["two"]


def kept() -> list[str]:
    with rate_limits._counts() as ask:
        return sorted(key for (key,) in ask("SELECT key FROM clinical_ratecount", []))


def _take_many(file: Path, results: Any) -> None:
    settings.RATE_COUNTS_FILE = file
    results.put(sum(take((Limit("many", most=50, seconds=600), "a")) == 0 for _turn in range(40)))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file's rule")
def test_many_processes_at_once_let_no_more_through_than_one(tmp_path: Path):
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    processes = [context.Process(target=_take_many, args=(tmp_path / "counts", results)) for _number in range(4)]
    for process in processes:
        process.start()
    let_through = [results.get(timeout=60) for _process in processes]
    for process in processes:
        process.join()
    assert sum(let_through) == 50


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file's rule")
def test_file_that_is_none_any_more_begins_anew(caplog: pytest.LogCaptureFixture):
    settings.RATE_COUNTS_FILE.write_bytes(b"not a database, and long enough to be looked at as one" * 100)
    assert take((TWO, "a")) == 0
    assert "begin anew" in caplog.text
    assert take((TWO, "a")) == 0
    assert take((TWO, "a")) == 600


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file's rule")
def test_damage_behind_the_first_pages_switches_no_limit_off(caplog: pytest.LogCaptureFixture):
    take(*((TWO, str(number)) for number in range(400)))
    path = settings.RATE_COUNTS_FILE
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = path.read_bytes()
    assert len(whole) > 3 * 4096
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    assert [take((TWO, "a")) for _number in range(4)] == [0, 0, 600, 600]
    assert "begin anew" in caplog.text
    assert path.with_name(f"{path.name}.damaged").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file's rule")
def test_index_that_belies_its_table_switches_no_limit_off():
    take((TWO, "a"))
    path = settings.RATE_COUNTS_FILE
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (number,) = file.execute("SELECT rootpage FROM sqlite_master WHERE type = 'table'").fetchone()
    content, page = bytearray(path.read_bytes()), (number - 1) * 4096
    row = page + int.from_bytes(content[page + 8 : page + 10], "big")
    content[row + 1] = 9  # the row's number, which was 1 and is so still in the index
    path.write_bytes(content)
    assert [take((TWO, "a")) for _number in range(4)] == [0, 0, 600, 600]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file's rule")
def test_damaged_file_is_put_aside_only_while_nobody_counts(monkeypatch: pytest.MonkeyPatch):
    done = []
    monkeypatch.setattr(rate_limits, "_is_sound", lambda _path: bool(done.append("looked")) or True)
    with rate_limits._counts():
        anew = threading.Thread(target=rate_limits._begin_anew, args=(settings.RATE_COUNTS_FILE,))
        anew.start()
        anew.join(timeout=0.2)
        done.append("counted")
    anew.join(timeout=10)
    assert done == ["counted", "looked"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file's rule")
def test_a_file_that_is_not_free_in_time_is_a_line_in_the_log_and_no_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Fifty who guess at once bring it about at will: whoever keeps watch is not sent an error for each."""
    monkeypatch.setattr(rate_limits, "SECONDS_FOR_THE_FILE", 0)
    take((TWO, "a"))
    with rate_limits._counts():
        assert take((TWO, "a"), uncounted=30) == 30
    (said,) = caplog.records
    assert (said.levelname, said.exc_info) == ("WARNING", None)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file's rule")
def test_counts_lie_beside_the_database_and_not_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "RATE_COUNTS_FILE", None)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "db.sqlite3"))
    take((TWO, "a"))
    with sqlite3.connect(tmp_path / "db.sqlite3-counts") as file:
        assert file.execute("SELECT count FROM clinical_ratecount").fetchall() == [(1,)]
