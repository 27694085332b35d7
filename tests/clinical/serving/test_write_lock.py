"""Whoever writes waits for the lock: a request not for long, and nobody in the way of a withdrawal."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection, transaction

from clinical.serving import write_lock as locking
from clinical.serving.waiting import Busy, GaveWay, Patience, waiting_at_most
from clinical.serving.write_lock import FileLock, write_lock

REQUEST = Patience(each=10, lock=2)


@pytest.fixture
def line(tmp_path: Path) -> Iterator[FileLock]:
    """Where writers stand on SQLite. The transactions are nobody's concern here."""
    with patch("clinical.serving.write_lock.transaction"):
        yield FileLock(tmp_path / "db.sqlite3")


@contextmanager
def somebody_holds_the_lock(line: FileLock, *, urgent: bool = False) -> Iterator[threading.Event]:
    """Somebody else, until the event is set or the block ends."""
    has_it, is_over = threading.Event(), threading.Event()

    def hold() -> None:
        with line.hold(None, urgent=urgent):
            has_it.set()
            is_over.wait(30)

    somebody = threading.Thread(target=hold)
    somebody.start()
    has_it.wait(30)
    try:
        yield is_over
    finally:
        is_over.set()
        somebody.join()


def give_up(line: FileLock, times: int) -> None:
    """Ask for the lock so often, each time too briefly."""
    for _number in range(times):
        with pytest.raises(Busy), line.hold(0.01, urgent=False):
            pass


def test_who_waits_too_long_is_told(line: FileLock):
    with somebody_holds_the_lock(line), pytest.raises(Busy), line.hold(0.05, urgent=False):
        pytest.fail("the lock was somebody else's")
    with line.hold(0.05, urgent=False):
        pass


def test_who_was_told_has_left_the_line(line: FileLock):
    """Its place in the system's line comes to nothing: the lock goes to whoever still waits."""
    with somebody_holds_the_lock(line) as is_over:
        give_up(line, 3)
        threading.Timer(0.1, is_over.set).start()
        with line.hold(20, urgent=False):
            assert not line.is_urgent_waiting()


def test_urgent_writer_comes_in_though_many_have_given_up(line: FileLock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("clinical.serving.write_lock._standing", threading.Semaphore(2))
    with somebody_holds_the_lock(line) as is_over:
        give_up(line, 3)
        threading.Timer(0.1, is_over.set).start()
        with line.hold(20, urgent=True):
            pass


def test_what_follows_the_commit_follows_the_turn(line: FileLock):
    """On PostgreSQL the lock ends with the commit itself; here a lock taken by what follows would wait for itself."""
    happened: list[str] = []

    def writes_too() -> None:
        with line.hold(0.05, urgent=False):
            happened.append("again")

    with line.hold(0.05, urgent=False):
        connection.run_on_commit.append((set(), writes_too, False))
    assert happened == ["again"]
    assert connection.run_on_commit == []


def test_turns_are_taken_in_order(line: FileLock):
    order: list[int] = []

    def write(number: int) -> None:
        with line.hold(20, urgent=False):
            order.append(number)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    with somebody_holds_the_lock(line):
        for writer in writers:
            writer.start()
            time.sleep(0.1)  # each has taken its place before the next comes
    for writer in writers:
        writer.join()
    assert sorted(order) == [0, 1, 2, 3, 4]


def test_an_urgent_writer_holds_up_a_sign(line: FileLock):
    assert not line.is_urgent_waiting()
    with somebody_holds_the_lock(line, urgent=True):
        assert line.is_urgent_waiting()
    assert not line.is_urgent_waiting()


# Giving way


@pytest.fixture
def urgent_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody urgent waits, and whoever holds the lock has had it for long enough and looks before each question."""
    monkeypatch.setattr("clinical.serving.write_lock.NoLock.is_urgent_waiting", lambda self: True)
    monkeypatch.setattr("clinical.serving.write_lock.AdvisoryLock.is_urgent_waiting", lambda self: True)
    monkeypatch.setattr(locking, "GRACE_SECONDS", -1)
    monkeypatch.setattr(locking, "LOOKING_SECONDS", -1)


def ask() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@pytest.mark.django_db
def test_who_holds_the_lock_gives_way_and_takes_everything_back(urgent_now: None):
    with pytest.raises(GaveWay), write_lock(), transaction.atomic():
        ask()
    ask()


@pytest.mark.django_db
def test_who_swallows_it_gives_way_all_the_same(urgent_now: None):
    """The platform's tasks log what goes wrong in them, and go on."""

    def swallowing() -> None:
        with write_lock(), suppress(OperationalError):
            ask()

    with pytest.raises(GaveWay):
        swallowing()


@pytest.mark.django_db
def test_an_urgent_writer_gives_way_to_nobody(urgent_now: None):
    with write_lock(urgent=True):
        ask()


@pytest.mark.django_db
def test_the_lock_is_not_given_up_in_its_first_moments(urgent_now: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(locking, "GRACE_SECONDS", 60)
    with write_lock():
        ask()


@pytest.mark.django_db
@pytest.mark.parametrize("is_request", [True, False])
def test_no_request_holds_the_lock_for_ever_but_a_command_may(is_request: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(locking, "LONGEST_SECONDS", -1)
    monkeypatch.setattr(locking, "LOOKING_SECONDS", -1)

    def write() -> None:
        with waiting_at_most(REQUEST if is_request else None), write_lock():
            ask()

    if is_request:
        with pytest.raises(GaveWay):
            write()
    else:
        write()


@pytest.mark.parametrize(("urgent", "seconds"), [(False, locking.LOCK_SECONDS), (True, locking.URGENT_SECONDS)])
def test_how_long_a_request_waits_and_that_a_command_waits_for_ever(urgent: bool, seconds: float):
    with waiting_at_most(REQUEST):
        assert locking._seconds(urgent) == seconds
    assert locking._seconds(urgent) is None


@pytest.mark.django_db
def test_only_a_few_requests_wait_so_that_threads_stay_free(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(locking, "_waiting", threading.Semaphore(0))
    with waiting_at_most(REQUEST):
        with pytest.raises(Busy), write_lock():
            pass
        with write_lock(urgent=True):
            pass
    with write_lock():
        pass


@pytest.mark.django_db
def test_a_lock_of_the_databases_own_is_told_as_busy(monkeypatch: pytest.MonkeyPatch):
    """Somebody who did not stand in line holds it."""
    error = OperationalError("database is locked")
    error.__cause__ = type("DriversError", (Exception,), {"sqlite_errorcode": 5})()

    def locked(self: Any, seconds: float | None, *, urgent: bool) -> Any:
        raise error

    for name in ("NoLock", "AdvisoryLock"):
        monkeypatch.setattr(f"clinical.serving.write_lock.{name}.hold", locked)
    with pytest.raises(Busy), write_lock():
        pass
