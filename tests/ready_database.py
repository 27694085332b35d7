"""The tests' database made once and copied: the migrations take half a minute, the copy takes no time.

As a plugin (``-p tests.ready_database``) it is kept for the next run, in the folder of the run: ``make mutation`` tries
every changed line in a process of its own. Without it, the workers of one run share what the first of them has made.
"""

from __future__ import annotations

import fcntl
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

#: Made in the folder the tests run in, which the tool makes and ``make clean`` removes.
READY = Path("ready.sqlite3")
NAME = "ready-database"


class ReadyDatabase:
    """The database of the tests, in memory, as the migrations leave it."""

    @pytest.fixture(scope="session")
    @classmethod
    def django_db_setup(cls, django_db_blocker: Any) -> None:
        """Take the place of pytest-django's fixture of this name."""
        with django_db_blocker.unblock():
            _take_the_place(":memory:")
            _fill(READY)


class SharedDatabase:
    """The same for the workers of one run on SQLite; who comes second waits for the first."""

    @pytest.fixture(scope="session")
    @classmethod
    def django_db_setup(cls, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> None:
        """Take the place of pytest-django's fixture of this name."""
        ready = tmp_path_factory.getbasetemp().parent / READY
        with ready.with_suffix(".lock").open("w") as lock, django_db_blocker.unblock():
            fcntl.flock(lock, fcntl.LOCK_EX)
            creation: Any = connection.creation
            _take_the_place(creation._get_test_db_name())  # as Django names it
            _fill(ready)


def _take_the_place(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def _fill(ready: Path) -> None:
    if not ready.exists():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        _copy(connection.connection, sqlite3.connect(ready))
    else:
        _copy(sqlite3.connect(ready), connection.connection)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    source.backup(target)
    for each in (source, target):
        if each is not connection.connection:
            each.close()


def share(config: pytest.Config) -> None:
    """Have the workers of a run share their database, where nobody has given them one that is kept."""
    is_worker = hasattr(config, "workerinput")
    if is_worker and connection.vendor == "sqlite" and not config.pluginmanager.has_plugin(NAME):
        config.pluginmanager.register(SharedDatabase(), NAME)


def pytest_configure(config: pytest.Config) -> None:
    """Registered after pytest-django, so that this fixture is the one that counts."""
    config.pluginmanager.register(ReadyDatabase(), NAME)
