"""Pacing: a dosage laid out in time, interval by interval, as a timer counts it.

Pure. What the guided player counts down, the calendar's length and the minutes on every page are the same figure: the
intervals of a dosage add up to :meth:`exercises.dosage.Dosage.seconds`, to the second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.choices import IntervalKind, Measure, Side
from exercises.dosage import CHANGE_SIDES_SECONDS, SUGGESTED_SECONDS_PER_REPETITION, Dosage

#: Time to read what comes next and get into place, before every exercise. Where the position or the things change, the
#: player waits for its reader besides.
GET_READY_SECONDS = 10
#: Which side is worked first when each side has its turn.
ORDER_OF_SIDES = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, kw_only=True)
class Interval:
    """One thing to do for a number of seconds.

    ``repetition`` of ``repetitions`` counts holds, which have an interval each; other repetitions share one interval
    and ``count`` says how many. ``side`` is empty when both sides work together or nothing is worked.
    """

    kind: IntervalKind
    seconds: int
    side: Side | None = None
    repetition: int = 1
    repetitions: int = 1
    count: int = 0
    set_number: int = 1
    sets: int = 1

    @property
    def words(self) -> str:
        """What to do now: "Hold, right side", "Rest", "Change to the left side"."""
        if self.kind is IntervalKind.CHANGE_SIDES:
            return _("Change to the left side") if self.side is Side.LEFT else _("Change to the right side")
        if self.kind is IntervalKind.REPETITIONS:
            words = ngettext("Do it once", "Do it %d times", self.count)
            words = words % self.count if self.count != 1 else words
        else:
            words = str(self.kind.label)
        return f"{words}, {self.side.label.lower()}" if self.side else words

    @property
    def place_words(self) -> str:
        """Where this stands in the exercise: "Repeat 1 of 2, set 2 of 3"; empty when there is only one."""
        place = []
        if self.repetitions > 1:
            place.append(_("Repeat %(this)d of %(all)d") % {"this": self.repetition, "all": self.repetitions})
        if self.sets > 1:
            words = _("set %(this)d of %(all)d") if place else _("Set %(this)d of %(all)d")
            place.append(words % {"this": self.set_number, "all": self.sets})
        return ", ".join(place)


def intervals(dosage: Dosage, side: Side) -> tuple[Interval, ...]:
    """A dosage as it is followed on this side: every set, every side, the changes and the rests between.

    Their seconds add up to ``dosage.seconds(side)``.
    """
    laid_out: list[Interval] = []
    for number in range(1, dosage.sets + 1):
        laid_out += [replace(interval, set_number=number, sets=dosage.sets) for interval in _one_set(dosage, side)]
        if number < dosage.sets and dosage.rest_seconds:
            laid_out.append(Interval(kind=IntervalKind.REST, seconds=dosage.rest_seconds))
    return tuple(laid_out)


def _one_set(dosage: Dosage, side: Side) -> list[Interval]:
    sides: tuple[Side | None, ...] = ORDER_OF_SIDES if side is Side.EACH else (None if side is Side.BOTH else side,)
    one_set: list[Interval] = []
    for worked in sides:
        if one_set:
            one_set.append(Interval(kind=IntervalKind.CHANGE_SIDES, seconds=CHANGE_SIDES_SECONDS, side=worked))
        one_set += _one_side(dosage, worked)
    return one_set


def _holds(dosage: Dosage, side: Side | None, times: int) -> list[Interval]:
    held = Interval(kind=IntervalKind.HOLD, seconds=dosage.hold_seconds or 0, side=side, repetitions=times)
    laid_out: list[Interval] = []
    for number in range(1, times + 1):
        if laid_out and dosage.rest_between_seconds:
            laid_out.append(Interval(kind=IntervalKind.REST, seconds=dosage.rest_between_seconds))
        laid_out.append(replace(held, repetition=number))
    return laid_out


def _one_side(dosage: Dosage, side: Side | None) -> list[Interval]:
    times = dosage.repetitions or 1
    if dosage.measure is Measure.HOLD:
        return _holds(dosage, side, times)
    if dosage.measure is Measure.MOVING:
        return [Interval(kind=IntervalKind.MOVING, seconds=dosage.moving_seconds or 0, side=side)]
    each = dosage.seconds_per_repetition or SUGGESTED_SECONDS_PER_REPETITION
    return [Interval(kind=IntervalKind.REPETITIONS, seconds=times * each, side=side, count=times)]
