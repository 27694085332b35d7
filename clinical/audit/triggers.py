"""Triggers: what is written once is kept by the database too, whoever asks it, with the site's own account.

Models refuse in Python; a shell's raw SQL, the platform's base manager and a fixture pass them by. A model says with
``database_refuses`` what its table never takes (``update``, ``delete``), with ``KEPT`` which columns keep what was
first written there, and the triggers hold it, on both databases.
SQLite forgets a table's triggers whenever Django remakes the table, so they are made anew after every ``migrate``; the
check ``clinical.W001`` and ``manage.py audit_live`` name each that is missing.

Nothing on the site lifts them. A migration that has to rewrite such rows uses :func:`lifted`, and the tests' own flush
lifts them in ``tests/conftest.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connections, router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

#: What the database says; it is an ``IntegrityError`` to Django.
REFUSAL = "These entries are never changed or deleted; add another."

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION clinical_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def kept_models() -> list[Any]:
    """Every model whose table refuses something."""
    return [model for model in apps.get_models() if getattr(model, "database_refuses", ())]


def make_triggers(using: str = "default") -> None:
    """Make those that are missing, on every table there is; running it twice changes nothing."""
    connection = connections[using]
    if not missing_triggers(using):
        return
    present = present_triggers(connections[using])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table, name, sql in _wanted(using):
            if (table, name) not in present:
                # One that is there and switched off is made anew.
                cursor.execute(_dropped(connection, table, name))
                for statement in sql:
                    cursor.execute(statement)


def missing_triggers(using: str = "default") -> list[str]:
    """The names of those that should be there and are not, or are switched off."""
    present = present_triggers(connections[using])
    return [name for table, name, _sql in _wanted(using) if (table, name) not in present]


@contextmanager
def lifted(editor: BaseDatabaseSchemaEditor, *models: Any) -> Iterator[None]:
    """For a migration that must rewrite what is kept: without the triggers of these models, then with them again.

    Within the migration's own transaction, so that nobody else ever sees the table without them::

        def rewrite(apps, schema_editor):
            approval = apps.get_model("clinical", "Approval")
            with lifted(schema_editor, approval):
                approval.objects.filter(…).update(…)
    """
    using = editor.connection.alias
    if not editor.connection.in_atomic_block:
        raise RuntimeError("Lift triggers inside a transaction only: in an atomic migration.")
    drop_triggers(using, {model._meta.db_table for model in models})
    yield
    if editor.connection.vendor == "postgresql":
        editor.connection.check_constraints()  # no table is altered while something of it is left to check
    make_triggers(using)


def drop_triggers(using: str, tables: set[str]) -> None:
    """Take them off these tables. For :func:`lifted` and the tests' flush, and for nobody else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table, name, _sql in _wanted(using):
            if table in tables:
                cursor.execute(_dropped(connection, table, name))


def _wanted(using: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each trigger of each table that is there: its table, its name, and how it is made."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for model in kept_models():
        table = model._meta.db_table
        if table in tables and router.allow_migrate_model(using, model):
            made = _of_postgresql if connection.vendor == "postgresql" else _of_sqlite
            for name, sql in made(connection, model):
                yield table, name, sql


def _of_sqlite(connection: Any, model: Any) -> Iterator[tuple[str, list[str]]]:
    table, key = model._meta.db_table, connection.ops.quote_name(model._meta.pk.column)
    quoted = connection.ops.quote_name(table)
    refused = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for what in model.database_refuses:
        yield f"{table}_no_{what}", [f"CREATE TRIGGER {table}_no_{what} BEFORE {what.upper()} ON {quoted} {refused}"]
    if changed := _changed(connection, model, "IS NOT"):
        name = f"{table}_no_rewriting"
        yield name, [f"CREATE TRIGGER {name} BEFORE UPDATE ON {quoted} WHEN {changed} {refused}"]
    # INSERT OR REPLACE takes a row away without asking the trigger of deletions.
    there = f"WHEN EXISTS (SELECT 1 FROM {quoted} WHERE {key} = NEW.{key})"  # noqa: S608  (names of our own tables)
    yield f"{table}_no_replace", [f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {quoted} {there} {refused}"]


def _of_postgresql(connection: Any, model: Any) -> Iterator[tuple[str, list[str]]]:
    table, quoted = model._meta.db_table, connection.ops.quote_name(model._meta.db_table)
    for what in (*model.database_refuses, "truncate"):
        name, each = f"{table}_no_{what}", "STATEMENT" if what == "truncate" else "ROW"
        made = f"CREATE TRIGGER {name} BEFORE {what.upper()} ON {quoted} FOR EACH {each} EXECUTE FUNCTION"
        # ALWAYS: also for a session that says it only copies what was decided elsewhere.
        yield name, [f"{made} clinical_refuse()", f"ALTER TABLE {quoted} ENABLE ALWAYS TRIGGER {name}"]
    if changed := _changed(connection, model, "IS DISTINCT FROM"):
        name = f"{table}_no_rewriting"
        made = f"CREATE TRIGGER {name} BEFORE UPDATE ON {quoted} FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION"
        yield name, [f"{made} clinical_refuse()", f"ALTER TABLE {quoted} ENABLE ALWAYS TRIGGER {name}"]


def _changed(connection: Any, model: Any, differs: str) -> str:
    """Whether an update would change a column that keeps what was first written there."""
    kept = set(getattr(model, "KEPT", ()))
    columns = [field.column for field in model._meta.fields if field.attname in kept]
    quoted = map(connection.ops.quote_name, columns)
    return " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in quoted)


def _dropped(connection: Any, table: str, name: str) -> str:
    on = f" ON {connection.ops.quote_name(table)}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {name}{on}"


def present_triggers(connection: Any) -> set[tuple[str, str]]:
    """Every trigger that is there and on: its table and its name."""
    asked = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        asked = (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgenabled = 'A' AND pg_table_is_visible(c.oid)"
        )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {(str(table), str(name)) for table, name in cursor.fetchall()}
