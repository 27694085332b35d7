"""Whether the site is able to serve and to write: asked of the database, soon, and harming nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from clinical.serving.waiting import Patience, is_full, is_locked, is_read_only, waiting_at_most
from stretchsite.closed import why_closed

#: How long it may take to find out, in seconds; and how long a writer's lock is waited for.
SECONDS, LOCK_SECONDS = 1.5, 0.2
#: For how long the answer is remembered, in seconds: nobody has the database written to as often as they like.
REMEMBERED_SECONDS = 2.0

#: Why it is not ready, beside what ``stretchsite.closed`` says.
DATABASE, MIGRATIONS, READ_ONLY, FULL = "database", "migrations", "read-only", "full"

#: A table that goes with its transaction: written, logged and grown like any, and gone.
_POSTGRES_PROBE = "CREATE TEMPORARY TABLE IF NOT EXISTS readyz_probe ON COMMIT DROP AS SELECT repeat('x', 100) AS probe"


@dataclass
class _Remembered:
    why_not: str = DATABASE
    asked_at: float = float("-inf")
    is_migrated: bool = False


_remembered = _Remembered()


def why_not_ready() -> str:
    """Why the site is not ready, as one word; empty when it is."""
    now = time.monotonic()
    if now - _remembered.asked_at >= REMEMBERED_SECONDS:
        with waiting_at_most(Patience(each=SECONDS, together=SECONDS, lock=LOCK_SECONDS)):
            _remembered.why_not = _why_not()
        _remembered.asked_at = time.monotonic()
    return _remembered.why_not


def forget() -> None:
    """Ask anew."""
    _remembered.asked_at, _remembered.is_migrated = float("-inf"), False


def _why_not() -> str:
    try:
        if not _has_every_migration():
            return MIGRATIONS
        if why := why_closed():
            return why
        _write_something()
    except Error as error:
        return _reason(error)
    return ""


def _reason(error: Error) -> str:
    if is_read_only(error):
        return READ_ONLY
    return FULL if is_full(error) else DATABASE


def _has_every_migration() -> bool:
    """Asked until it has; they are not taken away again, and reading them all takes a tenth of a second."""
    if not _remembered.is_migrated:
        executor = MigrationExecutor(connection)
        _remembered.is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations")
        cursor.fetchone()
    return _remembered.is_migrated


def _write_something() -> None:
    """A write that changes nothing. Where somebody else is writing, it can be written to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_PROBE)
            return
        try:
            cursor.execute("PRAGMA user_version")
            (number,) = cursor.fetchone()
            cursor.execute(f"PRAGMA user_version = {int(number)}")
        except Error as error:
            if not is_locked(error):
                raise
