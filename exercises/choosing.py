"""How much of a range its reader may choose: the least, something in between, or the most.

Pure. A range is asked once for each exercise; whoever chooses nothing does the least.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.choices import Side
from exercises.dosage import FIELDS, RANGES, Dosage, empty_fields
from exercises.dosage_words import clock, times
from exercises.overriding import without_idle_rests
from exercises.step_up import STEP_UP

#: The figures that a timer counts by, in the order in which they are said.
_TIMED = ("hold_seconds", "moving_seconds", "repetitions", "sets", "rest_between_seconds", "rest_seconds")
#: How many steps it is from the least to the most.
_STEPS = 2


@dataclass(frozen=True)
class Amount:
    """One amount within a dosage's ranges, and the ranged figures in words: "20 seconds, 3 sets"."""

    words: str
    dosage: Dosage


class _OneEach(Dosage):
    """One hold on each side in turn: it has a rest, between left and right, that one hold alone has no place for."""

    def __post_init__(self) -> None:
        """What it is within was checked as a whole."""


def amounts(dosage: Dosage, side: Side = Side.BOTH) -> tuple[Amount, ...]:
    """What may be chosen, the least first; nothing where there is nothing to choose."""
    ranged = [low for low in _TIMED if getattr(dosage, RANGES[low]) is not None]
    found = [_at(dosage, ranged, step, side) for step in range(_STEPS + 1)] if ranged else []
    return tuple(Amount(_in_words(each, ranged), each) for each in dict.fromkeys(found))


def _at(dosage: Dosage, ranged: list[str], step: int, side: Side) -> Dosage:
    # How it steps up is asked beside, and a figure that does so has no range.
    values = {name: getattr(dosage, name) for name in FIELDS} | empty_fields(STEP_UP)
    for low in ranged:
        least, most = values[low], values[RANGES[low]]
        values.update({low: least + (most - least) * step // _STEPS, RANGES[low]: None})
    changed = {*ranged, dosage.steps_up}
    counted: dict[str, int] = {name: values[name] for name in ("repetitions", "sets") if name in changed}
    if side is Side.IN_TURN and counted.pop("repetitions", None) == 1:
        return _OneEach(**without_idle_rests(values, counted))
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
