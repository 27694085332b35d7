"""Which notes a reader meets, with the database in between: the rules E3.1–E3.7, and what must not lose a note."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Locale

from clinical.models import Condition, NoteTarget, SafetyNote, Withdrawal, board_for, boards_for, emergency_number
from clinical.safety.default_notes import DEFAULT_KEYS
from clinical.safety.reach import Part, Subject
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import SafetyBoard
from clinical.words.choices import NoteKind, Tier, Urgency
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from stretchsite.models import ConditionIndexPage, ConditionPage
from testing import factories
from tests.built_once import built_once

#: A kind that may stand at each tier.
KIND_OF_TIER = {1: NoteKind.RED_FLAG, 2: NoteKind.STOP, 3: NoteKind.CHECK_FIRST, 4: NoteKind.CAVEAT}


def note_of_tier(tier: int, **place: Any) -> SafetyNote:
    """A note of a tier at a place; its words say the tier."""
    urgency = Urgency.SAME_DAY if tier == 1 else ""
    words = {"kind": KIND_OF_TIER[tier], "tier": tier, "urgency": urgency, "text": f"tier {tier}"}
    return factories.note_at(NoteTarget(**place), **words)


def own(board: SafetyBoard) -> list[EffectiveNote]:
    """The notes on a board, the floor and the conditions' red flags aside."""
    return [item for item in board if item.key not in DEFAULT_KEYS and item.note.text != factories.RED_FLAG["text"]]


def tiers_on(board: SafetyBoard) -> set[int]:
    """Their tiers."""
    return {int(item.tier) for item in own(board)}


def texts_on(board: SafetyBoard) -> set[str]:
    """The words of those notes."""
    return {item.note.text for item in own(board)}


@pytest.fixture
@built_once
def other_condition(db: None) -> Condition:
    """A condition the exercise is not used for."""
    return factories.ConditionFactory.create(name="Sore back", slug="sore-back")


@pytest.fixture
@built_once
def tagged_exercise(exercise_index: ExerciseIndexPage, condition: Condition) -> ExercisePage:
    """An exercise for tight calves."""
    draft = factories.draft_exercise(title="Heel drop", slug="heel-drop", conditions=[condition])
    return exercise_index.add_child(instance=draft)


@pytest.fixture
@built_once
def back_routine(routine_index: RoutineIndexPage, tagged_exercise: ExercisePage, other_condition: Condition) -> Any:
    """A routine for the back with an exercise for tight calves in it."""
    draft = factories.draft_routine([tagged_exercise], [other_condition], title="Back", slug="back")
    return routine_index.add_child(instance=draft)


@pytest.fixture
@built_once
def hub(condition_index: ConditionIndexPage, condition: Condition) -> ConditionPage:
    """The page of tight calves."""
    return condition_index.add_child(instance=factories.draft_hub(condition, title="Tight calves", slug="tight-calves"))


def test_note_of_a_condition_reaches_an_exercise_for_it_down_to_tier_two(tagged_exercise: Any, condition: Condition):
    for tier in Tier:
        note_of_tier(tier, condition=condition)
    assert tiers_on(tagged_exercise.board()) == {1, 2}


def test_other_condition_of_an_exercise_brings_only_tier_one_into_a_routine(back_routine: Any, condition: Condition):
    for tier in Tier:
        note_of_tier(tier, condition=condition)
    assert tiers_on(back_routine.board()) == {1}


def test_condition_of_a_routine_or_hub_brings_all_its_notes(
    back_routine: Any, hub: ConditionPage, other_condition: Condition, condition: Condition
):
    for tier in Tier:
        note_of_tier(tier, condition=condition)
        note_of_tier(tier, condition=other_condition)
    assert tiers_on(hub.board()) == {1, 2, 3, 4}
    assert tiers_on(back_routine.board()) == {1, 2, 3, 4}


@pytest.mark.parametrize("place", [{"everywhere": True}, {"region": "lower_leg"}, {"position": "standing"}], ids=str)
def test_place_of_an_exercise_brings_every_tier_wherever_it_is_used(back_routine: Any, place: dict[str, Any]):
    for tier in Tier:
        note_of_tier(tier, **place)
    assert tiers_on(ExercisePage.objects.get().board()) == {1, 2, 3, 4}
    assert tiers_on(back_routine.board()) == {1, 2, 3, 4}


def test_note_of_one_page_stays_with_it_and_follows_it_into_routines(back_routine: Any, tagged_exercise: Any, hub: Any):
    note_of_tier(4, page=tagged_exercise.page_ptr)
    assert tiers_on(tagged_exercise.board()) == tiers_on(back_routine.board()) == {4}
    assert tiers_on(hub.board()) == set()


