"""Exercises with a figure, and a ban on drawing for tests of what must have been drawn before."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from exercises.models import ExercisePage
from figures.engine import library, render, strip
from testing import factories


def figure_of(name: str = "wall-calf-stretch") -> dict[str, Any]:
    """A figure of the pose library, as data."""
    return library.illustration(name).model_dump(mode="json", by_alias=True, exclude_none=True)


def forbid_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, whoever draws a figure fails."""

    def refuse(*args: Any, **kwargs: Any) -> NoReturn:
        raise AssertionError("a figure was drawn")

    for module, name in ((render, "draw"), (render, "draw_pose"), (strip, "strip"), (strip, "draw_pose")):
        monkeypatch.setattr(module, name, refuse)


def ready_of(exercise: ExercisePage) -> dict[str, Any]:
    """What stands ready for readers after the exercise was published with a figure."""
    exercise.figure = figure_of()
    factories.publish(exercise)
    return ExercisePage.objects.get(pk=exercise.pk).figure_ready


def names_in(ready: dict[str, Any]) -> set[str]:
    """The fingerprints of every drawing that stands ready."""
    variants = ready["variants"].values()
    return {frame["fingerprint"] for variant in variants for frame in variant["frames"]} | {
        variant["strip"] for variant in variants
    }
