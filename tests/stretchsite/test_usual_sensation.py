"""A complaint that is itself a sensation: what is no reason to stop is said after the stop sign, and only there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale

from clinical.models import Condition, PublishRefused, board_for, release
from clinical.safety.default_notes import STOP_KEY
from clinical.safety.sheet import SafetyBoard
from clinical.words.choices import ReviewState
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from stretchsite.models import ConditionIndexPage, ConditionPage
from testing import factories
from tests.outputs import body

SENSATION = "Your usual restless-legs feeling is no reason to stop; new numbness is."
SIGN = "you feel pain, numbness, weakness or dizziness"
WHOLE = f"{SIGN}. {SENSATION[:-1]}"


@pytest.fixture
def hub(condition_index: ConditionIndexPage, condition: Condition) -> ConditionPage:
    """The page of a condition that is felt, as two people approved it."""
    draft = factories.draft_hub(condition, title="Restless legs", slug="restless-legs", usual_sensation=SENSATION)
    return condition_index.add_child(instance=draft)


@pytest.fixture
def other_condition(db: None) -> Condition:
    """A condition that is no sensation."""
    return factories.ConditionFactory.create(name="Sore back", slug="sore-back")


def exercise_for(index: ExerciseIndexPage, *conditions: Condition, slug: str = "for-it") -> ExercisePage:
    return index.add_child(instance=factories.draft_exercise(title=slug, slug=slug, conditions=conditions))


def stop(board: SafetyBoard) -> str:
    return next(item.note.text for item in board if item.key == STOP_KEY)


def test_page_of_the_condition_says_it(client: Client, hub: ConditionPage):
    assert stop(hub.board()) == WHOLE
    assert WHOLE in body(client.get(hub.get_url()).content)


def test_exercise_for_nothing_else_says_it(client: Client, exercise_index: Any, hub: Any, condition: Condition):
    exercise = exercise_for(exercise_index, condition)
    assert stop(exercise.sheet().safety) == stop(exercise.board()) == WHOLE
    assert WHOLE in body(client.get(exercise.get_url()).content)


@pytest.mark.parametrize("count", [0, 2])
def test_page_that_names_another_condition_or_none_does_not(
    exercise_index: Any, hub: Any, condition: Condition, other_condition: Condition, count: int
):
    exercise = exercise_for(exercise_index, *(condition, other_condition)[:count])
    assert stop(exercise.sheet().safety) == stop(exercise.board()) == SIGN


def test_routine_says_it_for_its_own_condition_and_not_for_those_of_its_exercises(
    exercise_index: Any, routine_index: RoutineIndexPage, hub: Any, condition: Condition, other_condition: Condition
):
    made: dict[str, RoutinePage] = {}
    for slug, named in (("one", [condition]), ("two", [condition, other_condition]), ("other", [other_condition])):
        exercise = exercise_for(exercise_index, condition, slug=f"in-{slug}")
        draft = factories.draft_routine([exercise], named, title=slug, slug=slug)
        made[slug] = routine_index.add_child(instance=draft)
    said = {slug: stop(routine.sheet().safety) for slug, routine in made.items()}
    assert said == {"one": WHOLE, "two": SIGN, "other": SIGN}
    assert {slug: stop(routine.sheet().items[0].exercise.safety) for slug, routine in made.items()} == said
    assert {slug: stop(routine.board()) for slug, routine in made.items()} == said


def test_preview_says_what_readers_will_see(exercise_index: Any, hub: Any, condition: Condition):
    draft = exercise_for(exercise_index, condition).get_latest_revision_as_object()
    draft.condition_uses = list(draft.condition_uses.all())
    assert stop(draft.sheet().safety) == WHOLE


def test_page_that_is_taken_off_says_it_no_more(exercise_index: Any, hub: ConditionPage, condition: Condition):
    exercise = exercise_for(exercise_index, condition)
    hub.unpublish()
    assert stop(ExercisePage.objects.get(pk=exercise.pk).sheet().safety) == SIGN


def test_words_of_another_language_are_not_said(exercise_index: Any, hub: ConditionPage, condition: Condition):
    exercise = exercise_for(exercise_index, condition)
    ConditionPage.objects.filter(pk=hub.pk).update(locale=Locale.objects.create(language_code="cy"))
    assert stop(exercise.sheet().safety) == SIGN


def test_second_person_decides_about_it(exercise_index: Any, hub: ConditionPage, condition: Condition):
    hub.usual_sensation = "No feeling at all is a reason to stop."
    with pytest.raises(PublishRefused):
        hub.save_revision().publish()
    assert stop(exercise_for(exercise_index, condition).sheet().safety) == WHOLE


def from_a_library(draft: ConditionPage, sensation: str) -> ConditionPage:
    """The same as an example that came published, with this sentence, which the library stands behind."""
    draft.review_state, draft.library_id, draft.came_published = ReviewState.UNREVIEWED, "restless-legs", True
    draft.author = draft.reviewer = draft.reviewed_on = draft.review_due = None
    draft.usual_sensation = sensation
    return draft


@pytest.mark.parametrize("sensation", ["", SENSATION], ids=["none before", "another before"])
@pytest.mark.parametrize("is_taken_off", [False, True])
def test_library_says_no_other_sensation_on_a_page_readers_know(
    condition_index: ConditionIndexPage, condition: Condition, sensation: str, is_taken_off: bool
):
    draft = factories.draft_hub(condition, title="Restless legs", slug="restless-legs")
    page = condition_index.add_child(instance=factories.approve(from_a_library(draft, sensation)))
    release(page)
    page.save_revision().publish()
    if is_taken_off:
        ConditionPage.objects.get(pk=page.pk).unpublish()
    changed = from_a_library(ConditionPage.objects.get(pk=page.pk), "No feeling is a reason to stop.")
    release(changed)
    with pytest.raises(PublishRefused, match="takes a second person"):
        changed.save_revision().publish()
    less = from_a_library(ConditionPage.objects.get(pk=page.pk), "")
    release(less)
    less.save_revision().publish()
    assert ConditionPage.objects.get(pk=page.pk).usual_sensation == ""


def test_it_costs_no_query_beside_that_for_the_conditions_and_that_for_the_notes(
    exercise_index: Any, hub: Any, condition: Condition, django_assert_num_queries: Any
):
    exercise = ExercisePage.objects.get(pk=exercise_for(exercise_index, condition).pk)
    with django_assert_num_queries(2):
        assert stop(board_for(exercise.subjects(), "en-gb")) == WHOLE
