"""Two databases while one is moved into the other: the old one only read, and neither used by anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import Error, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from stretchsite.settings.databases import configured

#: By which the old one is known to Django while it is moved; the new one is the site's own.
OLD, NEW = "moved_from", "default"
#: How long somebody else's lock is waited for.
SECONDS = 2

_ALONE = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


class CannotMove(Exception):
    """It cannot be moved, or not now; says in words why and what to do. The old database is as it was."""


def is_here(new: str) -> bool:
    """Whether an address names the database this process has as the site's own."""
    return _place(configured(new)) == _place(connections[NEW].settings_dict)


@contextmanager
def standing_beside(old: str) -> Iterator[None]:
    """Within the block the old database, by its address, stands beside the site's own."""
    found = _only_read(configured(old))
    if _place(found) == _place(connections[NEW].settings_dict):
        raise CannotMove("Both addresses name the same database.")
    if _is_file(found) and not Path(found["NAME"]).is_file():
        raise CannotMove(f"There is no database {found['NAME']}.")
    connections.settings[OLD] = {**connections[NEW].settings_dict, **found}
    try:
        yield
    finally:
        connections[OLD].close()
        del connections[OLD]
        del connections.settings[OLD]


def _place(settings: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(settings.get(name) or "") for name in ("NAME", "HOST", "PORT"))


def _is_file(settings: dict[str, Any]) -> bool:
    return settings["ENGINE"].endswith(".sqlite3")


def _only_read(settings: dict[str, Any]) -> dict[str, Any]:
    """SQLite locked as a whole and as it lies: whoever opens it meanwhile is told that it is locked."""
    if not _is_file(settings):
        return settings
    alone = "PRAGMA locking_mode = EXCLUSIVE"
    return {**settings, "OPTIONS": {"transaction_mode": "EXCLUSIVE", "timeout": SECONDS, "init_command": alone}}


@contextmanager
def held_still(connection: BaseDatabaseWrapper, tables: list[str]) -> Iterator[None]:
    """Within the block nobody else writes to the old database, and what is read of it is of one moment.

    Raises :class:`CannotMove` for whatever either database refuses in the block; not for how the reading of the old one
    ends after it: then everything has been moved.
    """
    is_done = False
    try:
        refuse_in_use(connection, "old")
        there = set(connection.introspection.table_names()) & set(tables)
        with transaction.atomic(connection.alias):
            _hold(connection, sorted(there))
            yield
            is_done = True
    except Error as error:
        if is_done:
            return
        raise CannotMove(f"A database has refused it: {error}") from error


def _hold(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = ON")
            cursor.connection.text_factory = _text
            return
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(f"SET LOCAL lock_timeout = '{SECONDS}s'")
        for table in tables:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(table)} IN SHARE MODE")
        cursor.execute("SET TRANSACTION READ ONLY")


def _text(found: bytes) -> str:
    """What is no text is read all the same, so that it can be said where it stands."""
    return found.decode("utf-8", "surrogateescape")


def refuse_in_use(connection: BaseDatabaseWrapper, which: str) -> None:
    """Nobody else may have it open. Raises :class:`CannotMove`."""
    told = f"Somebody is using the {which} database. Stop the server, the worker and the regular tasks first."
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(_ALONE)
                if cursor.fetchone()[0]:
                    raise CannotMove(told)
            else:
                cursor.execute("SELECT count(*) FROM sqlite_master")
    except Error as error:
        why = told if "locked" in str(error) else f"The {which} database cannot be opened: {error}"
        raise CannotMove(why) from error


def refuse_other_version(connection: BaseDatabaseWrapper) -> None:
    """The old database has been through every migration of this version, and no other. Raises :class:`CannotMove`."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CannotMove("The old database lacks migrations of this version: run migrate on it first.")
    known = set(MigrationLoader(None).disk_migrations)
    replaced = {each for migration in MigrationLoader(None).disk_migrations.values() for each in migration.replaces}
    ours = {app for app, _name in known}
    # What a release has folded together stays on record under its old name, and comes before what there is now.
    newest = {app: max(name for each, name in known if each == app) for app in ours}
    applied = set(executor.loader.applied_migrations) - known - replaced
    if newer := sorted(f"{app}.{name}" for app, name in applied if app not in ours or name > newest[app]):
        raise CannotMove(f"The old database is of a newer version ({', '.join(newer[:3])}). Install that one first.")
