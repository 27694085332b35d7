"""R-F2, R-F5, R-F6: the power fails while something is written, and disks have no room left."""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from wagtail.models import Locale, Page

from clinical.databases.sqlite3.base import DatabaseWrapper
from exercises.models import ExercisePage
from stretchsite.settings.databases import SQLITE_OPTIONS
from testing.editor import edit_address, page_as_posted
from tests.clinical.publishing.roads import chief

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the disk is SQLite's own concern")
MOST_PAGES = 2**32 - 2


# The power fails (R-F2)


@pytest.fixture
def site(tmp_path: Path, django_db_blocker: Any) -> Iterator[Any]:
    """A connection as the site's, with a table of its own."""
    options = {"NAME": str(tmp_path / "db.sqlite3"), "OPTIONS": SQLITE_OPTIONS, "TIME_ZONE": None}
    wrapper = DatabaseWrapper({**connection.settings_dict, **options})
    with django_db_blocker.unblock():
        wrapper.ensure_connection()
        wrapper.connection.execute("CREATE TABLE decisions (what text)")
        yield wrapper
        wrapper.close()


@on_sqlite
@pytest.mark.parametrize("lost", [0, 1, 1000, 4096, 9000])
def test_what_was_acknowledged_before_the_power_failed_is_kept_and_what_was_not_is_whole_or_gone(
    site: Any, tmp_path: Path, lost: int
):
    """``synchronous=FULL``: what is acknowledged is on the disk, so all that can be lost was written after it."""
    site.connection.execute("INSERT INTO decisions VALUES ('withdrawn')")
    acknowledged = (tmp_path / "db.sqlite3-wal").stat().st_size
    site.connection.execute("PRAGMA cache_size = 1")
    site.connection.execute("BEGIN IMMEDIATE")
    site.connection.executemany("INSERT INTO decisions VALUES (?)", [("unfinished " * 400,)] * 20)
    after = tmp_path / "after"
    after.mkdir()
    for name in ("db.sqlite3", "db.sqlite3-wal"):
        shutil.copy(tmp_path / name, after)
    wal = after / "db.sqlite3-wal"
    assert wal.stat().st_size > acknowledged + 9000
    with wal.open("r+b") as torn:
        torn.truncate(wal.stat().st_size - lost)
    found = DatabaseWrapper({**site.settings_dict, "NAME": str(after / "db.sqlite3")})
    found.ensure_connection()
    assert found.connection.execute("SELECT what FROM decisions").fetchall() == [("withdrawn",)]
    assert found.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert found.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    found.close()


# The disk of the database is full (R-F6)


@pytest.fixture
def full_disk(transactional_db: None, everything_is_approved: None, request: Any) -> Iterator[Any]:
    """Calling it says whether there is room; a live exercise stands on the site."""
    Locale.objects.get_or_create(language_code="en-gb")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")
    request.getfixturevalue("exercise")

    def has_room(*, room: bool) -> None:
        with connection.cursor() as cursor:
            if not room:
                cursor.execute("VACUUM")
            cursor.execute(f"PRAGMA max_page_count = {MOST_PAGES if room else 1}")

    yield has_room
    has_room(room=True)


def save(writer: Client) -> Any:
    """Somebody saves what the page says now, and a sentence more."""
    exercise = ExercisePage.objects.get()
    typed = {**page_as_posted(exercise, chief()), "feel": "Kept as it was typed."}
    return writer.post(edit_address(exercise), typed)


@on_sqlite
def test_save_on_a_full_disk_is_told_and_taken_back_and_readers_read_on(full_disk: Any):
    exercise, writer = ExercisePage.objects.get(), Client()
    writer.force_login(chief())
    full_disk(room=False)
    told = save(writer)
    while told.status_code == 302:  # pages of the file that were begun are filled first
        told = save(writer)
    before = exercise.revisions.count()
    assert save(writer).status_code == 503
    assert told.status_code == 503
    assert "there is no room left" in told.text
    assert "Kept as it was typed." in told.text
    assert "tel:999" in told.text
    assert exercise.revisions.count() == before
    assert [Client().get(each).status_code for each in ("/", exercise.url, "/search/?q=calf", "/healthz")] == [200] * 4
    full_disk(room=True)
    assert save(writer).status_code == 302
    assert ExercisePage.objects.get().get_latest_revision_as_object().feel == "Kept as it was typed."
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# The disk of the log is full (R-F5)


class Full(StringIO):
    """A file on a disk without room."""

    def write(self, _text: str) -> int:
        """Refuse."""
        raise OSError(28, "No space left on device")


def test_log_that_cannot_be_written_fails_no_page(
    exercise: ExercisePage, client: Client, monkeypatch: pytest.MonkeyPatch
):
    handler = logging.StreamHandler(full := Full())
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [handler])
    monkeypatch.setattr(sys, "stderr", full)
    with pytest.raises(OSError, match="No space"):
        full.write("Nobody reads this.")
    assert client.get("/nowhere/").status_code == 404
    assert client.get("/exercises/wall-calf-stretch/").status_code == 200
