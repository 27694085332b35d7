"""What every test of loading asks: was it refused, what was it loaded into, has anything in the database changed?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection

from clinical.models import AuditEntry, SafetyNote
from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.models import ConditionPage, InformationPage
from testing.small_library import load

#: One record of each sort, and what it is loaded into.
LOADED: dict[str, Any] = {
    "conditions/calf-cramp": ConditionPage,
    "exercises/calf-stretch": ExercisePage,
    "routines/before-bed": RoutinePage,
    "notes/calf-clot": SafetyNote,
    "information/privacy": InformationPage,
}


def refused(folder: Path, **options: bool) -> list[str]:
    """The faults of a library that is refused as a whole, without having written anything but that it was refused."""
    before = everything_but_the_audit()
    with pytest.raises(CommandError, match=r"^\d+ faults?; nothing was written\.$") as error:
        load(folder, **options)
    assert everything_but_the_audit() == before
    return [str(fault) for fault in error.value.__cause__.faults]


def loaded(name: str) -> Any:
    """What a record was loaded into."""
    return LOADED[name].objects.get(library_id=name.partition("/")[2])


def latest(name: str) -> Any:
    """The newest draft of what a record was loaded into."""
    return loaded(name).get_latest_revision_as_object()


def everything_stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as it lies there: pages, revisions, log entries, search index, usage index, groups …"""
    return {table: sorted(_rows(f"SELECT * FROM {table}"), key=repr) for table in _tables()}


def everything_but_the_audit() -> dict[str, list[tuple[Any, ...]]]:
    """The same without the audit: that the gate has refused something is put on record."""
    audit = connection.ops.quote_name(AuditEntry._meta.db_table)
    return {table: rows for table, rows in everything_stored().items() if table != audit}


def row_counts() -> dict[str, int]:
    """How many rows each table holds; only those that hold any."""
    counted = {table: _rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in _tables()}
    return {table: number for table, number in counted.items() if number}


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return [connection.ops.quote_name(table) for table in connection.introspection.table_names(cursor)]


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
