"""A plugin for ``make mutation``: the tests' database is made once and copied, not made anew for each changed line.

Every mutant is tried in a process of its own. The migrations would take it half a minute; the copy takes no time.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

#: Made in the folder the tests run in, which the tool makes and ``make clean`` removes.
READY = Path("ready.sqlite3")


class ReadyDatabase:
    """The database of the tests, in memory, as the migrations leave it."""

    @pytest.fixture(scope="session")
    @classmethod
    def django_db_setup(cls, django_db_blocker: Any) -> None:
        """Take the place of pytest-django's fixture of this name."""
        with django_db_blocker.unblock():
            connection.close()
            connection.settings_dict["NAME"] = ":memory:"
            connection.ensure_connection()
            if not READY.exists():
                call_command("migrate", verbosity=0)
                call_command("createcachetable", verbosity=0)
                _copy(connection.connection, sqlite3.connect(READY))
            _copy(sqlite3.connect(READY), connection.connection)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    source.backup(target)
    if source is not connection.connection:
        source.close()


def pytest_configure(config: pytest.Config) -> None:
    """Registered after pytest-django, so that this fixture is the one that counts."""
    config.pluginmanager.register(ReadyDatabase(), "ready-database")
