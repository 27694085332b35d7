"""What is written once is kept by the database too, against raw SQL, a fixture, an emptied table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers import serialize
from django.db import IntegrityError, connection, connections, models, transaction
from django.db.models.query import QuerySet

from clinical.audit.triggers import drop_triggers, kept_models, lifted, missing_triggers
from clinical.models import Approval, AuditEntry, Override, User, Withdrawal, record
from clinical.review.live_audit import findings
from clinical.review.proposals import Proposal
from clinical.words.choices import ApprovalBasis, AuditAction, ConflictRule
from exercises.models import ExercisePage
from testing import factories

IS_POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def kept(exercise: ExercisePage) -> dict[type[models.Model], Any]:
    """One row of everything that is kept."""
    officer, key = factories.UserFactory.create(), exercise.content_key
    approval = Approval.objects.create(basis=ApprovalBasis.LIBRARY, content_key=key, content_hash="0", title="A page")
    override = Override.objects.create(
        content_key=key,
        title="A page",
        rule=ConflictRule.RULED_OUT,
        note_key=key,
        other_key=key,
        reason="A reason.",
        asked_by=officer,
    )
    proposal = Proposal.objects.create(
        content_type=ContentType.objects.get_for_model(exercise),
        object_id=exercise.pk,
        title="A page",
        before={"name": "Cramp"},
        after={"name": "Cramps"},
        reason="A reason.",
        asked_by=officer,
    )
    withdrawal = Withdrawal.objects.create(content_key=key, title="A page", reason="It hurts.", withdrawn_by=officer)
    entry = record(AuditAction.PUBLISHED, "A page")
    connection.check_constraints()  # PostgreSQL empties no table while it has something left to check of it
    return {AuditEntry: entry, Approval: approval, Withdrawal: withdrawal, Override: override, Proposal: proposal}


def sql(statement: str) -> Callable[[Any], Any]:
    def run(row: Any) -> None:
        table, names = row._meta.db_table, ", ".join(field.column for field in row._meta.concrete_fields)
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table=table, pk=row.pk, names=names))

    return run


def load(row: Any) -> None:
    """A fixture with a row of the same key, as ``loaddata`` reads it."""
    fixture = Path("tampered.json")
    fixture.write_text(serialize("json", [row]).replace("A page", "Another"), encoding="utf-8")
    call_command("loaddata", str(fixture.resolve()), verbosity=0)


def retitled(row: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, "title": "Another"})


def written_over(row: Any) -> None:
    retitled(row).save()


#: Every road to change a row that is there, and every road to take one away.
CHANGES: dict[str, Callable[[Any], Any]] = {
    "update": sql("UPDATE {table} SET title = 'Another' WHERE id = {pk}"),
    "upsert": sql(
        "INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE id = {pk} "
        "ON CONFLICT (id) DO UPDATE SET title = 'Another'"
    ),
    "base manager": lambda row: type(row)._base_manager.filter(pk=row.pk).update(title="Another"),
    "bulk_update": lambda row: QuerySet(type(row)).bulk_update([type(row)(pk=row.pk, title="Another")], ["title"]),
    "bulk_create": lambda row: type(row).objects.bulk_create(
        [retitled(row)], update_conflicts=True, unique_fields=["id"], update_fields=["title"]
    ),
    "the same key": written_over,
    "loaddata": load,
}
REMOVALS: dict[str, Callable[[Any], Any]] = {
    "delete": sql("DELETE FROM {table} WHERE id = {pk}"),
    "delete all": sql("DELETE FROM {table}"),
    "base manager": lambda row: QuerySet(type(row)).filter(pk=row.pk).delete(),
    "raw delete": lambda row: QuerySet(type(row)).filter(pk=row.pk)._raw_delete("default"),
}
REMOVALS |= (
    {"truncate": sql("TRUNCATE {table} CASCADE"), "with accounts": sql("TRUNCATE clinical_user CASCADE")}
    if IS_POSTGRESQL
    else {"replace": sql("REPLACE INTO {table} ({names}) SELECT {names} FROM {table} WHERE id = {pk}")}
)


def refused(road: Callable[[Any], Any], row: Any) -> bool:
    try:
        with transaction.atomic():
            road(row)
    except IntegrityError as error:
        return "never changed or deleted" in str(error) or "UNIQUE" in str(error) or "duplicate" in str(error)
    return False


def test_rows_that_are_kept_are_neither_changed_nor_deleted_by_any_road(
    kept: dict[Any, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert set(kept) == set(kept_models())
    for model, row in kept.items():
        before = model._base_manager.values().get(pk=row.pk)
        keeps = "update" in model.database_refuses or "title" in getattr(model, "KEPT", ())
        roads = REMOVALS | (CHANGES if keeps else {})
        assert [road for road, take in roads.items() if not refused(take, row)] == [], model
        assert model._base_manager.values().get(pk=row.pk) == before


def test_no_emptying_of_the_whole_database_passes(kept: dict[Any, Any]):
    statements = connection.ops.sql_flush(no_style(), connection.introspection.django_table_names(only_existing=True))
    assert refused(lambda row: [sql(statement)(row) for statement in statements], kept[AuditEntry])
    assert AuditEntry.objects.filter(pk=kept[AuditEntry].pk).exists()


@pytest.fixture
def migrated(db: None, tmp_path: Path) -> Iterator[str]:
    """A database that can be migrated: SQLite remakes no table within a test's transaction, so there a copy of it."""
    if IS_POSTGRESQL:
        yield "default"
        return
    file = tmp_path / "copy.sqlite3"
    file.write_bytes(connection.connection.serialize())
    connections.databases["copy"] = {**connections.databases["default"], "NAME": str(file)}
    connections["copy"].connect()  # one that is open is not taken for another database's
    yield "copy"
    connections["copy"].close()
    del connections["copy"], connections.databases["copy"]


