"""A withdrawal is lifted by two people who say why. It is never deleted, and while it is open it wins."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import Locale

from clinical.models import NoteTarget, PublishRefused, User, Withdrawal
from exercises.models import ExercisePage
from testing import factories
from tests.built_once import built_once


@pytest.fixture
@built_once
def officer(db: None) -> User:
    """Somebody who withdraws."""
    return factories.UserFactory.create()


def withdraw(officer: User, **fields: object) -> Withdrawal:
    """A withdrawal in force."""
    words = {"content_key": uuid4(), "title": "Calf stretch", "reason": "It can do harm.", "withdrawn_by": officer}
    return Withdrawal.objects.create(**{**words, **fields})


def lift(withdrawal: Withdrawal) -> None:
    """Lifted by two."""
    withdrawal.lifted_at, withdrawal.lifting_reason = timezone.now(), "It was a mistake."
    withdrawal.lifted_by, withdrawal.lifting_confirmed_by = (
        factories.UserFactory.create(),
        factories.UserFactory.create(),
    )
    withdrawal.save()


def test_withdrawal_is_open_until_it_is_lifted(officer: User):
    open_one, lifted = withdraw(officer), withdraw(officer)
    lift(lifted)
    assert list(Withdrawal.objects.open()) == [open_one]
    keys = {open_one.content_key, lifted.content_key, uuid4()}
    assert Withdrawal.objects.open_keys(keys) == {open_one.content_key}


def test_withdrawal_is_never_deleted(officer: User):
    withdrawal = withdraw(officer)
    with pytest.raises(ProtectedError, match="lift it instead"):
        withdrawal.delete()
    with pytest.raises(ProtectedError, match="lift them instead"):
        Withdrawal.objects.all().delete()
    with pytest.raises(ProtectedError):
        Withdrawal.objects.filter(pk=withdrawal.pk).delete()
    assert Withdrawal.objects.exists()


def test_person_who_withdrew_something_is_not_deleted(officer: User):
    withdraw(officer)
    with pytest.raises(ProtectedError):
        officer.delete()


def test_page_that_replaces_something_is_not_deleted(officer: User, exercise: ExercisePage):
    withdraw(officer, replaced_by=exercise.page_ptr)
    with pytest.raises(ProtectedError):
        exercise.delete()


def test_withdrawal_outlives_the_thing_itself(officer: User, exercise: ExercisePage):
    key = exercise.content_key
    withdraw(officer, content_key=key)
    exercise.delete()
    assert Withdrawal.objects.open_keys({key}) == {key}


def test_newest_withdrawal_is_listed_first(officer: User):
    first, second = withdraw(officer, title="First"), withdraw(officer, title="Second")
    assert [str(withdrawal) for withdrawal in Withdrawal.objects.all()] == [second.title, first.title]


def test_publishing_a_withdrawn_note_again_does_not_bring_it_back(officer: User):
    note = factories.note_at(NoteTarget(everywhere=True))
    withdraw(officer, content_key=note.content_key)
    with pytest.raises(PublishRefused, match="It can do harm"):
        factories.publish(note)
    assert not NoteTarget.objects.in_force().exists()


def test_what_was_withdrawn_and_why_is_never_rewritten(officer: User):
    withdrawal = withdraw(officer)
    withdrawal.reason = "Something else."
    with pytest.raises(ValidationError, match="never rewritten"):
        withdrawal.save()


def test_lifted_withdrawal_is_not_reopened(officer: User):
    withdrawal = withdraw(officer)
    lift(withdrawal)
    withdrawal.lifted_at = withdrawal.lifted_by = withdrawal.lifting_confirmed_by = None
    with pytest.raises(ValidationError, match="withdraw anew"):
        withdrawal.save()


def test_database_keeps_the_withdrawal_of_a_warning_waiting_for_a_second_person(officer: User):
    fields = {"content_key": uuid4(), "title": "Note", "reason": "Wrong.", "withdrawn_by": officer}
    for confirmed_by in (None, officer):
        with pytest.raises(IntegrityError), transaction.atomic():
            Withdrawal.objects.create(**fields, needs_second_person=True, confirmed_by=confirmed_by)
    waiting = Withdrawal.objects.create(**fields, needs_second_person=True, in_force_at=None)
    assert not waiting.is_open
    assert list(Withdrawal.objects.waiting()) == [waiting]
    assert not Withdrawal.objects.open().exists()


def test_withdrawal_of_a_note_covers_its_other_languages(officer: User):
    note = factories.note_at(NoteTarget(everywhere=True))
    other = note.copy_for_translation(Locale.objects.create(language_code="cy"))
    other.live = True
    other.save()
    withdraw(officer, content_key=note.content_key)
    assert not NoteTarget.objects.in_force().exists()
