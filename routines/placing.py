"""Which safety notes stand at the row of an exercise in a routine, besides standing with all others.

Pure. What has to be prepared for an exercise is read where it is prepared; a serious note that only one exercise brings
is read at that exercise too. So is, but for paper, what forbids a few of the exercises: in the card alone "leave it
out" reads as the whole routine. What everything or the routine itself brings is not repeated.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from uuid import UUID

from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import SafetyBoard
from clinical.words.choices import NoteKind, PlaceKind, Tier
from exercises.sheet import ExerciseSheet


def placed(
    exercises: Iterable[ExerciseSheet], whole: SafetyBoard, sometimes: Container[int] = ()
) -> tuple[tuple[EffectiveNote, ...], ...]:
    """For each exercise in order, its preparations, and what of tiers 1 and 2 is its own (``own_notes``).

    What was prepared for the exercise right before it is not said again, unless that is only done sometimes: in some
    weeks, on some days. ``sometimes`` has the places of those, counted from 0.
    """
    exercises = tuple(exercises)
    alone, found = own_notes(whole, exercises), []
    before: set[UUID] = set()
    for number, exercise in enumerate(exercises):
        own = alone.get(str(exercise.key), set())
        prepared = {item.key for item in exercise.safety if _is_its_preparation(item)}
        shown = [item for item in exercise.safety if item.key in prepared - before or item.key in own]
        found.append(tuple(item for item in shown if item.tier <= Tier.DO_NOT or item.key in prepared))
        before = set() if number in sometimes else prepared
    return tuple(found)


def _is_its_preparation(item: EffectiveNote) -> bool:
    """Whether it has to be prepared for this exercise: for its position, its region or itself."""
    return item.note.kind is NoteKind.PREPARATION and not _is_for_everything(item)


def _is_for_everything(item: EffectiveNote) -> bool:
    return any(reason.place is PlaceKind.EVERYTHING for reason in item.reasons)


def own_notes(whole: SafetyBoard, exercises: Iterable[ExerciseSheet]) -> dict[str, set[UUID]]:
    """By the key of an exercise, what stands at it too: what only it brings, and what forbids it and few others.

    Few are a third of the exercises at most: of more, the card says rightly enough what is to be left out.
    """
    all_of_them = {str(exercise.key) for exercise in exercises}
    found = brought_by_one(whole)
    for item in whole:
        bringing = {reason.subject_key for reason in item.reasons}
        if _forbids(item) and bringing <= all_of_them and 3 * len(bringing) <= len(all_of_them):
            for key in bringing:
                found.setdefault(key, set()).add(item.key)
    return found


def _forbids(item: EffectiveNote) -> bool:
    is_to_leave_out = item.tier == Tier.DO_NOT and item.note.kind is NoteKind.CONTRAINDICATION
    return is_to_leave_out and not _is_for_everything(item)


def brought_by_one(whole: SafetyBoard) -> dict[str, set[UUID]]:
    """By the key of an exercise, the notes that nothing but this exercise brings into the routine."""
    found: dict[str, set[UUID]] = {}
    for item in whole:
        bringing = {reason.subject_key for reason in item.reasons}
        if len(bringing) == 1 and not _is_for_everything(item):
            found.setdefault(bringing.pop(), set()).add(item.key)
    return found
