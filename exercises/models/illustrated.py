"""What a live exercise's figure must be: valid, and with a pose for each step that shows one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from clinical.words.choices import StartingPosition
from exercises import drawings
from exercises.choices import either
from exercises.pictured import fits_a_position
from figures.engine.posture import posture_of

if TYPE_CHECKING:
    from clinical.publishing.refusals import Refusal
    from figures.engine.pose import Pose


def figure_refusal(exercise: Any) -> Refusal:
    """What keeps the figure, and the steps that show a pose of it, from being live."""
    refusal: Refusal = {}
    keys: list[str] = []
    if exercise.figure is not None:
        illustration, _faults = drawings.read(exercise.figure)
        keys = [pose.key for pose in illustration.figures] if illustration else []
        if faults := drawings.faults(exercise.figure, exercise.laterality):
            refusal["figure"] = [str(fault) for fault in faults]
        elif illustration and (told := _another_position(exercise, illustration.figures[0])):
            refusal["figure"] = [told]
    if wrong := list(_unknown_poses(exercise, keys)):
        refusal["steps"] = wrong
    return refusal


def _another_position(exercise: Any, first: Pose) -> str:
    """What to say where the figure begins in none of the positions the exercise may be done in; else nothing."""
    positions = (exercise.starting_position, *exercise.other_positions)
    if fits_a_position(first, positions):
        return ""
    told = _("The figure begins like this: %(seen)s. The position is “%(position)s”. Change one of the two.")
    chosen = [str(StartingPosition(each).label) for each in positions if each in StartingPosition.values]
    return told % {"seen": posture_of(first).words, "position": either(chosen)}


def _unknown_poses(exercise: Any, keys: list[str]) -> list[str]:
    """A sentence for each step that asks for a pose the figure has not."""
    named = [(number, raw["value"].get("pose")) for number, raw in enumerate(exercise.steps.raw_data, start=1)]
    there = ", ".join(keys) or _("none, since there is no figure")
    return [
        _("%(number)s. there is no pose “%(pose)s”; the figure has: %(there)s")
        % {"number": number, "pose": pose, "there": there}
        for number, pose in named
        if pose and pose not in keys
    ]
