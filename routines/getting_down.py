"""How often a routine has its reader get down to the floor and up again: for many the hardest part of it.

Pure. Whoever writes a routine is told, since the order of its exercises decides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.choices import OFF_THE_FLOOR


def is_on_the_floor(positions: Iterable[str]) -> bool:
    """Whether an exercise that may be done in these positions needs the floor: not where one of them is off it."""
    return not OFF_THE_FLOOR.intersection(positions)


def times_down(on_the_floor: Sequence[bool]) -> int:
    """How often the reader goes down, and so up, through exercises in this order; begun and ended off the floor."""
    before = [False, *on_the_floor]
    return sum(now and not then for then, now in zip(before, on_the_floor, strict=False))


def words(on_the_floor: Sequence[bool]) -> str:
    """The same for whoever writes the routine, with what would make it fewer."""
    if not on_the_floor:
        return _("Once exercises are saved, this says how often the body has to get down to the floor.")
    times = times_down(on_the_floor)
    if not times:
        return _("Nobody has to get down to the floor.")
    said = ngettext(
        "The body has to get down to the floor and up again %d time.",
        "The body has to get down to the floor and up again %d times.",
        times,
    )
    more = _("Put the exercises on the floor one after the other, and it is once.") if times > 1 else ""
    return " ".join(filter(None, (said % times, more)))
