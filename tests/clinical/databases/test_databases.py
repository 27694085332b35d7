"""No wait for the database lasts longer than whoever asks may wait; a command waits as long as it takes."""

from __future__ import annotations

import runpy
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection

from clinical.databases.sqlite3 import base
from clinical.databases.sqlite3.base import DatabaseWrapper as Sqlite
from clinical.serving import waiting
from clinical.serving.capacity import LEAST_THREADS, Room, room
from clinical.serving.waiting import (
    Patience,
    TookTooLong,
    is_locked,
    is_not_now,
    patience,
    waiting_at_most,
    waiting_less,
)
from tests.tooling.sources import ROOT

IMPATIENT = Patience(each=0.2, lock=0.05)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "db.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE things (name text)")
    return path


@pytest.fixture
def site(database: Path, django_db_blocker: Any) -> Iterator[Any]:
    """A site's connection to it; the tests' own database is not concerned."""
    wrapper = Sqlite({**connection.settings_dict, "NAME": str(database), "OPTIONS": {"timeout": 20}, "TIME_ZONE": None})
    with django_db_blocker.unblock():
        yield wrapper
        wrapper.close()


def test_a_lock_on_the_whole_file_is_waited_for_no_longer_than_may_be(database: Path, site: Any):
    somebody = sqlite3.connect(database, isolation_level=None)
    somebody.execute("BEGIN EXCLUSIVE")
    with waiting_at_most(IMPATIENT), pytest.raises(OperationalError) as told, site.cursor() as cursor:
        cursor.execute("SELECT * FROM things")
    assert is_locked(told.value)
    somebody.rollback()
    with site.cursor() as cursor:
        assert list(cursor.execute("SELECT * FROM things")) == []


@pytest.mark.parametrize(("asks", "milliseconds"), [(IMPATIENT, 50), (None, 20_000), (Patience(9, lock=7), 7000)])
def test_the_next_to_ask_has_a_patience_of_their_own(site: Any, asks: Patience | None, milliseconds: int):
    site.ensure_connection()
    with waiting_at_most(asks), site.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (milliseconds,)


def test_a_question_that_does_not_end_is_ended(site: Any):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with waiting_at_most(IMPATIENT), pytest.raises(OperationalError) as told, site.cursor() as cursor:
        cursor.execute(endless)
    assert is_not_now(told.value)


def test_all_questions_together_take_no_longer_than_may_be(site: Any):
    long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT max(i) FROM n"
    with waiting_at_most(Patience(each=60, lock=1, together=0.15)), site.cursor() as cursor:
        asked = (cursor.execute(long).fetchall() for _number in range(100))
        with pytest.raises(OperationalError) as told:
            list(asked)
    assert is_not_now(told.value)


def test_a_database_that_is_gone_is_not_begun_anew_empty(database: Path, site: Any):
    database.unlink()
    with waiting_at_most(IMPATIENT), pytest.raises(TookTooLong):
        site.ensure_connection()
    assert not database.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL is asked over a wire")
def test_a_server_that_says_nothing_is_waited_for_no_longer_than_may_be():
    allowed = Patience(each=5, lock=1, together=0.5)
    with waiting_at_most(allowed):
        with pytest.raises(OperationalError) as told, connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(2)")
        assert is_not_now(told.value)
        assert not connection.is_usable()
        connection.close()
        with pytest.raises(TookTooLong):
            connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.6)")


# The threads that never wait


def test_all_but_two_threads_may_wait_and_the_last_of_them_only_for_something_urgent():
    held = Room()
    held.size_for(LEAST_THREADS)
    entered = [held.enter(urgent=False) for _number in range(LEAST_THREADS)]
    assert entered.count(True) == LEAST_THREADS - 3
    assert held.enter(urgent=True)
    assert not held.enter(urgent=True)
    held.leave()
    held.leave()
    assert held.enter(urgent=False)


def test_gunicorn_says_how_many_threads_there_are_and_too_few_do_not_start(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "most", None)
    conf = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    conf["post_worker_init"](SimpleNamespace(cfg=SimpleNamespace(threads=conf["threads"])))
    assert room.most == conf["threads"] - 2
    with pytest.raises(ValueError, match="at least 8 threads"):
        conf["post_worker_init"](SimpleNamespace(cfg=SimpleNamespace(threads=4)))


def test_no_header_says_where_the_site_begins():
    """It would stand in the links of pages that are kept for others."""
    assert runpy.run_path(str(ROOT / "gunicorn.conf.py"))["forwarder_headers"] == ""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's handler")
def test_what_a_question_took_is_not_counted_again_while_its_rows_are_fetched(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]
    for module in (base, waiting):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    with closing(base._TimedConnection(":memory:")) as asked, waiting_at_most(Patience(each=9, lock=9, together=2)):
        with asked.timed():
            now[0] = 1.2
            assert not asked.takes_too_long()
        now[0] = 1.9
        assert not asked.takes_too_long()
        now[0] = 2.1
        assert asked.takes_too_long()


def test_what_is_waited_within_a_shorter_patience_is_gone_for_what_comes_after(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]
    monkeypatch.setattr(waiting, "time", SimpleNamespace(monotonic=lambda: now[0]))
    with waiting_at_most(outer := Patience(each=3, lock=1, together=5)):
        with waiting_less(2), (inner := patience()).spent():
            assert (inner.left(), inner.lock) == (2, 1)
            now[0] = 1.5
        assert inner.left() == pytest.approx(0.5)
        assert patience() is outer
        assert outer.together == pytest.approx(3.5)
