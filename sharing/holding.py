"""Which exercises of a programme the rules of conflicts let stand (E3.9 a to e), on the day it is asked.

Pure. A programme is judged while it is put together and again whenever its link is opened. Nobody overrides a rule in
it: an exercise that a rule is about is not given, and one that was given is to be asked about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from clinical.safety.conflicts import Conflict, PageFacts, conflicts_of
from clinical.words.choices import ConflictRule
from routines.choices import Phase
from routines.sheet import RoutineSheet

Keys = frozenset[UUID]


def not_holding(sheet: RoutineSheet, facts: PageFacts) -> Keys:
    """The exercises of the sheet that cannot be done as they were given, by their keys.

    Without them another exercise may come first, which is asked in a second look. No third is needed: by then every
    exercise that needs a warm-up is out, and all other rules only grow milder with what is taken out.
    """
    out: Keys = frozenset()
    for _look in range(2):
        left = _without(sheet, facts, out)
        out |= frozenset(key for conflict in conflicts_of(left) for key in concerned(conflict, sheet))
    return out


def concerned(conflict: Conflict, sheet: RoutineSheet) -> Keys:
    """The exercises a conflict is about; all of them where it is about none in particular."""
    everything = frozenset(item.exercise.key for item in sheet.items)
    if conflict.other in everything:
        return frozenset([conflict.other])
    if conflict.rule is ConflictRule.NO_RED_FLAG or conflict.other == sheet.key:
        return everything
    return frozenset(_bringing({conflict.note, conflict.other}, sheet)) & everything or everything


def asks_for_warm_up(conflict: Conflict) -> bool:
    """Whether what is the matter is that nothing warms up first."""
    return conflict.rule is ConflictRule.PREPARATION and conflict.other is None


def _bringing(notes: set[UUID | None], sheet: RoutineSheet) -> Iterable[UUID]:
    """What brought these notes along."""
    return (UUID(reason.subject_key) for note in sheet.safety.notes if note.key in notes for reason in note.reasons)


def _without(sheet: RoutineSheet, facts: PageFacts, out: Keys) -> PageFacts:
    """The facts of the same programme without some exercises: without the notes that only they bring."""
    if not out:
        return facts
    items = [item for item in sheet.items if item.exercise.key not in out]
    gone = {str(key) for key in out}
    left = {note.key for note in sheet.safety.notes if any(each.subject_key not in gone for each in note.reasons)}
    return replace(
        facts,
        notes=tuple(note for note in facts.notes if note.key in left),
        dosed=tuple(dosed for dosed in facts.dosed if dosed.key not in out) if items else (),
        bare=facts.bare if items else (),
        warms_up_first=bool(items) and items[0].phase == Phase.WARM_UP,
    )
