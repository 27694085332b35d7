"""What a column takes, whatever database it is in: SQLite lets things stand that PostgreSQL refuses."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from stretchsite.moving.moved_tables import Column, Row, Table

#: What a value of each kind of column is in Python; a number is not to be a truth value, which Python takes for one.
_TYPES: dict[str, tuple[type, ...]] = {
    "BinaryField": (bytes,),
    "BooleanField": (bool,),
    "CharField": (str,),
    "DateField": (datetime.date,),
    "DateTimeField": (datetime.datetime,),
    "FileField": (str,),
    "FloatField": (float, int),
    "JSONField": (str,),
    "SlugField": (str,),
    "TextField": (str,),
    "UUIDField": (uuid.UUID,),
}
#: Kinds of text whose length the database holds.
_MEASURED = frozenset({"CharField", "FileField", "SlugField"})
_NUL = "a character NUL, which PostgreSQL cannot hold"
_SURROGATE = "bytes that are no text (UTF-8)"


class Fault(NamedTuple):
    """A value that cannot be moved, where it stands, and why. The value itself is not said: it may be private."""

    table: str
    row: Any
    column: str
    why: str

    def __str__(self) -> str:
        """For whoever has to mend it."""
        return f"{self.table}, row {self.row}, column {self.column}: {self.why}"


class Unreadable(NamedTuple):
    """In the place of a value that could not be read."""

    why: str


def known_kinds() -> set[str]:
    """The kinds of column whose values are read, written and compared as what they are."""
    return {*_TYPES, *_RANGES}


def read_row(readers: list[Callable[[Any], Any]], row: Row) -> Row:
    """The row in values of Python; in the place of what cannot be read, an ``Unreadable``."""
    return tuple(_read(reader, value) for reader, value in zip(readers, row, strict=True))


def _read(reader: Callable[[Any], Any], value: Any) -> Any:
    if value is None:
        return None
    try:
        found = reader(value)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return Unreadable("it cannot be read as what belongs there")
    return Unreadable("it cannot be read as what belongs there") if found is None else found


def faults(table: Table, row: Row) -> Iterator[Fault]:
    """Each value of a row that its column does not take."""
    number = row[table.columns.index(table.key)]
    for column, value in zip(table.columns, row, strict=True):
        if value is not None and (why := why_not(column, value)):
            yield Fault(table.name, number, column.name, why)


def why_not(column: Column, value: Any) -> str:
    """Why a column does not take a value; empty when it does."""
    if isinstance(value, Unreadable):
        return value.why
    kind = column.kind
    if kind not in _TYPES:
        return _no_such_number(kind, value)
    if not isinstance(value, _TYPES[kind]):
        return f"{type(value).__name__} where {_TYPES[kind][0].__name__} belongs"
    return _no_such_text(column, value) if isinstance(value, str) else ""


def _no_such_number(kind: str, value: Any) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return f"{type(value).__name__} where a whole number belongs"
    least, most = _range(kind)
    if (least is not None and value < least) or (most is not None and value > most):
        return f"the number is not between {least} and {most}"
    return ""


#: As PostgreSQL has them; SQLite's are wider.
_RANGES: dict[str, tuple[int, int]] = {
    "SmallIntegerField": (-(2**15), 2**15 - 1),
    "IntegerField": (-(2**31), 2**31 - 1),
    "BigIntegerField": (-(2**63), 2**63 - 1),
    "PositiveSmallIntegerField": (0, 2**15 - 1),
    "PositiveIntegerField": (0, 2**31 - 1),
    "PositiveBigIntegerField": (0, 2**63 - 1),
    "AutoField": (-(2**31), 2**31 - 1),
    "BigAutoField": (-(2**63), 2**63 - 1),
    "SmallAutoField": (-(2**15), 2**15 - 1),
}


def _range(kind: str) -> tuple[int | None, int | None]:
    return _RANGES.get(kind, (None, None))


def _no_such_text(column: Column, value: str) -> str:
    if "\x00" in value:
        return _NUL
    if not _is_encodable(value):
        return _SURROGATE
    most = column.field.max_length if column.kind in _MEASURED else None
    if most is not None and len(value) > most:
        return f"{len(value)} characters where {most} are the most"
    return _no_such_json(value) if column.kind == "JSONField" else ""


def _is_encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_such_json(value: str) -> str:
    try:
        found = json.loads(value, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return "it is no JSON"
    said = "".join(_texts(found)) if "\\u" in value else ""
    if "\x00" in said:
        return _NUL
    return "" if _is_encodable(said) else _SURROGATE


def _texts(found: Any) -> Iterator[str]:
    """Every piece of text in what was read of JSON."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for key, value in found.items():
            yield key
            yield from _texts(value)
    elif isinstance(found, list):
        for value in found:
            yield from _texts(value)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def dangling(connection: BaseDatabaseWrapper) -> Iterator[Fault]:
    """Each reference to a row that is not there; PostgreSQL has none."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        for table, number, referred, _number in cursor.fetchall():
            yield Fault(table, number, "?", f"it refers to a row of {referred} that is not there")
