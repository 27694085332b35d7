"""What a reader can point at: a whole page or one step of it; of a routine, each exercise and each of its steps.

Made from the sheet the reader has before them, so nothing can be pointed at that does not stand there.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from textwrap import shorten
from typing import NamedTuple
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from exercises.sheet import ExerciseSheet
from routines.sheet import RoutineSheet

#: Of a step so many characters are shown in the list, and kept so that it is known again when steps have moved.
MOST_OF_A_STEP = 80


class Place(NamedTuple):
    """One thing to point at: what the form sends, its words, the content key of its page, and which step of it."""

    value: str
    label: str
    key: UUID
    step: int = 0
    words: str = ""


class PlaceGroup(NamedTuple):
    """Places under a common heading; the heading is empty where none is needed."""

    label: str
    places: list[Place]


def places_in(sheet: ExerciseSheet | RoutineSheet) -> list[PlaceGroup]:
    """Everything that can be pointed at, in the order of the page.

    What a practitioner put together for one patient cannot be pointed at as a whole: that would tell of the patient.
    """
    if isinstance(sheet, ExerciseSheet):
        whole = Place("all", _("The whole exercise"), sheet.key)
        return [PlaceGroup("", [whole, *_steps_of(sheet, "")])]
    groups = []
    if not sheet.put_together:
        groups.append(PlaceGroup("", [Place("all", _("The whole routine"), sheet.key)]))
    for item in sheet.items:
        title, number = item.exercise.title, str(item.number)
        whole = Place(number, _("All of “%s”") % title, item.exercise.key)
        groups.append(PlaceGroup(f"{number}. {title}", [whole, *_steps_of(item.exercise, f"{number}.")]))
    return groups


def _steps_of(exercise: ExerciseSheet, prefix: str) -> Iterator[Place]:
    for number, step in enumerate(exercise.steps, start=1):
        words = beginning_of(step.text)
        label = _("Step %(number)d: %(words)s") % {"number": number, "words": words}
        yield Place(f"{prefix}{number}" if prefix else str(number), label, exercise.key, number, words)


def beginning_of(text: str) -> str:
    """As many whole words as are kept; where a language writes none apart, as many characters."""
    words = shorten(text, MOST_OF_A_STEP, placeholder="…")
    return words if words != "…" else Truncator(text).chars(MOST_OF_A_STEP)[:MOST_OF_A_STEP]  # it counts no marks


def seen_of(groups: list[PlaceGroup]) -> str:
    """A few letters that are others when any place is another: what stood before a reader when the form was opened."""
    told = "\n".join(f"{place.value} {place.key} {place.words}" for group in groups for place in group.places)
    return sha256(told.encode()).hexdigest()[:12]


def place_called(groups: list[PlaceGroup], value: str) -> Place | None:
    """The place a form names; none where there is no such place on the page."""
    return next((place for group in groups for place in group.places if place.value == value), None)
