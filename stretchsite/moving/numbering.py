"""The number each table gives its next row: above every number that was ever given, also to rows that are gone."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from stretchsite.moving.moved_tables import Table


def highest_numbers(connection: BaseDatabaseWrapper, tables: list[Table]) -> dict[Table, int]:
    """The highest number given so far in each table whose rows are numbered; 0 where there was none."""
    asked = _asked_of_sqlite if connection.vendor == "sqlite" else _asked_of_postgresql
    with connection.cursor() as cursor:
        return {table: asked(cursor, table) for table in tables if table.is_numbered}


def _asked_of_sqlite(cursor: Any, table: Table) -> int:
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _asked_of_postgresql(cursor: Any, table: Table) -> int:
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', table.key.name])
    (sequence,) = cursor.fetchone()
    cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608  (its own name)
    return int(cursor.fetchone()[0])


def set_numbers(connection: BaseDatabaseWrapper, highest: dict[Table, int]) -> None:
    """Have each table go on above its highest number, and above what stands in it."""
    done = _set_of_sqlite if connection.vendor == "sqlite" else _set_of_postgresql
    with connection.cursor() as cursor:
        for table, number in highest.items():
            key, name = connection.ops.quote_name(table.key.name), connection.ops.quote_name(table.name)
            cursor.execute(f"SELECT coalesce(max({key}), 0) FROM {name}")  # noqa: S608  (our own table)
            done(cursor, table, max(number, int(cursor.fetchone()[0])))


def _set_of_sqlite(cursor: Any, table: Table, number: int) -> None:
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])


def _set_of_postgresql(cursor: Any, table: Table, number: int) -> None:
    asked = "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)"
    cursor.execute(asked, [f'"{table.name}"', table.key.name, max(number, 1), number > 0])