def check_says(database: str) -> list[str]:
    found = run_checks(tags=[Tags.database], databases=[database])
    return [message.msg for message in found if message.id == "clinical.W001"]


def test_a_table_that_was_remade_has_its_triggers_again_after_migrate(migrated: str):
    AuditEntry.objects.using(migrated).create(action=AuditAction.PUBLISHED, title="A page")
    connections[migrated].check_constraints()
    old, new = AuditEntry._meta.get_field("title"), models.CharField(max_length=254)
    new.set_attributes_from_name("title")
    new.model = AuditEntry
    with connections[migrated].schema_editor() as editor:
        editor.alter_field(AuditEntry, old, new)
    lost = missing_triggers(migrated)
    assert lost == (
        [] if IS_POSTGRESQL else [f"clinical_auditentry_no_{what}" for what in ("update", "delete", "replace")]
    )
    assert len(check_says(migrated)) == len(lost)
    call_command("migrate", database=migrated, verbosity=0, stdout=StringIO(), stderr=StringIO())
    assert missing_triggers(migrated) == check_says(migrated) == []
    for statement in ("UPDATE clinical_auditentry SET title = ''", "DELETE FROM clinical_auditentry"):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(using=migrated),
            connections[migrated].cursor() as cursor,
        ):
            cursor.execute(statement)


def test_missing_trigger_is_named_by_the_check_and_the_nightly_audit(db: None):
    assert check_says("default") == []
    drop_triggers("default", {"clinical_approval"})
    assert any("“clinical_approval_no_update”" in told for told in check_says("default"))
    assert any("clinical_approval_no_delete" in finding.title for finding in findings())
    call_command("migrate", verbosity=0, stdout=StringIO(), stderr=StringIO())
    assert check_says("default") == []


@pytest.mark.skipif(not IS_POSTGRESQL, reason="SQLite cannot switch a trigger off")
def test_trigger_that_is_switched_off_counts_as_missing(db: None):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE clinical_auditentry DISABLE TRIGGER clinical_auditentry_no_update")
    assert "clinical_auditentry_no_update" in missing_triggers()


def test_migration_may_rewrite_what_is_kept_within_its_transaction(kept: dict[Any, Any]):
    class Editor:
        """All that is asked of a schema editor."""

        connection = connection

    with lifted(Editor(), Approval):
        Approval._base_manager.filter(pk=kept[Approval].pk).update(content_hash="1")
        assert refused(CHANGES["update"], kept[AuditEntry])
    assert refused(CHANGES["update"], kept[Approval])
    assert Approval.objects.get(pk=kept[Approval].pk).content_hash == "1"


def test_triggers_are_lifted_nowhere_but_in_migrations_and_tests():
    floors = (
        path
        for floor in ("clinical", "exercises", "routines", "sharing", "library", "stretchsite", "testing", "tools")
        for path in Path(floor).rglob("*.py")
    )
    users = [str(path) for path in floors if "drop_triggers" in path.read_text(encoding="utf-8")]
    assert users == ["clinical/audit/triggers.py"]


def constraint_broken_by(step: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            step()
            connection.check_constraints()
    except IntegrityError:
        return True
    return False


def test_account_named_in_the_audit_stays(db: None):
    officer = factories.UserFactory.create()
    record(AuditAction.PUBLISHED, "A page", by=officer)
    with pytest.raises(models.ProtectedError):
        officer.delete()
    assert constraint_broken_by(lambda: User._base_manager.filter(pk=officer.pk)._raw_delete("default"))
