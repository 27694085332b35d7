"""Bringing a backup back: everything is looked at first, and nothing is touched until nothing speaks against it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from sharing.models.signed import key_ids
from stretchsite.backup import database_copy, manifest
from stretchsite.backup.backing_up import A_LINE_AFTER, MEDIA, Say, counted
from stretchsite.backup.manifest import Manifest
from stretchsite.backup.uploaded_files import bring_back, names_here, names_in, place_here
from stretchsite.models import Restoration

#: What follows: the tables of this version, then what is kept beside them and made of them.
AFTERWARDS = ("migrate", "update_index", "rebuild_references_index")


def reasons_against(folder: Path, found: Manifest, *, replace: bool, without_keys: bool) -> Iterator[str]:
    """Why this backup is not brought back here, each with what to do."""
    if found.vendor != connection.vendor:
        yield f"It is a backup of {found.vendor}, and DATABASE_URL names {connection.vendor}."
    if newer := newer_migrations(found):
        yield f"It was made by a newer version ({found.version}; {', '.join(newer[:3])}). Install that version first."
    if not without_keys:
        yield from _missing_keys("SHARE_LINK_KEYS", found.share_link_keys, settings.SHARE_LINK_KEYS)
        yield from _missing_keys("SHARE_CODE_KEYS", found.share_code_keys, settings.SHARE_CODE_KEYS)
    if not replace:
        yield from _what_is_here()
    for fault in manifest.altered_files(folder, found):
        yield f"{fault}: use another backup."


def newer_migrations(found: Manifest) -> list[str]:
    """What its database has been through and this version has not: later than ours, or of an app unknown here."""
    last: dict[str, str] = {}
    known = set()
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        known |= {(app, name), *migration.replaces}
        last[app] = max(name, last.get(app, ""))
    applied = [tuple(each.split(".", 1)) for each in found.migrations]
    return [f"{app}.{name}" for app, name in applied if (app, name) not in known and name > last.get(app, "")]


def _missing_keys(setting: str, wanted: list[str], keys: list[str]) -> Iterator[str]:
    if absent := set(wanted) - set(key_ids(keys)):
        opened = "links" if setting == "SHARE_LINK_KEYS" else "codes"
        yield (
            f"{len(absent)} keys of {setting} are not here (by name: {', '.join(sorted(absent))}): patients' {opened} "
            "would open nothing. Put them in from where they are kept; or, if they are lost, say --without-keys."
        )


def _what_is_here() -> Iterator[str]:
    if not database_copy.is_empty():
        yield "There is something in the database, which would be lost. If it may be, say --replace."
    if next(names_here(), None):
        yield f"There are uploaded files in {place_here()}. If those of the same name may be lost, say --replace."


def restore(folder: Path, found: Manifest, say: Say) -> None:
    """Bring it back. What was uploaded comes first: a database that is there has its files."""
    _bring_uploads(folder / MEDIA, say)
    say("Bringing the database back")
    database_copy.bring_in(folder / database_copy.FILE_OF[found.vendor], lambda copy: _close_copy(copy, found))
    _close(found)
    _compare_rows(found, say)
    for command in AFTERWARDS:
        say(f"manage.py {command}")
        call_command(command, verbosity=0)
    _close(found)
    # Whoever had signed out since would be signed in again.
    Session.objects.all().delete()


def _close(found: Manifest) -> None:
    """Nobody is shown anything until the journal was replayed; a table from before there was one is made first.

    A backup of an older release has not every column yet, so only those are named that the first of them had.
    """
    table = Restoration._meta.db_table
    if table not in connection.introspection.table_names() or Restoration.objects.open().exists():
        return
    made_at = parse_datetime(found.made_at) or timezone.now()
    asked = f"INSERT INTO {table} (backup_made_at, restored_at) VALUES (%s, %s)"  # noqa: S608  (our own table)
    written = [connection.ops.adapt_datetimefield_value(moment) for moment in (made_at, timezone.now())]
    with connection.cursor() as cursor:
        cursor.execute(asked, written)


def _close_copy(copy: sqlite3.Connection, found: Manifest) -> None:
    """The same before the copy is in its place: whoever is cut off right after that leaves a site that is closed."""
    table = Restoration._meta.db_table
    if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone():
        asked = f"INSERT INTO {table} (backup_made_at, restored_at) VALUES (?, datetime('now'))"  # noqa: S608  (our own table)
        made_at = (parse_datetime(found.made_at) or timezone.now()).astimezone(UTC)
        copy.execute(asked, [made_at.strftime("%Y-%m-%d %H:%M:%S")])
        copy.commit()


def _bring_uploads(source: Path, say: Say) -> None:
    copied = 0
    for name in names_in(source):
        bring_back(source / name, name)
        copied += 1
        if copied % A_LINE_AFTER == 0:
            say(f"{copied} uploaded files brought back")
    say(f"{copied} uploaded files brought back: all of them")


def _compare_rows(found: Manifest, say: Say) -> None:
    """Raises ``CannotCopy`` where a table has not what it had."""
    with connection.cursor() as cursor:

        def ask(question: str) -> list[tuple[int]]:
            cursor.execute(question)
            return list(cursor.fetchall())

        here = counted(ask)
    if here != found.rows:
        raise database_copy.CannotCopy(f"The tables do not hold what the backup had: {here} instead of {found.rows}")
    say(", ".join(f"{number} {name.partition('.')[2]}" for name, number in here.items()))
