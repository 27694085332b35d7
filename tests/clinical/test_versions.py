"""A database from before 0.2.0 is not carried over: it is refused in words, and left as it is."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def test_database_of_an_unreleased_version_is_refused_in_words(db: None):
    before = set(connection.introspection.table_names())
    MigrationRecorder(connection).record_applied("clinical", "0003_audit")
    with pytest.raises(CommandError, match=r"before 0\.2\.0.*DATABASE_URL.*mv db\.sqlite3"):
        call_command("migrate", verbosity=0)
    assert set(connection.introspection.table_names()) == before
