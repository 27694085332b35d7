"""The figures of a library's exercises: a pose of the site's own library by name, or the figure itself as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from exercises import drawings
from exercises.pictured import fits_a_position
from figures.engine import library
from figures.engine.posture import posture_of
from library.faults import Fault
from library.records import ExerciseRecord


def figure_data(record: ExerciseRecord) -> dict[str, Any] | None:
    """The figure of an exercise, whole, as the exercise keeps it. KeyError for a name the pose library has not."""
    if isinstance(record.figure, str):
        return library.illustration(record.figure).model_dump(mode="json", by_alias=True, exclude_none=True)
    return record.figure


def figure_faults(exercises: Iterable[tuple[str, ExerciseRecord]]) -> Iterator[Fault]:
    """Names the pose library has not, figures no body can do, and steps that show a pose their figure has not."""
    for file, record in exercises:
        if isinstance(record.figure, str) and record.figure not in library.names():
            there = ", ".join(library.names())
            yield Fault(
                file, "figure", f"there is no pose “{record.figure}”; write the figure itself, or one of {there}"
            )
            continue
        data = figure_data(record)
        illustration, faults = (None, []) if data is None else drawings.read(data)
        if not isinstance(record.figure, str):  # those of the pose library are known to be sound
            yield from (Fault(file, "figure", str(fault)) for fault in faults)
        if (
            illustration is not None
            and not faults
            and record.position
            and not fits_a_position(illustration.figures[0], record.positions)
        ):
            seen = posture_of(illustration.figures[0]).words
            yield Fault(file, "position", f"the figure begins like this: {seen}; change the position or the figure")
        if data is None or illustration is not None:
            yield from _step_faults(file, record, [pose.key for pose in illustration.figures] if illustration else [])


def draw_figures(exercises: Iterable[ExerciseRecord], say: Callable[[str], None]) -> None:
    """Draw what is not drawn yet, before anything is locked: a figure takes about a second, a kept one nothing."""
    illustrated = [record for record in exercises if record.figure is not None]
    for number, record in enumerate(illustrated, start=1):
        drawings.ready(figure_data(record), record.laterality)
        if number == len(illustrated) or number % 10 == 0:
            say(f"  figures: {number} of {len(illustrated)}")


def _step_faults(file: str, record: ExerciseRecord, keys: list[str]) -> Iterator[Fault]:
    for number, step in enumerate(record.steps, start=1):
        if step.pose and step.pose not in keys:
            there = f"write one of {', '.join(keys)}" if keys else "give the exercise a figure first"
            yield Fault(file, f"steps[{number}].pose", f"there is no pose “{step.pose}”; {there}")
