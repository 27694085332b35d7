"""The audit: entries say who, when and why; they are added, and never changed or deleted."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from wagtail.log_actions import LogContext

from clinical.models import AuditEntry, User, record
from clinical.words.choices import AuditAction
from exercises.models import ExercisePage
from testing import factories
from tests.built_once import built_once


@pytest.fixture
@built_once
def officer(db: None) -> User:
    """Somebody who decides."""
    return factories.UserFactory.create(username="officer")


def test_entry_says_who_when_and_why(exercise: ExercisePage, officer: User):
    entry = record(AuditAction.WITHDRAWN, exercise, by=officer, reason="It can do harm.", replaced_by=7)
    entry.refresh_from_db()
    assert (entry.by, entry.reason, entry.details) == (officer, "It can do harm.", {"replaced_by": 7})
    assert (entry.content_key, entry.title) == (exercise.content_key, exercise.title)
    assert entry.at is not None


def test_entry_without_a_name_is_whoever_is_signed_in(officer: User):
    with LogContext(user=officer):
        assert record(AuditAction.PUBLISHED, "A page").by == officer
    assert record(AuditAction.PUBLISHED, "A page").by is None


def test_entry_is_never_changed_or_deleted(officer: User):
    entry = record(AuditAction.APPROVED, "A page", by=officer)
    entry.reason = "Something else."
    for forbidden in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(reason="Something else."),
        lambda: AuditEntry.objects.filter(pk=entry.pk).delete(),
        officer.delete,
    ):
        with pytest.raises(ProtectedError):
            forbidden()
    assert AuditEntry.objects.get(pk=entry.pk).reason == ""


@pytest.mark.parametrize("action", [AuditAction.WITHDRAWN, AuditAction.LIFTED, AuditAction.OVERRIDDEN])
def test_serious_decision_says_why(officer: User, action: AuditAction):
    with pytest.raises(IntegrityError), transaction.atomic():
        record(action, "A page", by=officer, second=factories.UserFactory.create(), reason=" ")


@pytest.mark.parametrize("action", [AuditAction.LIFTED, AuditAction.OVERRIDDEN])
def test_decision_of_two_takes_two(officer: User, action: AuditAction):
    for second in (None, officer):
        with pytest.raises(IntegrityError), transaction.atomic():
            record(action, "A page", by=officer, second=second, reason="A reason.")
    assert record(action, "A page", by=officer, second=factories.UserFactory.create(), reason="A reason.").pk
