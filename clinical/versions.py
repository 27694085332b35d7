"""Which databases this version takes over: none from before 0.2.0, which was never released."""

from __future__ import annotations

from typing import Any

from django.core.management import CommandError
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

#: A migration every database from before 0.2.0 has, and none since.
_BEFORE = ("clinical", "0003_audit")


def refuse_older_databases(using: str, **kwargs: Any) -> None:
    """Called before anything is migrated. Raises ``CommandError`` with what to do; the database stays as it is."""
    if _BEFORE in MigrationRecorder(connections[using]).applied_migrations():
        raise CommandError(
            "This database was made by a version before 0.2.0, which was never released; it is not carried over, and "
            "nothing in it has been changed. Name another in DATABASE_URL, or move this one away (on a machine for "
            "development: mv db.sqlite3 db-before-0.2.0.sqlite3), and run the command again: it makes a new one."
        )