def test_note_of_a_routine_does_not_go_into_its_exercises(back_routine: Any, tagged_exercise: Any):
    note_of_tier(1, page=back_routine.page_ptr)
    assert tiers_on(back_routine.board()) == {1}
    assert tiers_on(tagged_exercise.board()) == set()


def test_routine_holds_every_note_of_each_exercise_in_it(back_routine: Any):
    note_of_tier(2, region="lower_leg")
    note_of_tier(3, position="standing")
    (item,) = back_routine.sheet().items
    assert item.exercise.safety.keys <= back_routine.sheet().safety.keys
    assert tiers_on(item.exercise.safety) == {2, 3}


def test_note_hung_in_two_places_is_said_once_with_both_reasons(back_routine: Any):
    factories.note_at(NoteTarget(region="lower_leg"), NoteTarget(position="standing"))
    (item,) = own(back_routine.board())
    assert [reason.value for reason in item.sorted_reasons] == ["lower_leg", "standing"]
    assert {reason.brought_by for reason in item.reasons} == {"Heel drop"}


def test_floor_stands_on_every_board(exercise: ExercisePage, routine: RoutinePage, hub: ConditionPage):
    SafetyNote.objects.update(live=False)
    for page in (exercise, routine, hub):
        assert page.board().keys == DEFAULT_KEYS


def test_board_of_any_number_of_subjects_is_one_query(db: None, django_assert_num_queries: Any):
    note_of_tier(2, everywhere=True)
    subjects = [
        Subject(uuid4(), str(n), Part.INGREDIENT, frozenset({"hip"}), frozenset({"standing"})) for n in range(40)
    ]
    for some in (subjects[:1], subjects):
        with django_assert_num_queries(1):
            board_for(some, "en-gb")
        with django_assert_num_queries(1):
            whole, parts = boards_for(some[:1], some, "en-gb")
        assert len(parts) == len(some)
        assert all(part.keys <= whole.keys for part in parts)


def test_draft_note_is_not_shown(exercise: ExercisePage):
    factories.note_at(NoteTarget(everywhere=True), live=False).save_revision()
    assert texts_on(exercise.board()) == set()


def test_new_place_of_a_note_in_force_waits_for_its_publication(exercise: ExercisePage):
    factories.note_at(NoteTarget(region="neck"))
    note = SafetyNote.objects.get()
    note.targets = [*note.targets.all(), NoteTarget(region="lower_leg")]
    revision = note.save_revision()
    assert texts_on(exercise.board()) == set()
    factories.approve(note)
    revision.publish()
    assert texts_on(exercise.board()) == {"your calf swells"}


def test_place_taken_out_in_a_draft_is_still_in_force(exercise: ExercisePage):
    factories.note_at(NoteTarget(region="neck"), NoteTarget(region="lower_leg"))
    note = SafetyNote.objects.get()
    note.targets = [target for target in note.targets.all() if target.region == "neck"]
    note.save_revision()
    assert texts_on(exercise.board()) == {"your calf swells"}


def test_unpublished_note_is_not_shown(exercise: ExercisePage):
    note = factories.note_at(NoteTarget(everywhere=True), kind=NoteKind.DO, tier=Tier.GOOD_TO_KNOW)
    assert texts_on(exercise.board()) == {"your calf swells"}
    note.unpublish()
    assert texts_on(exercise.board()) == set()


def test_withdrawn_note_is_not_shown_until_the_withdrawal_is_lifted(exercise: ExercisePage):
    note = factories.note_at(NoteTarget(everywhere=True))
    user, another = factories.UserFactory.create(), factories.UserFactory.create()
    Withdrawal.objects.create(content_key=note.content_key, title=str(note), reason="Replaced.", withdrawn_by=user)
    assert texts_on(exercise.board()) == set()
    lifted = {
        "lifted_at": timezone.now(),
        "lifted_by": user,
        "lifting_confirmed_by": another,
        "lifting_reason": "No.",
    }
    Withdrawal.objects.update(**lifted)
    assert texts_on(exercise.board()) == {"your calf swells"}


def test_publishing_an_older_version_of_a_page_loses_no_note(exercise: ExercisePage):
    older = exercise.save_revision()
    factories.note_at(NoteTarget(page=exercise.page_ptr))
    ExercisePage.objects.get().save_revision().publish()
    older.publish()
    assert texts_on(ExercisePage.objects.get().board()) == {"your calf swells"}


