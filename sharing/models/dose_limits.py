"""What the notes in force allow of what is given to one patient (E3.9 c)."""

from __future__ import annotations

from collections.abc import Iterable

from clinical.safety.conflicts import dose_conflicts
from exercises.frequency import Frequency
from routines.dosed import routine_facts
from routines.models.routines import RoutinePage
from routines.session_length import too_long
from sharing.models.items import SharedItemMixin


def dose_refusals(routine: RoutinePage, given: Iterable[SharedItemMixin], often: Frequency) -> list[str]:
    """Which figures are outside what notes allow, each with what to choose from; or that all takes far too long."""
    given = list(given)
    outside = [conflict.words for conflict in dose_conflicts(routine_facts(routine, given, often))]
    return outside or too_long(given)
