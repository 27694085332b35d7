"""The generation: moved by whatever changes what readers may see, read before anything is answered from memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import Tags, run_checks
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.utils import timezone

from clinical.audit.triggers import present_triggers
from clinical.models import Condition, User
from exercises.models import ExercisePage
from stretchsite.page_cache import lease, move_triggers, settling
from stretchsite.page_cache.file_row import FileRow
from stretchsite.page_cache.lease import Lease
from stretchsite.page_cache.move_triggers import (
    GENERATION,
    UNSEEN,
    keep_nothing_while_migrating,
    make_triggers,
    missing_triggers,
    wanted_triggers,
    watched_models,
)
from testing import factories
from tests.stretchsite.page_cache.asking import OfThisTest

now = OfThisTest().current
IS_SQLITE = connection.vendor == "sqlite"


def written(statement: str) -> bool:
    """Whether the generation moves with it; taken back."""
    with transaction.atomic(), connection.cursor() as cursor:
        before = now()
        cursor.execute(statement)
        moved = now() != before
        transaction.set_rollback(True)
    return moved


def some_row(model: Any) -> str:
    """A row that fits the columns and no rule: it never stays."""
    values = {field.column: _some_value(field) for field in model._meta.local_concrete_fields}
    table, quoted = model._meta.db_table, ", ".join(map(connection.ops.quote_name, values))
    return f"INSERT INTO {connection.ops.quote_name(table)} ({quoted}) VALUES ({', '.join(values.values())})"


def _some_value(field: Any) -> str:
    if isinstance(field, (models.ForeignKey, models.AutoField, models.IntegerField, models.BooleanField)):
        return "987654"
    return "'00000000000000000000000000987654'"


def ways_to_write(model: Any) -> list[str]:
    """One statement of each kind. PostgreSQL asks for each statement, SQLite for each row, so there it needs one."""
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(model._meta.pk.column)
    none, added = (
        ("", some_row(model))
        if IS_SQLITE
        else (" WHERE false", f"INSERT INTO {table} SELECT * FROM {table} WHERE false")
    )
    return [added, f"UPDATE {table} SET {column} = {column}{none}", f"DELETE FROM {table}{none}"]


@pytest.fixture
def no_checks(db: None) -> Iterator[None]:
    """A row need fit no rule. Each is taken back at once."""
    with connection.cursor() as cursor:
        if IS_SQLITE:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        if IS_SQLITE:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_row_of_any_table_moves_it_but_for_those_nobody_is_shown(no_checks: None):
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if not model._meta.managed or model._meta.proxy or table in {GENERATION, "wagtailsearch_indexentry_fts"}:
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in ways_to_write(model):
                with suppress(IntegrityError):  # what is written once is neither changed nor deleted
                    assert written(statement) is (table not in UNSEEN), statement
                if IS_SQLITE and statement.startswith("INSERT"):
                    cursor.execute(statement)
            transaction.set_rollback(True)


def test_every_table_has_every_trigger_and_none_is_on_the_list_by_mistake(db: None):
    assert missing_triggers(connection) == []
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert UNSEEN - tables <= {"wagtailsearch_indexentry_fts"}  # which SQLite has
    assert {model._meta.db_table for model in watched_models()} == tables - UNSEEN - {
        model._meta.db_table for model in apps.get_models() if not model._meta.managed
    }


def test_orm_update_and_sql_move_it(condition: Condition, exercise: ExercisePage):
    seen = [now()]

    def moved() -> bool:
        seen.append(now())
        return seen[-1] not in seen[:-1]

    exercise.purpose = "Another purpose."
    factories.publish(exercise)
    assert moved()
    ExercisePage.objects.update(purpose="A third.")
    assert moved()
    ExercisePage.objects.update(expire_at=timezone.now())
    assert moved()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clinical_condition SET name = 'Stiff calves'")
        assert moved()
        cursor.execute("DELETE FROM exercises_variation")
        assert moved() is not IS_SQLITE  # SQLite asks for each row, and there was none
    exercise.delete()
    assert moved()


def test_what_is_typed_and_not_live_does_not_move_it_nor_does_signing_in(exercise: ExercisePage, practitioner: User):
    before = now()
    exercise.title, exercise.purpose = "A draft", "A draft's purpose."
    exercise.save_revision(user=practitioner)
    practitioner.last_login = timezone.now()
    practitioner.save(update_fields=["last_login"])
    assert now() == before
    practitioner.save()
    assert now() != before


def warned() -> set[str | None]:
    """What ``check --database default`` says."""
    return {each.id for each in run_checks(tags=[Tags.database], databases=["default"])}


def trigger_of(table: str) -> str:
    """The name of the one that an update fires."""
    names = (name for on, name in wanted_triggers(connection) if on == table)
    return next(name for name in names if ("_update_" in name if IS_SQLITE else "truncate" not in name))


def test_missing_trigger_is_named_and_made_again(db: None):
    table = "routines_routineitem"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger_of(table)}{'' if IS_SQLITE else f' ON {table}'}")
    assert warned() == {"stretchsite.W001"}
    make_triggers()
    assert missing_triggers(connection) == []


def test_trigger_of_an_older_release_is_missing_and_is_replaced(condition: Condition, monkeypatch: pytest.MonkeyPatch):
    """It was made for the columns of then: what a new one holds would change unseen."""

    def rename() -> bool:
        return written("UPDATE clinical_condition SET name = 'Stiff calves'")

    connection.check_constraints()
    with monkeypatch.context() as before:
        before.setattr(move_triggers, "UNSEEN_FIELDS", frozenset({"name"}))
        make_triggers()
        old = trigger_of("clinical_condition")
        assert not rename()
    assert trigger_of("clinical_condition") != old
    assert warned() == {"stretchsite.W001"}
    connection.check_constraints()
    make_triggers()
    assert warned() == set()
    assert ("clinical_condition", old) not in present_triggers(connection)
    assert rename()


def test_no_trigger_stands_in_the_way_of_altering_a_column(condition: Condition):
    connection.check_constraints()
    keep_nothing_while_migrating()
    assert not {name for _table, name in present_triggers(connection) if "moves_generation" in name}
    make_triggers()
    assert missing_triggers(connection) == []


def test_nothing_is_kept_while_tables_are_migrated(condition: Condition):
    connection.check_constraints()
    keep_nothing_while_migrating()
    assert now() == ""
    assert warned() == {"stretchsite.W001"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clinical_condition SET name = 'Stiff calves'")
    assert now() == ""
    connection.check_constraints()
    make_triggers()
    assert len(now()) == 32
    assert missing_triggers(connection) == []


@pytest.mark.parametrize(
    "statement", ["DELETE FROM stretchsite_generation", "UPDATE stretchsite_generation SET value = ''"]
)
def test_without_a_generation_whoever_runs_the_site_is_told(db: None, statement: str):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert warned() == {"stretchsite.W002"}
    make_triggers()
    assert warned() == set()


def a_file(path: Path, value: str = "one", *, trigger: bool = True) -> Path:
    """A database as far as it is asked here."""
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE stretchsite_generation (id INTEGER PRIMARY KEY, value TEXT)")
        made.execute("INSERT INTO stretchsite_generation VALUES (1, ?)", [value])
        if trigger:
            made.execute("CREATE TRIGGER moves AFTER DELETE ON stretchsite_generation BEGIN SELECT 1; END")
        made.commit()
    return path


WANTED = frozenset({("stretchsite_generation", "moves")})


def test_sqlite_says_what_is_committed_now(tmp_path: Path):
    path = a_file(tmp_path / "site.sqlite3")
    row = FileRow(path, WANTED)
    assert row.current() == "one"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE stretchsite_generation SET value = 'two'")
        assert row.current() == "one"
        writer.execute("COMMIT")
        assert row.current() == "two"
        writer.execute("UPDATE stretchsite_generation SET value = ''")
        assert row.current() == ""


def test_sqlite_says_nothing_of_a_file_that_is_gone_and_the_truth_of_another_in_its_place(tmp_path: Path):
    path = a_file(tmp_path / "site.sqlite3")
    row = FileRow(path, WANTED)
    assert row.current() == "one"
    for each in tmp_path.iterdir():
        each.unlink()
    assert row.current() == ""
    a_file(path, "another")
    row._pause._until = 0.0  # the pause after a failure is over
    assert row.current() == "another"


def test_sqlite_says_nothing_while_a_trigger_is_missing(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    row = FileRow(a_file(tmp_path / "site.sqlite3", trigger=False), WANTED)
    assert [row.current(), row.current()] == ["", ""]
    assert [record.getMessage() for record in caplog.records] == [
        "No page is kept: 1 triggers are missing; run manage.py migrate: moves"
    ]


@dataclass
class Server:
    """A server that answers, fails or takes its time; and the clock."""

    value: str = "one"
    moment: float = 100.0
    takes: float = 0.0
    asked: int = 0
    is_gone: bool = False

    def read(self) -> str:
        """The value as it is when the question comes."""
        self.asked += 1
        value = self.value
        self.moment += self.takes
        if self.is_gone:
            raise OperationalError("gone")
        return value


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def leased(server: Server) -> Lease:
    return Lease(server.read, clock=lambda: server.moment)


def test_postgresql_is_asked_again_each_quarter_of_a_second(server: Server, leased: Lease):
    for _number in range(10):
        assert leased.current() == "one"
        server.moment += 0.024
    assert server.asked == 1
    server.value, server.moment = "two", server.moment + 0.02
    assert leased.current() == "two"


def test_nobody_goes_by_what_was_read_half_a_second_ago(server: Server, leased: Lease):
    assert leased.current() == "one"
    leased._asking.acquire()  # another thread waits for an answer
    server.moment += 0.49
    assert leased.current() == "one"
    server.moment += 0.01
    assert leased.current() == ""
    assert lease.TRUSTED_SECONDS < lease.SETTLED_SECONDS


def test_age_counts_from_when_the_question_was_asked(server: Server, leased: Lease):
    server.takes = 0.6
    assert leased.current() == ""
    assert server.asked == 1


def test_server_that_does_not_answer_is_left_alone_for_a_while(server: Server, leased: Lease):
    assert leased.current() == "one"
    server.is_gone, server.moment = True, server.moment + 0.3
    assert [leased.current(), leased.current(), leased.at_once()] == ["", "", ""]
    assert server.asked == 2
    server.is_gone, server.moment = False, server.moment + 1.1
    assert leased.current() == "one"


@pytest.mark.postgres
@pytest.mark.skipif(IS_SQLITE, reason="SQLite is no server")
def test_the_servers_row_is_read_and_verified(db: None):
    row = lease.ServerRow()
    assert len(row()) >= 32
    row.forget()


@pytest.mark.parametrize(
    ("method", "address", "changes", "waits"),
    [
        ("POST", "/admin/pages/3/edit/", True, True),
        ("POST", "/admin/pages/3/edit/", False, False),
        ("GET", "/admin/", True, False),
        ("POST", "/code/", True, False),
    ],
)
def test_whoever_changes_something_is_answered_when_every_process_knows(
    server: Server,
    leased: Lease,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    address: str,
    changes: bool,
    waits: bool,
):
    slept: list[float] = []
    monkeypatch.setattr(settling.time, "sleep", slept.append)

    def site(environ: Any, start_response: Any) -> list[bytes]:
        server.value = "two" if changes else "one"
        assert slept == []
        return [b"done"]

    environ = {"REQUEST_METHOD": method, "PATH_INFO": address}
    assert settling.settled(leased, site, environ, None) == [b"done"]
    assert slept == ([lease.SETTLED_SECONDS] if waits else [])
