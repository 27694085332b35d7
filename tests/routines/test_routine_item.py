"""One exercise in a routine: whose figures are used, which side is worked, and what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import ProtectedError

from exercises.choices import Laterality, Side
from exercises.dosage_fields import DosageError
from exercises.frequency import Frequency
from exercises.models import ExercisePage
from routines.models import RoutineItem, RoutinePage
from routines.models.item_faults import contradicts
from routines.session_length import too_long
from testing import factories

# A page asks for its content type when it is made, which is remembered only sometimes.
pytestmark = pytest.mark.django_db


def item(**fields: Any) -> RoutineItem:
    """The calf stretch (30 seconds, twice, one side at a time) as prescribed with these figures."""
    exercise = factories.ExercisePageFactory.build(pk=1, live=True, author=None, reviewer=None)
    return RoutineItem(exercise=exercise, **fields)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, (30, 2, None, 1)),
        ({"repetitions": 4}, (30, 4, None, 1)),
        ({"hold_seconds": 20, "sets": 2}, (20, 2, None, 2)),
        ({"moving_seconds": 60}, (None, None, 60, 1)),
    ],
)
def test_figure_given_here_replaces_the_exercises_own(figures: dict[str, int], expected: tuple[Any, ...]):
    dosage = item(**figures).dosage()
    assert (dosage.hold_seconds, dosage.repetitions, dosage.moving_seconds, dosage.sets) == expected


def test_empty_cue_means_the_exercises_own():
    own = item()
    own.exercise.intensity_cue = "Mild."
    assert own.dosage().intensity_cue == "Mild."
    own.intensity_cue = "Very mild."
    assert own.dosage().intensity_cue == "Very mild."


@pytest.mark.parametrize(
    ("side", "laterality", "chosen"),
    [
        ("", Laterality.UNILATERAL, Side.EACH),
        ("", Laterality.BILATERAL, Side.BOTH),
        ("left", Laterality.UNILATERAL, Side.LEFT),
        ("right", Laterality.UNILATERAL, Side.RIGHT),
        ("each", Laterality.UNILATERAL, Side.EACH),
        ("both", Laterality.BILATERAL, Side.BOTH),
    ],
)
def test_no_side_means_the_usual_one_so_that_none_is_forgotten(side: str, laterality: Laterality, chosen: Side):
    chosen_here = item(side=side)
    chosen_here.exercise.laterality = laterality
    assert chosen_here.chosen_side == chosen
    assert chosen_here.faults() == []


@pytest.mark.parametrize(
    ("side", "laterality"),
    [("both", "unilateral"), ("left", "bilateral"), ("right", "bilateral"), ("each", "bilateral")],
)
def test_side_the_exercise_does_not_work_is_a_fault_by_name(side: str, laterality: str):
    wrong = item(side=side)
    wrong.exercise.laterality = laterality
    (fault,) = wrong.faults()
    assert wrong.exercise.title in fault
    assert "choose another side" in fault


def test_figures_that_do_not_go_together_are_a_fault_by_field():
    wrong = item(moving_seconds=60, repetitions=2)
    with pytest.raises(DosageError):
        wrong.dosage()
    (fault,) = wrong.faults()
    assert "repetitions" in fault


def test_every_fault_is_said_at_once():
    wrong = item(moving_seconds=60, repetitions=2, side="both")
    wrong.exercise.live = False
    assert len(wrong.faults()) == 3
    assert "publish it first" in wrong.faults()[0]


def test_days_of_its_own_do_not_go_with_a_routine_that_is_done_as_needed():
    (told,) = contradicts(item(days_per_week=3), Frequency(as_needed=True))
    assert "says how often, but the routine is done as needed" in told
    assert contradicts(item(days_per_week=3), Frequency(sessions_per_day=1, days_per_week=7)) == []
    assert contradicts(item(as_needed=True, as_needed_most=2), Frequency(as_needed=True)) == []


def test_a_session_longer_than_any_day_is_refused_also_where_each_exercise_is_not():
    long = {"hold_seconds": 600, "repetitions": 10}
    assert item(**long).faults() == []
    (told,) = item(**long, sets=2).faults()
    assert "One session would take 402 minutes" in told
    assert too_long([item(**long)]) == []
    (told,) = too_long([item(**long), item(**long)])
    assert told.startswith("One session would take 402 minutes. Take exercises out or write less of them")


def test_row_without_an_exercise_asks_for_one():
    assert RoutineItem().faults() == ["Choose an exercise."]


def test_exercise_in_use_is_not_deleted(routine: RoutinePage, exercise: ExercisePage):
    with pytest.raises(ProtectedError):
        exercise.delete()
    routine.delete()
    exercise = ExercisePage.objects.get()
    exercise.delete()
    assert not ExercisePage.objects.exists()


def test_row_is_known_by_its_exercise(routine: RoutinePage):
    assert str(RoutineItem.objects.get()) == "Wall calf stretch"
