"""Withdrawing and lifting as decisions: who may, what follows at once, what stays refused."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Locale

from clinical.models import AuditEntry, NoteTarget, PublishRefused, SafetyNote, User, Withdrawal
from clinical.withdrawal.withdrawing import ask_to_lift, confirm, decline_lifting, lift, pages_with, withdraw
from clinical.words.choices import AuditAction, NoteKind, Tier, Urgency
from exercises.models import ExercisePage
from testing import factories
from tests.built_once import built_once


@pytest.fixture
@built_once
def officer(db: None) -> User:
    """Somebody who withdraws."""
    return factories.UserFactory.create(username="officer")


@pytest.fixture
@built_once
def colleague(db: None) -> User:
    """Another."""
    return factories.UserFactory.create(username="colleague")


def red_flag(*targets: NoteTarget) -> SafetyNote:
    """A note of tier 1."""
    words = {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP, "urgency": Urgency.SAME_DAY, "text": "one calf is hot"}
    return factories.note_at(*targets, **words)


def test_withdrawn_page_is_off_the_site_at_once(officer: User, exercise: ExercisePage):
    withdrawal = withdraw(exercise, by=officer, reason="It can tear a healing tendon.")
    assert not ExercisePage.objects.get(pk=exercise.pk).live
    assert (withdrawal.title, withdrawal.is_open) == (exercise.title, True)
    assert withdrawal.content_type.model_class() is ExercisePage


def test_copies_aliases_and_translations_go_with_it(officer: User, exercise: ExercisePage):
    exercise.copy(update_attrs={"slug": "copy"}, keep_live=True)
    exercise.create_alias(update_slug="alias")
    translation = exercise.copy_for_translation(Locale.objects.create(language_code="cy"), copy_parents=True)
    factories.publish(translation)
    assert len(pages_with(exercise.content_key)) == 4
    withdraw(exercise, by=officer, reason="Harm.")
    assert pages_with(exercise.content_key) == []


def test_scheduled_version_of_something_withdrawn_is_forgotten(officer: User, exercise: ExercisePage):
    revision = exercise.save_revision(approved_go_live_at=timezone.now())
    withdraw(exercise, by=officer, reason="Harm.")
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b"])
def test_withdrawal_says_why(officer: User, exercise: ExercisePage, reason: str):
    with pytest.raises(ValidationError, match="plain words"):
        withdraw(exercise, by=officer, reason=reason)
    assert ExercisePage.objects.get(pk=exercise.pk).live


def test_nothing_is_withdrawn_twice(officer: User, exercise: ExercisePage):
    withdraw(exercise, by=officer, reason="Harm.")
    with pytest.raises(ValidationError, match="withdrawn already"):
        withdraw(exercise, by=officer, reason="Harm again.")


def test_person_who_asked_to_lift_cannot_confirm_it(officer: User, colleague: User, exercise: ExercisePage):
    withdrawal = withdraw(exercise, by=officer, reason="Harm.")
    with pytest.raises(ValidationError, match="Ask for it first"):
        lift(withdrawal, by=colleague)
    ask_to_lift(withdrawal, by=officer, reason="The study was retracted.")
    with pytest.raises(ValidationError, match="Ask a colleague"):
        lift(withdrawal, by=officer)
    assert Withdrawal.objects.open().exists()
    lift(withdrawal, by=colleague)
    withdrawal.refresh_from_db()
    assert not withdrawal.is_open
    assert (withdrawal.lifted_by, withdrawal.lifting_confirmed_by) == (officer, colleague)
    entries = AuditEntry.objects.exclude(action=AuditAction.TAKEN_OFF)[:3]
    kept = [(entry.action, entry.by, entry.second, entry.reason) for entry in entries]
    assert kept == [
        (AuditAction.LIFTED, officer, colleague, "The study was retracted."),
        (AuditAction.PROPOSED, officer, None, "The study was retracted."),
        (AuditAction.WITHDRAWN, officer, None, "Harm."),
    ]


def test_lifting_needs_a_reason(officer: User, exercise: ExercisePage):
    withdrawal = withdraw(exercise, by=officer, reason="Harm.")
    with pytest.raises(ValidationError, match="Say why"):
        ask_to_lift(withdrawal, by=officer, reason=" ")


def test_lifting_that_was_asked_for_can_be_declined_and_asked_again(
    officer: User, colleague: User, exercise: ExercisePage
):
    withdrawal = withdraw(exercise, by=officer, reason="Harm.")
    with pytest.raises(ValidationError, match="Nobody has asked"):
        decline_lifting(withdrawal, by=colleague)
    ask_to_lift(withdrawal, by=officer, reason="A mistake.")
    with pytest.raises(ValidationError, match="asked for that already"):
        ask_to_lift(withdrawal, by=colleague, reason="A mistake.")
    decline_lifting(withdrawal, by=colleague)
    ask_to_lift(withdrawal, by=colleague, reason="Really a mistake.")
    lift(withdrawal, by=officer)
    with pytest.raises(ValidationError, match="lifted already"):
        ask_to_lift(withdrawal, by=officer, reason="Once more.")


def test_lifting_does_not_bring_it_back_but_lets_it_be_published(
    officer: User, colleague: User, exercise: ExercisePage
):
    withdrawal = withdraw(exercise, by=officer, reason="Harm.")
    page = ExercisePage.objects.get(pk=exercise.pk)
    with pytest.raises(PublishRefused, match=r"withdrawn: Harm\."):
        factories.publish(page)
    ask_to_lift(withdrawal, by=officer, reason="A mistake.")
    lift(withdrawal, by=colleague)
    page = ExercisePage.objects.get(pk=exercise.pk)
    assert not page.live
    factories.publish(page)
    assert ExercisePage.objects.get(pk=exercise.pk).live


def test_serious_note_is_withdrawn_by_two(officer: User, colleague: User):
    note = factories.note_at(NoteTarget(everywhere=True))
    withdrawal = withdraw(note, by=officer, reason="It is wrong.")
    assert NoteTarget.objects.in_force().exists()
    with pytest.raises(ValidationError, match="Ask a colleague"):
        confirm(withdrawal, by=officer)
    assert SafetyNote.objects.get().live
    confirm(withdrawal, by=colleague)
    assert not SafetyNote.objects.get().live
    assert not NoteTarget.objects.in_force().exists()
    with pytest.raises(ValidationError, match="in force already"):
        confirm(withdrawal, by=colleague)


def test_mild_note_is_withdrawn_at_once(officer: User):
    note = factories.note_at(NoteTarget(everywhere=True), kind=NoteKind.DO, tier=Tier.GOOD_TO_KNOW, text="Breathe.")
    withdraw(note, by=officer, reason="It confuses.")
    assert not NoteTarget.objects.in_force().exists()


def test_last_red_flag_of_a_condition_is_not_withdrawn(officer: User):
    condition = factories.ConditionFactory.create(name="Tight calves", red_flag=False)
    note = red_flag(NoteTarget(condition=condition))
    with pytest.raises(ValidationError, match="“Tight calves” would have no red flag left"):
        withdraw(note, by=officer, reason="Wrong.")
    red_flag(NoteTarget(condition=condition))
    assert withdraw(note, by=officer, reason="Wrong.")


def test_replacement_of_a_page_is_a_page_and_of_a_note_a_note(officer: User, exercise: ExercisePage):
    first, second = (factories.note_at(NoteTarget(everywhere=True)) for _ in range(2))
    of_note = withdraw(first, by=officer, reason="Wrong.", replaced_by=second)
    of_page = withdraw(exercise, by=officer, reason="Harm.", replaced_by=exercise.get_parent())
    assert (of_note.replaced_by, of_note.replaced_by_note) == (None, second)
    assert (of_page.replaced_by, of_page.replaced_by_note) == (exercise.get_parent(), None)


def test_withdrawal_says_where_it_stands(officer: User, colleague: User, exercise: ExercisePage):
    withdrawal = withdraw(exercise, by=officer, reason="Harm.")
    states = [withdrawal.state]
    ask_to_lift(withdrawal, by=officer, reason="A mistake.")
    withdrawal.refresh_from_db()
    states.append(withdrawal.state)
    lift(withdrawal, by=colleague)
    withdrawal.refresh_from_db()
    note = withdraw(factories.note_at(NoteTarget(everywhere=True)), by=officer, reason="Wrong.")
    assert [*states, withdrawal.state, note.state] == [
        "In force",
        "In force; asked to be lifted",
        "Lifted",
        "Waits for a second person",
    ]
