"""Copying the database out and in: SQLite by its own backup, PostgreSQL by its own programs. Never a file in use."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

#: What it is called in a backup, by the sort of database.
FILE_OF = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}

#: Where what was in a database of PostgreSQL stays until what is brought in is there.
ASIDE, NEW_SCHEMA = "before_restore", "CREATE SCHEMA public"
#: A program that asks no database.
NOWHERE = "nowhere"

Ask = Callable[[str], list[Any]]


class CannotCopy(Exception):
    """It cannot be copied, or not now; says in words why and what to do."""


@contextmanager
def copied_to(folder: Path) -> Iterator[Ask]:
    """Copy the database into the folder; within the block its copy, and nothing later, can be asked questions."""
    copy = _sqlite_copied if connection.vendor == "sqlite" else _postgresql_copied
    with copy(folder / FILE_OF[connection.vendor]) as ask:
        yield ask


@contextmanager
def _sqlite_copied(path: Path) -> Iterator[Ask]:
    """By Django's own connection to the copy: its constraints ask functions of Django."""
    connection.ensure_connection()
    copy: Any = connection.copy()
    copy.settings_dict["NAME"] = str(path)
    try:
        copy.ensure_connection()
        connection.connection.backup(copy.connection)
        # One file, which needs nothing beside it to be read.
        copy.connection.execute("PRAGMA journal_mode = DELETE")
        (found,) = copy.connection.execute("PRAGMA quick_check").fetchone()
        if found != "ok":
            raise CannotCopy(f"The database is damaged: {found}")
        yield lambda question: copy.connection.execute(question).fetchall()
    except sqlite3.Error as error:
        raise CannotCopy(f"The database cannot be copied: {error}") from error
    finally:
        copy.close()


@contextmanager
def _postgresql_copied(path: Path) -> Iterator[Ask]:
    """The program and our own questions see the same moment."""
    with transaction.atomic(), connection.cursor() as cursor:

        def ask(question: str) -> list[Any]:
            cursor.execute(question)
            return list(cursor.fetchall())

        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        [(moment,)] = ask("SELECT pg_export_snapshot()")
        wanted = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", f"--file={path}"]
        _run("pg_dump", *wanted)
        yield ask


def is_empty() -> bool:
    """Whether nothing is in the database that this site is to use. What cannot be read is something, too."""
    try:
        return not connection.introspection.table_names()
    except DatabaseError:
        return False
    finally:
        connection.close()


def bring_in(path: Path, mark: Callable[[sqlite3.Connection], None]) -> None:
    """Put a copy in the place of whatever is in the database. Raises :class:`CannotCopy` while somebody uses it.

    ``mark`` is done to a copy of SQLite's before it is in its place.
    """
    if connection.vendor == "sqlite":
        _sqlite_brought_in(path, mark)
    else:
        _postgresql_brought_in(path)


def _sqlite_brought_in(path: Path, mark: Callable[[sqlite3.Connection], None]) -> None:
    """Written beside it, then renamed: the old one or the new one is there, and no third."""
    place = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    _refuse_in_use(place)
    new = place.with_name(f"{place.name}.restoring")
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, new)
    new.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o600)
    with closing(sqlite3.connect(new)) as copy:
        mark(copy)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(place)


def _refuse_in_use(place: Path) -> None:
    """Nobody else may have it open: their newest changes would be mixed with what is brought in.

    What is damaged nobody can use; what lay beside it goes, or it would be read as changes of what is brought in.
    """
    beside = [left for left in (Path(f"{place}-wal"), Path(f"{place}-shm")) if left.exists()]
    if not place.exists():
        if beside:
            raise CannotCopy(f"{beside[0]} belongs to a database that was there. Move it away too, to where that is.")
        return
    with closing(sqlite3.connect(place, timeout=0.5)) as old:
        try:
            (mode,) = old.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError:
            mode = "in use"
        except sqlite3.DatabaseError:
            for left in beside:
                left.unlink(missing_ok=True)
            return
    if mode != "delete":
        raise CannotCopy("Somebody is using the database, or its disk is full. Stop the server and the worker first.")


def _postgresql_brought_in(path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if cursor.fetchone()[0]:
            raise CannotCopy("Somebody is using the database. Stop the server and the worker first.")
    _run("pg_restore", "--list", path, at=NOWHERE)
    aside = not is_empty()
    if aside:
        _ask_each(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE", f"ALTER SCHEMA public RENAME TO {ASIDE}", NEW_SCHEMA)
    name = connection.settings_dict["NAME"]
    try:
        _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", path, at=name)
    except CannotCopy:
        if aside:
            _ask_each("DROP SCHEMA public CASCADE", f"ALTER SCHEMA {ASIDE} RENAME TO public")
        raise
    _ask_each(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE")


def _ask_each(*statements: str) -> None:
    """All of them or none."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


def _run(program: str, *arguments: str | Path, at: str = "") -> None:
    """One of PostgreSQL's programs, with the address of the database; the password goes by the environment."""
    found = shutil.which(program)
    if found is None:
        raise CannotCopy(f"{program} was not found. Install PostgreSQL's client programs of the server's version.")
    (_psql, *address), secrets = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    if at == NOWHERE:
        address = []
    elif at:
        address[-1] = f"--dbname={at}"
    told = subprocess.run(  # noqa: S603  (found on the path, with arguments of our own making)
        [found, *arguments, *address],
        env={**os.environ, **(secrets or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise CannotCopy(f"{program} failed: {told.stderr.strip()}")
