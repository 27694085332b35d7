"""Making a backup: written beside its place under another name, and given its own when everything is in it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

from sharing.models.signed import key_ids
from stretchsite import __version__
from stretchsite.backup.database_copy import Ask, copied_to
from stretchsite.backup.manifest import Manifest, checksum
from stretchsite.backup.uploaded_files import copy_one, names_here

#: Tables whose rows are counted, so that whoever restores can see that it is the whole site.
COUNTED = (
    "wagtailcore.Page",
    "clinical.SafetyNote",
    "clinical.Withdrawal",
    "clinical.Approval",
    "clinical.AuditEntry",
    "clinical.User",
    "clinical.Picture",
    "wagtaildocs.Document",
    "sharing.ShareLink",
    "sharing.Programme",
)
#: Where a link keeps the names of its keys, and since when.
KEY_COLUMNS, NAMES_ITS_KEYS = ("key_id", "code_key_id"), "sharing.0010_key_ids"
#: A line is said after so many files.
A_LINE_AFTER = 500
#: The folder of uploaded files within a backup.
MEDIA = "media"

Say = Callable[[str], object]


class InTheWay(Exception):
    """Something stands where the backup is to be."""


def back_up(folder: Path, say: Say) -> Manifest:
    """Make a backup; the folder is there afterwards with all of it, or not at all.

    What was uploaded is copied after the database, so that no row names a file that is not in it.
    """
    if folder.exists():
        raise InTheWay(f"{folder} is there already: name a folder that is not, such as one of today's date.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}.unfinished-", dir=folder.parent))
    try:
        manifest = _filled(unfinished, say)
        manifest.written_to(unfinished)
        os.sync()
        unfinished.rename(folder)
        os.sync()
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return manifest


def _filled(folder: Path, say: Say) -> Manifest:
    say("Copying the database")
    with copied_to(folder) as ask:
        manifest = _of(ask)
    _copy_uploads(folder / MEDIA, say)
    say("Taking checksums")
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        manifest.files[path.relative_to(folder).as_posix()] = checksum(path)
    return manifest


def _of(ask: Ask) -> Manifest:
    """What the copy of the database says. A key is wanted that signs now, and one that signed what is still open."""
    applied = {f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations")}
    # Where newer code is there already and its migrations are still to come, no link has a name of its key.
    signed, coded = (_named_by_links(ask, each) if NAMES_ITS_KEYS in applied else set() for each in KEY_COLUMNS)
    return Manifest(
        made_at=timezone.now().isoformat(),
        version=__version__,
        vendor=connection.vendor,
        migrations=sorted(applied),
        share_link_keys=sorted({*signed, *key_ids(settings.SHARE_LINK_KEYS)} - {""}),
        share_code_keys=sorted({*coded, *key_ids(settings.SHARE_CODE_KEYS)} - {""}),
        rows=counted(ask),
    )


def _named_by_links(ask: Ask, column: str) -> set[str]:
    open_ones = "FROM sharing_sharelink WHERE revoked_at IS NULL AND expires_at > CURRENT_TIMESTAMP"
    return {name for (name,) in ask(f"SELECT DISTINCT {column} {open_ones}")}


def counted(ask: Ask) -> dict[str, int]:
    """How many rows the main tables have."""
    tables = {name: apps.get_model(name)._meta.db_table for name in COUNTED}
    questions = {name: f"SELECT count(*) FROM {table}" for name, table in tables.items()}  # noqa: S608  (our own tables)
    return {name: ask(question)[0][0] for name, question in questions.items()}


def _copy_uploads(target: Path, say: Say) -> None:
    copied = 0
    for name in names_here():
        copied += copy_one(name, target / name)
        if copied and copied % A_LINE_AFTER == 0:
            say(f"{copied} uploaded files copied")
    say(f"{copied} uploaded files copied: all of them")
