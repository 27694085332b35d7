"""Pacing: a dosage laid out in time, interval by interval, as a timer counts it.

Pure. What the guided player counts down, the calendar's length and the minutes on every page are the same figure: the
intervals of a dosage add up to :meth:`exercises.dosage.Dosage.seconds`, to the second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from exercises.choices import IntervalKind, Measure, Side
from exercises.dosage import CONTRACT_RELAX, Dosage
from exercises.dosage_bounds import CHANGE_SIDES_SECONDS
from exercises.dosage_words import tempo_in_words, times

#: Time to read what comes next and get into place, before every exercise. Where the position or the things change, the
#: player waits for its reader besides.
GET_READY_SECONDS = 10
#: Which side is worked first when each side has its turn.
ORDER_OF_SIDES = (Side.LEFT, Side.RIGHT)
#: The measures of which each repetition is counted down by itself.
_HAVE_AN_INTERVAL_EACH = (Measure.HOLD, Measure.CONTRACT_RELAX)


@dataclass(frozen=True, kw_only=True)
class Interval:
    """One thing to do for a number of seconds.

    ``repetition`` of ``repetitions`` counts holds, which have an interval each; other repetitions share one interval
    and ``count`` says how many, on both sides together where they are worked in turn. ``side`` is empty when both
    sides work together or nothing is worked. ``tempo`` says how fast a repetition is.
    """

    kind: IntervalKind
    seconds: int
    side: Side | None = None
    repetition: int = 1
    repetitions: int = 1
    count: int = 0
    set_number: int = 1
    sets: int = 1
    tempo: str = ""
    is_open: bool = False

    @property
    def words(self) -> str:
        """What to do now: "Hold, right side", "Rest", "Change to the left side"."""
        if self.kind is IntervalKind.CHANGE_SIDES:
            return _("Change to the left side") if self.side is Side.LEFT else _("Change to the right side")
        words = self._repetitions() if self.kind is IntervalKind.REPETITIONS else str(self.kind.label)
        if self.side is None:
            return ", ".join(filter(None, (words, self.tempo)))
        return ", ".join(filter(None, (words, self.side.label.lower(), self.tempo)))

    def _repetitions(self) -> str:
        count = self.count // self.side.times if self.side else self.count
        if self.is_open:
            return _("As often as is comfortable, up to %s") % times(count)
        if self.side is Side.IN_TURN:
            return _("Do it %d times with each side") % count
        return _("Do it once") if count == 1 else _("Do it %d times") % count

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
        if number < dosage.sets and (rest := dosage.between("rest_seconds")):
            laid_out.append(Interval(kind=IntervalKind.REST, seconds=rest))
    return tuple(laid_out)


def _one_set(dosage: Dosage, side: Side) -> list[Interval]:
    if side is Side.IN_TURN:
        return _in_turn(dosage)
    sides: tuple[Side | None, ...] = ORDER_OF_SIDES if side is Side.EACH else (None if side is Side.BOTH else side,)
    one_set: list[Interval] = []
    for worked in sides:
        if one_set:
            one_set.append(Interval(kind=IntervalKind.CHANGE_SIDES, seconds=CHANGE_SIDES_SECONDS, side=worked))
        one_set += _one_side(dosage, worked)
    return one_set


def _in_turn(dosage: Dosage) -> list[Interval]:
    """Left, right, left, right: what is held has an interval for each side, what is repeated has one for all."""
    if dosage.measure not in _HAVE_AN_INTERVAL_EACH:
        return _one_side(dosage, Side.IN_TURN)
    return _repeated(dosage, ORDER_OF_SIDES)


def _repeated(dosage: Dosage, sides: tuple[Side | None, ...]) -> list[Interval]:
    """Each repetition on each of these sides, one after the other, with the rest that stands between."""
    laid_out: list[Interval] = []
    for number in range(1, dosage.times + 1):
        for side in sides:
            if laid_out and (rest := dosage.between("rest_between_seconds")):
                laid_out.append(Interval(kind=IntervalKind.REST, seconds=rest))
            one = Interval(kind=IntervalKind.HOLD, seconds=0, side=side, repetition=number, repetitions=dosage.times)
            laid_out += [replace(one, kind=kind, seconds=seconds) for kind, seconds in _repetition(dosage)]
    return laid_out


def _repetition(dosage: Dosage) -> list[tuple[IntervalKind, int]]:
    if dosage.measure is Measure.HOLD:
        return [(IntervalKind.HOLD, dosage.hold_seconds or 0)]
    kinds = (IntervalKind.CONTRACT, IntervalKind.RELAX, IntervalKind.STRETCH)
    return [(kind, getattr(dosage, name)) for kind, name in zip(kinds, CONTRACT_RELAX, strict=True)]


def _one_side(dosage: Dosage, side: Side | None) -> list[Interval]:
    if dosage.measure in _HAVE_AN_INTERVAL_EACH:
        return _repeated(dosage, (side,))
    if dosage.measure is Measure.MOVING:
        return [Interval(kind=IntervalKind.MOVING, seconds=dosage.moving_seconds or 0, side=side)]
    count = dosage.times * (side.times if side else 1)
    return [
        Interval(
            kind=IntervalKind.REPETITIONS,
            seconds=count * dosage.each_seconds,
            side=side,
            count=count,
            tempo=tempo_in_words(dosage),
            is_open=dosage.repetitions_up_to is not None,
        )
    ]
