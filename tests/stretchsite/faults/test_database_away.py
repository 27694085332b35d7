"""R-F4, R-F14, R-F16: a database that refuses, can only be read, drops everybody or holds a table."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import close_old_connections, connection, transaction
from django.test import Client
from wagtail.models import Locale, Page

from exercises.models import ExercisePage
from stretchsite import readiness
from stretchsite.management.commands import migrate
from testing.editor import edit_address, page_as_posted
from tests.clinical.publishing.roads import chief

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("everything_is_approved"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="what only a server can do"),
]
PAGES = ("/", "/exercises/", "/exercises/wall-calf-stretch/", "/exercises/wall-calf-stretch/sheet.json")


@pytest.fixture(autouse=True)
def root(transactional_db: None) -> None:
    """What the migrations made and a test that commits has emptied before: the root of all pages, and a language."""
    Locale.objects.get_or_create(language_code="en-gb")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")


@contextmanager
def beside() -> Iterator[psycopg.Connection[Any]]:
    """Somebody else at the same database, who may everything."""
    given = connection.settings_dict
    named = {"host": given["HOST"], "port": given["PORT"], "dbname": given["NAME"]}
    with psycopg.connect(**named, user=given["USER"], password=given["PASSWORD"], autocommit=True) as other:
        yield other


@pytest.fixture
def account(exercise: ExercisePage) -> Iterator[Any]:
    """The site asks as an account without special rights; what is called with it is said about the account."""
    name, password = f"faults_{secrets.token_hex(6)}", secrets.token_urlsafe(9)
    with beside() as other:
        other.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}' IN ROLE {connection.settings_dict['USER']}")
        connection.close()
        with patch.dict(connection.settings_dict, {"USER": name, "PASSWORD": password}):
            yield lambda words: other.execute(f"ALTER ROLE {name} {words}")
            connection.close()
        other.execute(f"DROP ROLE {name}")
    readiness.forget()


def asked(address: str) -> Any:
    """As the next request would, which begins with a look at the connection."""
    close_old_connections()
    readiness.forget()
    return Client().get(address)


def test_no_connection_left_is_told_in_words_and_needs_no_restart(account: Any):
    account("CONNECTION LIMIT 0")
    for address in PAGES:
        answer = asked(address)
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert answer["Cache-Control"] == "no-store"
        assert "999" in answer.content.decode()
    assert (asked("/readyz").status_code, asked("/readyz").json()["why"]) == (503, "database")
    assert asked("/healthz").status_code == 200
    account("CONNECTION LIMIT -1")
    assert [asked(address).status_code for address in (*PAGES, "/readyz")] == [200] * 5


def test_database_that_can_only_be_read_is_read_and_a_save_is_told(account: Any, exercise: ExercisePage):
    writer = Client()
    writer.force_login(chief())
    typed = {**page_as_posted(exercise, chief()), "feel": "Kept as it was typed."}
    account("SET default_transaction_read_only = on")
    connection.close()
    assert [asked(address).status_code for address in PAGES] == [200] * 4
    assert (asked("/readyz").status_code, asked("/readyz").json()["why"]) == (503, "read-only")
    told = writer.post(edit_address(exercise), typed)
    assert told.status_code == 503
    assert "Kept as it was typed." in told.content.decode()
    account("RESET default_transaction_read_only")
    connection.close()
    assert writer.post(edit_address(exercise), typed).status_code == 302
    assert asked("/readyz").status_code == 200


def dropped() -> None:
    """As a server that is restarted does: every connection of the site's ends."""
    with beside() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])


def test_connection_that_was_dropped_between_two_requests_costs_none(exercise: ExercisePage):
    assert asked(PAGES[2]).status_code == 200
    dropped()
    assert asked(PAGES[2]).status_code == 200


def test_connection_that_is_dropped_within_a_request_costs_that_one_alone(exercise: ExercisePage):
    questions = iter(range(100))

    def drop_at_the_third(execute: Any, *asking: Any) -> Any:
        if next(questions) == 2:
            dropped()
        return execute(*asking)

    with connection.execute_wrapper(drop_at_the_third):
        answer = asked(PAGES[2])
    assert answer.status_code == 503
    assert "999" in answer.content.decode()
    assert [asked(address).status_code for address in PAGES] == [200] * 4


# A table that somebody holds


def test_index_that_is_locked_is_told_in_words_and_takes_no_page_along(exercise: ExercisePage, settings: Any):
    settings.SEARCH_SECONDS = 0.3
    with beside() as other, other.transaction():
        other.execute("LOCK TABLE stretchsite_indexedword IN ACCESS EXCLUSIVE MODE")
        told = asked("/search/?q=chest+pain")
        assert told.status_code == 503
        assert "Search is busy" in told.text
        assert "999" in told.text
        assert [asked(address).status_code for address in PAGES] == [200] * 4
    assert asked("/search/?q=chest+pain").status_code == 200


def alters(*_args: Any, **_options: Any) -> None:
    """Alter a table, and in ten seconds end this test where nothing else does."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10s'")
        cursor.execute("ALTER TABLE clinical_condition ADD COLUMN surplus integer")


def columns() -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, "clinical_condition")}


def seconds_of_a_reader() -> float:
    """How long somebody waits who comes while the migration is waiting."""
    give_up = time.monotonic() + 5
    with beside() as other:
        while not other.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
            assert time.monotonic() < give_up, "nobody waits"
            time.sleep(0.02)
        begun = time.monotonic()
        other.execute("SELECT count(*) FROM clinical_condition")
        return time.monotonic() - begun


def test_migration_that_waits_for_a_table_gives_up_and_readers_are_answered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(migrate.migrate.Command, "handle", alters)
    monkeypatch.setattr(migrate, "SECONDS", 1)
    before = columns()
    with beside() as other, ThreadPoolExecutor(1) as readers:
        with other.transaction():
            other.execute("SELECT count(*) FROM clinical_condition")
            reader = readers.submit(seconds_of_a_reader)
            with pytest.raises(CommandError, match="run it again"):
                call_command("migrate")
            assert reader.result(10) < 2
        assert columns() == before
    with connection.cursor() as cursor:
        assert cursor.execute("SHOW lock_timeout").fetchone() == ("0",)
