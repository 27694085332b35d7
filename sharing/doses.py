"""Which doses that one patient was given are outside what the notes in force allow today (E3.9 c).

Pure. A dose is judged when it is given; a note may be written or narrowed afterwards. The list of a link is frozen, its
safety is not: such a dose is no longer shown in any output, and the patient is told to ask.
"""

from __future__ import annotations

from collections.abc import Mapping

from clinical.safety.conflicts import Dosed, NoteFacts, PageFacts, Range, dose_conflicts, limits_of
from exercises.frequency import Frequency
from routines.sheet import RoutineSheet


def items_outside(sheet: RoutineSheet, often: Frequency) -> frozenset[int]:
    """The numbers of the items whose dose a note on them, or on the whole routine, does not allow.

    ``often`` is how often the whole was given. Where a note on the routine does
    not allow that, it is every item: none of them can be done as often as it was given.
    """
    limits = limits_of(sheet.safety.notes)
    if not limits:
        return frozenset()
    if _is_outside(sheet, limits, str(sheet.key), often.amounts()):
        return frozenset(item.number for item in sheet.items)
    return frozenset(
        item.number
        for item in sheet.items
        if _is_outside(sheet, limits, str(item.exercise.key), item.dosage.ranges_in(often))
    )


def _is_outside(sheet: RoutineSheet, limits: tuple[NoteFacts, ...], key: str, doses: Mapping[str, Range]) -> bool:
    # Notes that concern the whole page concern everything done on it. Notes that leave nothing in common are no matter
    # here unless their figure was given.
    subjects = {key, str(sheet.key)}
    concerning = {note.key for note in sheet.safety.notes if any(each.subject_key in subjects for each in note.reasons)}
    given = tuple(limit for limit in limits if limit.dose_figure in doses)
    return any(dose_conflicts(PageFacts(given, (Dosed(sheet.key, "", frozenset(concerning), doses),))))