def test_publishing_an_older_version_of_a_routine_loses_no_note_of_its_exercises(back_routine: Any):
    older = back_routine.save_revision()
    note_of_tier(1, region="lower_leg")
    RoutinePage.objects.get().save_revision().publish()
    older.publish()
    assert tiers_on(RoutinePage.objects.get().board()) == {1}


def test_copy_alias_and_copy_of_a_copy_keep_the_notes_of_a_page(exercise: ExercisePage):
    factories.note_at(NoteTarget(page=exercise.page_ptr))
    copy = exercise.copy(update_attrs={"slug": "copy"})
    again = copy.copy(update_attrs={"slug": "again"}, keep_live=False)
    alias = exercise.create_alias(update_slug="alias")
    assert len({page.content_key for page in (exercise, copy, again, alias)}) == 1
    for page in (copy, again, alias):
        assert texts_on(ExercisePage.objects.get(pk=page.pk).board()) == {"your calf swells"}


def test_note_written_for_a_copy_is_shown_on_the_original(exercise: ExercisePage):
    copy = exercise.copy(update_attrs={"slug": "copy"})
    factories.note_at(NoteTarget(page=copy.page_ptr))
    assert texts_on(exercise.board()) == {"your calf swells"}


@pytest.fixture
def welsh(settings: Any) -> Locale:
    """A second language."""
    settings.EMERGENCY_NUMBERS = {**settings.EMERGENCY_NUMBERS, "cy": "112"}
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [("en-gb", "English"), ("cy", "Welsh")]
    return Locale.objects.create(language_code="cy")


def test_translated_page_keeps_the_notes_of_its_source_in_their_language(exercise: ExercisePage, welsh: Locale):
    factories.note_at(NoteTarget(page=exercise.page_ptr))
    translated = exercise.copy_for_translation(welsh, copy_parents=True)
    (item,) = (item for item in translated.board() if item.key not in DEFAULT_KEYS)
    assert (item.note.text, item.note.language) == ("your calf swells", "en-gb")
    assert translated.board().emergency_number.number == "112"


def test_translated_note_is_read_in_the_readers_language_at_the_most_cautious_tier(exercise: Any, welsh: Locale):
    note = note_of_tier(2, everywhere=True)
    other = note.copy_for_translation(welsh)
    other.text, other.kind, other.tier, other.live = "chwyddo", NoteKind.CHECK_FIRST, Tier.CHECK_FIRST, True
    factories.save_live(other)
    for language, text in (("cy", "chwyddo"), ("en-gb", "tier 2")):
        (item,) = (item for item in board_for(exercise.subjects(), language) if item.key not in DEFAULT_KEYS)
        assert (item.note.text, item.tier) == (text, Tier.DO_NOT)


def test_number_to_call_is_that_of_the_language(settings: Any):
    settings.EMERGENCY_NUMBERS = {"en-gb": "999", "cy": "112"}
    assert (emergency_number("cy").number, emergency_number("en-gb").tel) == ("112", "tel:999")


def test_unpublished_exercise_leaves_a_routine_and_takes_its_notes_along(back_routine: Any, tagged_exercise: Any):
    note_of_tier(2, page=tagged_exercise.page_ptr)
    ExercisePage.objects.get().unpublish()
    routine = RoutinePage.objects.get()
    assert routine.sheet().taken_out == ("Heel drop",)
    assert tiers_on(routine.board()) == set()
    assert all(SafetyNote.objects.values_list("live", flat=True))


@pytest.mark.parametrize("kind", ["exercise", "routine", "hub"])
def test_preview_of_an_unsaved_page_shows_the_notes_in_force(kind: str, exercise: Any, condition: Condition):
    note_of_tier(1, region="lower_leg")
    note_of_tier(2, condition=condition)
    page = {
        "exercise": lambda: factories.draft_exercise(title="Unsaved", slug="unsaved", conditions=[condition]),
        "routine": lambda: factories.draft_routine([exercise], [condition], title="Unsaved", slug="unsaved"),
        "hub": lambda: factories.draft_hub(condition, title="Unsaved", slug="unsaved"),
    }[kind]()
    page.locale = Locale.get_default()
    answer = page.make_preview_request(RequestFactory().get("/"))
    assert answer.status_code == 200
    words = answer.content.decode()
    assert "Unsaved" in words
    assert "tier 2" in words
    assert ("tier 1" in words) == (kind != "hub")
    assert "you have chest pain" in words


def test_reader_meets_the_notes_before_the_first_step(exercise: ExercisePage, client: Client):
    note_of_tier(1, region="lower_leg")
    note_of_tier(2, region="lower_leg")
    words = client.get("/exercises/wall-calf-stretch/").content.decode()
    assert max(words.index("tier 1"), words.index("tier 2")) < words.index("Stand tall.")
