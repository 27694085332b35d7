"""What the notes in force allow of what is given to one patient (E3.9 c)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clinical.conflicts.open_conflicts import page_facts
from clinical.safety.conflicts import Dosed, dose_conflicts
from routines.models.routines import RoutinePage
from sharing.models.items import SharedItemMixin


def dose_refusals(routine: RoutinePage, given: Iterable[SharedItemMixin], often: Mapping[str, int]) -> list[str]:
    """Which figures are outside what notes allow, each with what to choose from; nothing when all are within."""
    dosed = [Dosed(row.exercise.content_key, row.exercise.title, doses=row.dosage().ranges()) for row in given]
    frequency = {name: (each, each) for name, each in often.items()}
    whole = Dosed(routine.content_key, routine.title, doses=frequency, is_exercise=False)
    return [conflict.words for conflict in dose_conflicts(page_facts(routine, [*dosed, whole]))]
