"""What the other conditions of its exercises bring into a routine: their tier 1, whatever the routine is for (E3.1)."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page

from clinical.models import Condition, NoteTarget
from clinical.words.choices import NoteKind, Tier, Urgency
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from sharing.assembly import shared_sheet
from testing import factories

CAUDA_EQUINA = "you have new numbness between your legs"
CLOT = "one calf is hot, red and swollen"
DYSREFLEXIA = "you get a pounding headache and sweat"


def condition_with(name: str, sign: str, **words: Any) -> Condition:
    """A condition with its red flag."""
    condition = factories.ConditionFactory.create(name=name, slug=name.lower().replace(" ", "-"), red_flag=False)
    words = {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP, "urgency": Urgency.EMERGENCY, "text": sign, **words}
    factories.note_at(NoteTarget(condition=condition), **words)
    return condition


@pytest.fixture
def stretch(exercise_index: ExerciseIndexPage) -> ExercisePage:
    """A lying stretch for the back, for cramps, and for a condition whose red flag two people marked."""
    conditions = [
        condition_with("Low back pain", CAUDA_EQUINA),
        condition_with("Leg cramps", CLOT),
        condition_with("Spinal cord injury", DYSREFLEXIA, only_with_condition=True),
    ]
    draft = factories.draft_exercise(title="Lying hamstring stretch", slug="lying", conditions=conditions)
    return exercise_index.add_child(instance=draft)


def routine_for(index: Page, stretch: ExercisePage, *names: str) -> RoutinePage:
    """A live routine of this one stretch, for the conditions of these names."""
    conditions = list(Condition.objects.filter(name__in=names))
    assert len(conditions) == len(names)
    return index.add_child(instance=factories.draft_routine([stretch], conditions, title="Legs", slug="legs"))


def without_conditions(routine: RoutinePage) -> RoutinePage:
    """The same, in memory, before anybody has said what it is for."""
    draft = routine.get_latest_revision_as_object() if routine.latest_revision_id else routine
    draft.condition_uses = []
    return draft


def said(board: Any) -> set[str]:
    return {item.note.text for item in board} & {CAUDA_EQUINA, CLOT, DYSREFLEXIA}


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([], {CAUDA_EQUINA, CLOT, DYSREFLEXIA}),
        (["Low back pain"], {CAUDA_EQUINA, CLOT}),
        (["Leg cramps"], {CAUDA_EQUINA, CLOT}),
        (["Spinal cord injury"], {CAUDA_EQUINA, CLOT, DYSREFLEXIA}),
        (["Leg cramps", "Spinal cord injury"], {CAUDA_EQUINA, CLOT, DYSREFLEXIA}),
    ],
)
def test_routine_has_the_red_flags_of_its_exercises_and_the_marked_only_for_their_condition(
    routine_index: RoutineIndexPage, stretch: ExercisePage, names: list[str], shown: set[str]
):
    routine = routine_for(routine_index, stretch, *names)
    assert said(routine.board()) == said(routine.sheet().safety) == shown
    assert said(routine.sheet().items[0].exercise.safety) == shown


def test_routine_for_a_condition_its_exercise_is_not_for_has_its_red_flags_too(
    routine_index: RoutineIndexPage, stretch: ExercisePage, condition: Condition
):
    routine = routine_for(routine_index, stretch, condition.name)
    assert said(routine.board()) == {CAUDA_EQUINA, CLOT}


def test_routine_that_names_no_condition_shows_the_red_flags_of_every_condition_of_its_exercises(
    routine_index: RoutineIndexPage, stretch: ExercisePage
):
    routine = without_conditions(routine_for(routine_index, stretch, "Low back pain"))
    sheet = routine.sheet()
    assert said(routine.board()) == said(sheet.safety) == {CAUDA_EQUINA, CLOT, DYSREFLEXIA}
    emergency = sheet.signs.group("emergency")
    assert emergency is not None
    assert {CAUDA_EQUINA, CLOT, DYSREFLEXIA} <= {sign.words for sign in emergency.signs}


@pytest.mark.parametrize("names", [["Low back pain"], ["Low back pain", "Spinal cord injury"]])
def test_shared_routine_has_the_same_red_flags(
    routine_index: RoutineIndexPage, stretch: ExercisePage, names: list[str]
):
    routine = routine_for(routine_index, stretch, *names)
    link = factories.link_to(routine).link
    assert said(shared_sheet(link).sheet.safety) == said(routine.board())


@pytest.mark.parametrize("names", [["Low back pain"], ["Low back pain", "Spinal cord injury"]])
def test_list_asks_for_the_same_notes_as_the_page(
    routine_index: RoutineIndexPage, stretch: ExercisePage, names: list[str]
):
    routine_for(routine_index, stretch, *names)
    (listed,) = RoutinePage.listed()
    assert {(each.part, each.conditions, each.among) for each in listed.listed_subjects()} == {
        (each.part, each.conditions, each.among) for each in listed.subjects()
    }
    ingredient = listed.listed_subjects()[1]
    assert ingredient.among == {str(pk) for pk in Condition.objects.filter(name__in=names).values_list("pk", flat=True)}
