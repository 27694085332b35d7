"""The figure of an exercise: what a live page's figure must be, and that a draft may hold a broken one."""

from __future__ import annotations

from typing import Any

import pytest

from clinical.models import PublishRefused
from exercises.models import ExercisePage
from testing import factories
from tests.exercises.illustrated import figure_of


def test_exercise_goes_live_with_a_valid_figure(exercise: ExercisePage):
    exercise.figure = figure_of()
    factories.publish(exercise)
    assert ExercisePage.objects.get().figure == figure_of()


def test_live_figure_that_breaks_a_joint_is_refused_by_limb_and_number(exercise: ExercisePage):
    exercise.figure = figure_of("standing-thigh-stretch")
    exercise.figure["figures"][0]["neck"] = [95, 0, 0]
    exercise.save_revision()
    with pytest.raises(PublishRefused) as refused:
        exercise.save()
    assert "neck" in refused.value.refusal["figure"][0]
    assert "95" in refused.value.refusal["figure"][0]


@pytest.mark.parametrize("nonsense", ["a squat", 7, [], {}, {"v": 1, "id": "x", "figures": []}], ids=str)
def test_live_figure_that_is_no_figure_is_refused(exercise: ExercisePage, nonsense: Any):
    exercise.figure = nonsense
    with pytest.raises(PublishRefused) as refused:
        exercise.save()
    assert refused.value.refusal["figure"]


def test_step_shows_only_a_pose_the_figure_has(exercise: ExercisePage):
    exercise.figure = figure_of()
    exercise.steps = [("move", {"text": "Lean.", "picture": None, "pose": "end"})]
    factories.save_live(exercise)
    exercise.steps = [("move", {"text": "Lean.", "picture": None, "pose": "middle"})]
    with pytest.raises(PublishRefused, match="there is no pose “middle”; the figure has: start, end"):
        exercise.save()


def test_step_shows_no_pose_of_an_exercise_without_a_figure(exercise: ExercisePage):
    exercise.steps = [("move", {"text": "Lean.", "picture": None, "pose": "end"})]
    with pytest.raises(PublishRefused, match="none, since there is no figure"):
        exercise.save()
