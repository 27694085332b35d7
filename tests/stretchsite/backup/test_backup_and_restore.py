"""A backup is whole or not there; it is brought back whole, into an empty place, with its keys, or not at all."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db import connection

from clinical.models import AuditEntry, User
from stretchsite.backup import backing_up, restoring
from stretchsite.backup.database_copy import FILE_OF
from stretchsite.backup.manifest import NAME, Manifest, read
from stretchsite.models import Restoration
from testing import factories


def run(*arguments: object) -> str:
    said = StringIO()
    call_command(*map(str, arguments), stdout=said)
    return said.getvalue()


def refused(*arguments: object) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return str(error.value)


def test_what_was_backed_up_is_brought_back_elsewhere_and_nothing_more(site, elsewhere, tmp_path: Path, settings):
    copy = tmp_path / "copy"
    with site():
        factories.UserFactory.create(username="officer")
        entries = AuditEntry.objects.count()
        said = run("backup", copy)
        factories.UserFactory.create(username="later")
        assert "is there already" in refused("backup", copy)
    assert "Keep a copy of them somewhere else" in said
    assert not list(tmp_path.glob(".copy*"))
    assert set(read(copy).files) == {FILE_OF[connection.vendor], "media/documents/leaflet.pdf"}
    with elsewhere("other") as other:
        settings.SHARE_LINK_KEYS = ["another key"]
        assert "keys of SHARE_LINK_KEYS are not here" in refused("restore", copy)
        assert "Restored, and closed" in run("restore", copy, "--without-keys")
        assert User.objects.filter(username="officer").exists()
        assert not User.objects.filter(username="later").exists()
        assert AuditEntry.objects.count() == entries
        assert (other / "media" / "documents" / "leaflet.pdf").read_bytes() == b"%PDF-"
        told = refused("restore", copy, "--without-keys")
        assert "There is something in the database" in told
        assert "There are uploaded files" in told
        run("restore", copy, "--without-keys", "--replace")


LEAFLET = "media/documents/leaflet.pdf"
SPOILT: list[tuple[Callable[[Path], object], str]] = [
    (lambda copy: (copy / NAME).unlink(), "holds no backup"),
    (lambda copy: (copy / NAME).write_text("{"), "cannot be read"),
    (lambda copy: (copy / NAME).write_text('{"layout": 2}'), "in a way this version does not know"),
    (lambda copy: (copy / LEAFLET).write_bytes(b"%PDF+"), "leaflet.pdf is not what was backed up"),
    (lambda copy: (copy / LEAFLET).unlink(), "leaflet.pdf is missing"),
    (lambda copy: (copy / "media" / "more.pdf").write_bytes(b""), "more.pdf does not belong to it"),
]


@pytest.mark.slow
def test_what_is_not_as_it_was_made_is_not_brought_back(site, elsewhere, tmp_path: Path):
    with site():
        run("backup", tmp_path / "copy")
    with elsewhere("other"):
        for number, (spoil, told) in enumerate(SPOILT):
            spoilt = shutil.copytree(tmp_path / "copy", tmp_path / f"spoilt-{number}")
            spoil(spoilt)
            assert told in refused("restore", spoilt)
        assert restoring.database_copy.is_empty()


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="what is damaged, or lies beside a file, is SQLite's")
def test_a_damaged_database_is_replaced_and_what_lay_beside_another_is_not_mixed_in(site, elsewhere, tmp_path: Path):
    with site():
        run("backup", tmp_path / "copy")
    with elsewhere("other"):
        place = Path(connection.settings_dict["NAME"])
        beside = Path(f"{place}-wal")
        connection.close()
        place.unlink(missing_ok=True)
        beside.write_bytes(b"the newest changes of another")
        assert "Move it away too" in refused("restore", tmp_path / "copy", "--replace")
        place.write_bytes(b"no database at all" * 100)
        assert "There is something in the database" in refused("restore", tmp_path / "copy")
        run("restore", tmp_path / "copy", "--replace")
        assert not beside.exists() or beside.read_bytes()[:3] != b"the"
        assert Restoration.objects.open().exists()


@pytest.mark.slow
def test_a_copy_is_closed_before_it_is_in_its_place(site, elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def killed(*_arguments: object) -> None:
        raise OSError("killed")

    with site():
        run("backup", tmp_path / "copy")
    monkeypatch.setattr(restoring, "_close", killed)
    with elsewhere("other"):
        refused("restore", tmp_path / "copy")
        assert connection.vendor != "sqlite" or Restoration.objects.open().exists()


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a program that may be missing is PostgreSQL's")
def test_what_cannot_be_brought_in_leaves_what_was_there(site, elsewhere, tmp_path: Path, monkeypatch: Any):
    with site():
        run("backup", tmp_path / "copy")
    with elsewhere("other"):
        run("restore", tmp_path / "copy")
        factories.UserFactory.create(username="here")
        connection.close()
        with monkeypatch.context() as patch:
            patch.setenv("PATH", str(tmp_path))
            assert "pg_restore was not found" in refused("restore", tmp_path / "copy", "--replace")
        assert User.objects.filter(username="here").exists()


@pytest.mark.slow
def test_a_backup_that_is_broken_off_leaves_nothing(site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_arguments: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing_up, "copy_one", full)
    with site():
        assert "There is no backup" in refused("backup", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    assert not list(tmp_path.glob(".copy*"))


def test_a_newer_versions_backup_is_refused_and_an_older_ones_is_not():
    made = Manifest("", "9.0", "sqlite", ["sharing.0001_initial", "sharing.0000_long_gone"], [], [], {})
    assert restoring.newer_migrations(made) == []
    newer = dataclasses.replace(made, migrations=["sharing.9999_newer", "unheard_of.0001_initial"])
    assert restoring.newer_migrations(newer) == newer.migrations


def test_what_follows_a_restore_are_commands():
    assert set(restoring.AFTERWARDS) <= set(get_commands())


def test_a_site_is_closed_by_a_table_of_an_older_release_too(db: None):
    """It has none of the columns that came later, and the migrations follow only then."""
    table, column = Restoration._meta.db_table, Restoration._meta.get_field("is_move")
    found = Manifest("2026-11-30T10:00:00+00:00", "0.2.0", connection.vendor, [], [], [], {})
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP COLUMN {column.column}")
    restoring._close(found)
    restoring._close(found)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN {column.column} bool NOT NULL DEFAULT false")
    (closed,) = Restoration.objects.open()
    assert closed.backup_made_at.isoformat() == found.made_at
    assert not closed.is_move
