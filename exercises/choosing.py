"""How much of a range its reader may choose: the least, something in between, or the most.

Pure. A range is asked once for each exercise; whoever chooses nothing does the least.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.dosage import FIELDS, RANGES, Dosage
from exercises.dosage_words import clock, times
from exercises.overriding import without_idle_rests

#: The figures that a timer counts by, in the order in which they are said.
_TIMED = ("hold_seconds", "moving_seconds", "repetitions", "sets", "rest_between_seconds", "rest_seconds")
#: How many steps it is from the least to the most.
_STEPS = 2


@dataclass(frozen=True)
class Amount:
    """One amount within a dosage's ranges, and the ranged figures in words: "20 seconds, 3 sets"."""

    words: str
    dosage: Dosage


def amounts(dosage: Dosage) -> tuple[Amount, ...]:
    """What may be chosen, the least first; nothing where there is nothing to choose."""
    ranged = [low for low in _TIMED if getattr(dosage, RANGES[low]) is not None]
    found = [_at(dosage, ranged, step) for step in range(_STEPS + 1)] if ranged else []
    return tuple(Amount(_in_words(each, ranged), each) for each in dict.fromkeys(found))


def _at(dosage: Dosage, ranged: list[str], step: int) -> Dosage:
    values = {name: getattr(dosage, name) for name in FIELDS}
    for low in ranged:
        least, most = values[low], values[RANGES[low]]
        values.update({low: least + (most - least) * step // _STEPS, RANGES[low]: None})
    counted: dict[str, int] = {name: values[name] for name in ("repetitions", "sets") if name in ranged}
    return Dosage(**without_idle_rests(values, counted))


def _in_words(dosage: Dosage, ranged: list[str]) -> str:
    said = {low: getattr(dosage, low) or 0 for low in ranged}
    return ", ".join(_said(low, figure) for low, figure in said.items() if figure)


def _said(low: str, figure: int) -> str:
    if low == "repetitions":
        return times(figure)
    if low == "sets":
        return ngettext("%d set", "%d sets", figure) % figure
    return _("rest %s") % clock(figure) if low.startswith("rest") else clock(figure)
