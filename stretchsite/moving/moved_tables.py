"""The tables that are moved, and their rows in values that mean the same in both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col

#: So many rows are in memory at a time.
AT_ONCE = 200
#: Filled anew in the new database, or worth nothing there: who is signed in, the words of the search, the page cache's
#: one row, who has a page open, and how many passwords were mistyped of late.
LEFT_OUT = frozenset(
    {
        "clinical_ratecount",
        "django_session",
        "stretchsite_generation",
        "stretchsite_indexedword",
        "stretchsite_knownword",
        "wagtailadmin_editingsession",
        "wagtailsearch_indexentry",
        "wagtailsearch_indexentry_fts",
    }
)
#: Not one of a model's: what has been migrated, which ``migrate`` writes, and what SQLite keeps the search in.
OF_NO_MODEL = ("django_migrations", "wagtailsearch_indexentry_fts")

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    """One column: its name, and the field that says what stands in it; of a reference the field it refers to."""

    name: str
    field: models.Field[Any, Any]

    @property
    def kind(self) -> str:
        """Django's name of what stands in it."""
        return self.field.get_internal_type()


@dataclass(frozen=True)
class Table:
    """One table, with those of its columns that are written; what a database computes itself is none of them."""

    name: str
    columns: tuple[Column, ...]
    key: Column
    #: Whether the database gives each new row its number; the key of what goes on in another table is that one's.
    is_numbered: bool

    def rows(self, connection: BaseDatabaseWrapper) -> Iterator[list[Row]]:
        """All rows in the order of their keys, some at a time, as the database has them."""
        names, table, key = self._quoted(connection)
        with closing(connection.chunked_cursor()) as cursor:
            cursor.execute(f"SELECT {names} FROM {table} ORDER BY {key}")  # noqa: S608  (names of our own tables)
            while found := cursor.fetchmany(AT_ONCE):
                yield found

    def readers(self, connection: BaseDatabaseWrapper) -> list[Callable[[Any], Any]]:
        """For each column what makes a value of this database into one of Python; JSON stays text."""
        return [_reader(connection, self.name, column) for column in self.columns]

    def written(self, connection: BaseDatabaseWrapper) -> tuple[str, list[Callable[[Any], Any]]]:
        """The statement that writes a row here, and for each column what makes a value of Python fit it."""
        names, table, _key = self._quoted(connection)
        is_strict = connection.vendor == "postgresql"
        places = ["%s::jsonb" if is_strict and column.kind == "JSONField" else "%s" for column in self.columns]
        statement = f"INSERT INTO {table} ({names}) VALUES ({', '.join(places)})"  # noqa: S608  (our own tables)
        return statement, [_writer(connection, column) for column in self.columns]

    def count(self, connection: BaseDatabaseWrapper) -> int:
        """How many rows there are."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(self.name)}")  # noqa: S608  (our own table)
            return int(cursor.fetchone()[0])

    def _quoted(self, connection: BaseDatabaseWrapper) -> tuple[str, str, str]:
        quote = connection.ops.quote_name
        return ", ".join(quote(column.name) for column in self.columns), quote(self.name), quote(self.key.name)


def moved_tables() -> list[Table]:
    """Every table with something that cannot be made again, by name; those between two models too."""
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True) if _is_own(model)}
    return [_table(model) for name, model in sorted(found.items()) if name not in LEFT_OUT]


def unknown_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Those no model of this version has: left behind by something that was taken out."""
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    names = sorted(set(connection.introspection.table_names()) - known)
    return [name for name in names if not name.startswith(OF_NO_MODEL)]


def _is_own(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def _table(model: type[models.Model]) -> Table:
    columns = [Column(str(field.column), _referred(field)) for field in _stored(model)]
    key = next(column for column in columns if column.name == model._meta.pk.column)
    return Table(model._meta.db_table, tuple(columns), key, isinstance(model._meta.pk, models.AutoField))


def _stored(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _referred(field: Any) -> Any:
    while field.is_relation:
        field = field.target_field
    return field


def _reader(connection: BaseDatabaseWrapper, table: str, column: Column) -> Callable[[Any], Any]:
    expression = Col(table, column.field)
    if column.kind == "BinaryField":
        return bytes
    made = connection.ops.get_db_converters(expression)

    def read(value: Any) -> Any:
        for convert in made:
            value = convert(value, expression, connection)
        return value

    return read if made else _as_it_is


def _writer(connection: Any, column: Column) -> Callable[[Any], Any]:
    fit: dict[str, Callable[[Any], Any]] = {
        "DateTimeField": connection.ops.adapt_datetimefield_value,
        "DateField": connection.ops.adapt_datefield_value,
    }
    if column.kind == "BinaryField":
        return lambda value: None if value is None else connection.Database.Binary(value)
    if not connection.features.has_native_uuid_field:
        fit["UUIDField"] = lambda value: None if value is None else value.hex
    return fit.get(column.kind, _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value
