"""Conflicts at the publish gate: found on real pages, refused in words, and overridden by two people who say why."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from clinical.conflicts.open_conflicts import open_conflicts, page_facts
from clinical.conflicts.overrides import ask_to_override, confirm_override, overrides_in_force
from clinical.models import AuditEntry, Condition, NoteTarget, Override, PublishRefused, SafetyNote, User
from clinical.words.choices import AuditAction, ConflictRule, NoteKind, Tier
from exercises.models import ExercisePage
from routines.models import RoutinePage
from testing import factories


def ruling_out(condition: Condition, exercise: ExercisePage) -> SafetyNote:
    """A note that rules the exercise out for the condition."""
    words = {"kind": NoteKind.CONTRAINDICATION, "tier": Tier.DO_NOT, "text": "your calf was torn"}
    return factories.note_at(NoteTarget(page=exercise.page_ptr), rules_out=condition, **words)


def publish(page: ExercisePage | RoutinePage) -> None:
    """Publish what is there once more."""
    type(page).objects.get(pk=page.pk).save_revision().publish()


@pytest.fixture
def two(db: None) -> tuple[User, User]:
    """Two people who decide."""
    return factories.UserFactory.create(username="asker"), factories.UserFactory.create(username="confirmer")


def test_routine_with_an_exercise_ruled_out_for_its_condition_is_refused(
    routine: RoutinePage, exercise: ExercisePage, condition: Condition
):
    publish(routine)
    ruling_out(condition, exercise)
    with pytest.raises(PublishRefused, match="“Wall calf stretch” is ruled out for Tight calves"):
        publish(routine)


def test_exercise_is_not_ruled_out_for_another_condition(routine: RoutinePage, exercise: ExercisePage):
    ruling_out(factories.ConditionFactory.create(), exercise)
    publish(routine)


def test_notes_that_contradict_each_other_on_a_page_are_refused(
    routine: RoutinePage, exercise: ExercisePage, condition: Condition
):
    words = {"action_code": "stretch-at-once", "kind": NoteKind.DO, "tier": Tier.GOOD_TO_KNOW}
    factories.note_at(NoteTarget(condition=condition), polarity="do", text="Stretch at once.", **words)
    factories.note_at(NoteTarget(region="lower_leg"), polarity="dont", text="Wait a little.", **words)
    with pytest.raises(PublishRefused, match="contradict each other"):
        publish(routine)
    SafetyNote.objects.filter(polarity="dont").update(moment="on_waking")
    SafetyNote.objects.filter(polarity="do").update(moment="before_bed")
    publish(routine)


def test_note_that_contradicts_another_at_the_same_place_is_refused(condition: Condition):
    words = {"action_code": "stretch-at-once", "kind": NoteKind.DO, "tier": Tier.GOOD_TO_KNOW}
    factories.note_at(NoteTarget(condition=condition), polarity="do", text="Stretch at once.", **words)
    with pytest.raises(PublishRefused, match="contradicts the note “Stretch at once"):
        factories.note_at(NoteTarget(condition=condition), polarity="dont", **words)
    with pytest.raises(PublishRefused, match="contradicts the note"):
        factories.note_at(NoteTarget(everywhere=True), polarity="dont", **words)
    assert factories.note_at(NoteTarget(condition=condition), polarity="dont", moment="on_waking", live=False, **words)
    assert factories.note_at(NoteTarget(condition=factories.ConditionFactory.create()), polarity="dont", **words).live


def test_dose_outside_what_a_note_allows_is_refused(routine: RoutinePage, exercise: ExercisePage):
    words = {"dose_figure": "hold_seconds", "dose_least": 10, "dose_most": 20}
    factories.note_at(NoteTarget(region="lower_leg"), kind=NoteKind.DO, tier=Tier.GOOD_TO_KNOW, **words)
    for page in (exercise, routine):
        with pytest.raises(PublishRefused, match="Choose from 10 to 20"):
            publish(page)


def test_dose_is_held_to_a_limit_that_stands_in_another_language_only(routine: RoutinePage, exercise: ExercisePage):
    note = factories.note_at(NoteTarget(region="lower_leg"), kind=NoteKind.DO, tier=Tier.GOOD_TO_KNOW)
    welsh = note.copy_for_translation(Locale.objects.create(language_code="cy"))
    welsh.live, welsh.dose_figure, welsh.dose_least, welsh.dose_most = True, "hold_seconds", 10, 20
    factories.approve(welsh).save()
    for page in (exercise, routine):
        with pytest.raises(PublishRefused, match="Choose from 10 to 20"):
            publish(page)


def test_routine_without_a_required_warm_up_is_refused(routine: RoutinePage, condition: Condition):
    words = {"kind": NoteKind.PREPARATION, "tier": Tier.GOOD_TO_KNOW, "text": "Warm up.", "needs_warm_up": True}
    factories.note_at(NoteTarget(condition=condition), **words)
    with pytest.raises(PublishRefused, match="Put a warm-up first"):
        publish(routine)
    page = RoutinePage.objects.get(pk=routine.pk)
    item = page.items.get()
    item.phase = "warm_up"
    page.items = [item]
    assert open_conflicts(page) == []


def test_exercise_without_a_required_set_up_is_refused(exercise: ExercisePage):
    words = {"kind": NoteKind.PREPARATION, "tier": Tier.GOOD_TO_KNOW, "concerns_step": "set_up"}
    factories.note_at(NoteTarget(position="standing"), text="Hold a support.", **words)
    publish(exercise)
    page = ExercisePage.objects.get(pk=exercise.pk)
    page.steps = [("move", {"text": "Lean forward.", "picture": None})]
    with pytest.raises(PublishRefused, match="Begin the steps with “Set up”"):
        page.save_revision().publish()


def test_routine_that_begins_an_exercise_without_the_set_up_a_note_on_it_requires_is_refused(
    routine: RoutinePage, exercise: ExercisePage, condition: Condition
):
    words = {
        "kind": NoteKind.PREPARATION,
        "tier": Tier.GOOD_TO_KNOW,
        "text": "Hold a support.",
        "concerns_step": "set_up",
    }
    factories.note_at(NoteTarget(page=routine.page_ptr), **words)
    publish(routine)
    exercise.steps = factories.STEPS[1:]
    ExercisePage.objects.filter(pk=exercise.pk).update(steps=exercise.steps)
    with pytest.raises(PublishRefused, match="Begin the steps with “Set up”"):
        publish(routine)


def test_condition_without_a_red_flag_keeps_everything_for_it_off_the_site(
    routine: RoutinePage, exercise: ExercisePage, condition: Condition
):
    SafetyNote.objects.filter(targets__condition=condition).update(live=False)
    with pytest.raises(PublishRefused, match="“Tight calves” has no red flag of its own"):
        publish(routine)
    page = ExercisePage.objects.get(pk=exercise.pk)
    publish(page)
    page.condition_uses = [factories.use_of(type(page).condition_uses.rel.related_model, condition)]
    with pytest.raises(PublishRefused, match="red flag"):
        page.save_revision().publish()
    hub = factories.draft_hub(condition)
    with pytest.raises(PublishRefused, match="red flag"):
        factories.ConditionIndexPageFactory(parent=exercise.get_parent().get_parent()).add_child(instance=hub)


def decided(routine: RoutinePage, two: tuple[User, User]) -> Override:
    """The one conflict of the routine, overridden by two."""
    (conflict,) = open_conflicts(RoutinePage.objects.get(pk=routine.pk))
    override = ask_to_override(routine, conflict, by=two[0], reason="The tear healed a year ago.")
    confirm_override(override, by=two[1])
    return override


def test_override_by_two_lets_the_routine_go_live_and_is_printed(
    client: Client, routine: RoutinePage, exercise: ExercisePage, condition: Condition, two: tuple[User, User]
):
    ruling_out(condition, exercise)
    decided(routine, two)
    publish(routine)
    said = client.get("/routines/calves/").content.decode()
    assert "Chosen despite a warning" in said
    assert "The tear healed a year ago." in said
    assert said.index("Chosen despite a warning") < said.index("The exercises")
    assert "Choose another exercise" not in said
    sheet = RoutinePage.objects.get(pk=routine.pk).sheet()
    (printed,) = [item for item in sheet.safety.notes if "Chosen despite" in item.note.text]
    assert printed.tier == Tier.DO_NOT
    assert printed in sheet.safety.do_not_if
    entry = AuditEntry.objects.filter(action=AuditAction.OVERRIDDEN).get()
    assert (entry.by, entry.second, entry.reason) == (*two, "The tear healed a year ago.")


def test_override_by_one_changes_nothing(
    routine: RoutinePage, exercise: ExercisePage, condition: Condition, two: tuple[User, User]
):
    ruling_out(condition, exercise)
    (conflict,) = open_conflicts(RoutinePage.objects.get(pk=routine.pk))
    override = ask_to_override(routine, conflict, by=two[0], reason="It healed.")
    with pytest.raises(ValidationError, match="Ask a colleague"):
        confirm_override(override, by=two[0])
    assert list(Override.objects.waiting()) == [override]
    with pytest.raises(PublishRefused):
        publish(routine)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.bulk_create(
            [
                Override(
                    content_key=routine.content_key,
                    note_key=conflict.note,
                    other_key=conflict.other,
                    reason="Alone.",
                    asked_by=two[0],
                    confirmed_by=two[0],
                    confirmed_at="2026-11-21T00:00Z",
                )
            ]
        )


def test_override_says_why_and_is_never_deleted(
    routine: RoutinePage, exercise: ExercisePage, condition: Condition, two: tuple[User, User]
):
    ruling_out(condition, exercise)
    (conflict,) = open_conflicts(RoutinePage.objects.get(pk=routine.pk))
    with pytest.raises(ValidationError, match="Say why"):
        ask_to_override(routine, conflict, by=two[0], reason=" ")
    override = decided(routine, two)
    with pytest.raises(ProtectedError):
        override.delete()
    with pytest.raises(ProtectedError):
        Override.objects.all().delete()
    with pytest.raises(ValidationError, match="confirmed already"):
        confirm_override(override, by=two[1])


@pytest.mark.parametrize(
    "change", [{"text": "your calf was torn twice"}, {"tier": Tier.GET_HELP}, {"moment": "on_waking"}]
)
def test_override_is_open_again_when_the_note_changes(
    routine: RoutinePage,
    exercise: ExercisePage,
    condition: Condition,
    two: tuple[User, User],
    change: dict[str, object],
):
    note = ruling_out(condition, exercise)
    decided(routine, two)
    assert overrides_in_force(routine)
    urgency = {"urgency": "same_day"} if "tier" in change else {}
    SafetyNote.objects.filter(pk=note.pk).update(**change, **urgency)
    assert overrides_in_force(routine) == []
    with pytest.raises(PublishRefused, match="ruled out"):
        publish(routine)


def test_override_is_open_again_when_the_note_reaches_further(
    routine: RoutinePage, exercise: ExercisePage, condition: Condition, two: tuple[User, User]
):
    note = ruling_out(condition, exercise)
    decided(routine, two)
    NoteTarget.objects.create(note=note, region="hip")
    assert overrides_in_force(routine) == []


def test_override_of_a_note_that_changed_meanwhile_is_not_confirmed(
    routine: RoutinePage, exercise: ExercisePage, condition: Condition, two: tuple[User, User]
):
    note = ruling_out(condition, exercise)
    (conflict,) = open_conflicts(RoutinePage.objects.get(pk=routine.pk))
    override = ask_to_override(routine, conflict, by=two[0], reason="It healed.")
    SafetyNote.objects.filter(pk=note.pk).update(text="something else")
    with pytest.raises(ValidationError, match="has changed since"):
        confirm_override(override, by=two[1])


def test_contradictions_cannot_be_overridden(routine: RoutinePage, condition: Condition, two: tuple[User, User]):
    SafetyNote.objects.filter(targets__condition=condition).update(live=False)
    (conflict,) = open_conflicts(RoutinePage.objects.get(pk=routine.pk))
    assert conflict.rule == ConflictRule.NO_RED_FLAG
    with pytest.raises(ValidationError, match="cannot be overridden"):
        ask_to_override(routine, conflict, by=two[0], reason="No.")


def test_asking_for_conflicts_costs_the_same_queries_however_many_exercises(
    routine: RoutinePage, exercise: ExercisePage, condition: Condition
):
    def asked(count: int) -> int:
        others = [exercise.get_parent().add_child(instance=factories.draft_exercise()) for _ in range(count)]
        draft = factories.draft_routine([exercise, *others], [condition], title=f"Of {count}")
        page = RoutinePage.objects.get(pk=routine.get_parent().add_child(instance=draft).pk)
        page.items.set(list(page.items.select_related("exercise")))
        with CaptureQueriesContext(connection) as queries:
            assert open_conflicts(page) == []
        return len(queries)

    assert asked(2) == asked(8)


def test_what_can_contradict_is_asked_in_seven_queries_however_much_there_is(
    routine: RoutinePage, exercise: ExercisePage, condition: Condition
):
    def asked() -> int:
        page = RoutinePage.objects.get(pk=routine.pk)
        with CaptureQueriesContext(connection) as queries:
            page_facts(page)
        return len(queries)

    asked()  # what is remembered for the whole process is asked once
    few = asked()
    for number in range(6):
        factories.note_at(NoteTarget(condition=condition), text=f"sign {number}")
        factories.note_at(NoteTarget(page=exercise.page_ptr), text=f"another {number}")
    assert (few, asked()) == (7, 7)
