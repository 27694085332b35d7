"""Dosage: how much of an exercise, as a value that refuses nonsense at birth.

Pure. Every number carries its unit in its name. A dosage counts exactly one measure: a hold (seconds, a number of
times), repetitions (a number of times, seconds each), or moving time (seconds).

Sources of the bounds: the American College of Sports Medicine (ACSM) on flexibility: hold 10–30 seconds, 30–60
seconds for older adults, 2–4 repetitions, most days of the week. These figures are suggestions for an author to
accept; none is ever filled in silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from exercises.choices import Measure, Side
from exercises.dosage_fields import Figure, Line, described, figure, line

#: A larger number is not repeated to whoever wrote it: it may have thousands of digits.
MOST_REPEATED = 10**9
#: What a repetition takes when nobody has said: suggested to the author, and used to count minutes.
SUGGESTED_SECONDS_PER_REPETITION = 4
#: The pause to change over from one side to the other.
CHANGE_SIDES_SECONDS = 8
#: How many times a day, and on how many days a week.
Frequency: TypeAlias = tuple[int | None, int | None]
#: Five minutes of a hold are prescribed where time is the stretch, three quarters of an hour of walking too.
_HOLD, _REPETITIONS, _MOVING = (1, 600), (1, 100), (10, 3600)


class DosageError(ValueError):
    """A dosage that cannot be followed. ``field`` names the number at fault; the message says what to write."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


@dataclass(frozen=True, kw_only=True)
class Dosage:
    """One exercise's regimen. A ``…_most`` field turns a measure into a range; time is counted on the lower bound.

    Frequency (sessions a day, days a week) may be left out: in a routine the routine's own frequency governs.
    Which side is worked is the routine item's business, so everything counted asks for it.

    Raises ``DosageError`` when a number is out of ``BOUNDS`` or the measures are not exactly one.
    """

    hold_seconds: int | None = figure(
        _HOLD,
        _("Seconds one repetition is held. Most adults 10–30; older adults 30–60 (ACSM)."),
        measures=(Measure.HOLD,),
        label_when_sharing=_("Hold (seconds)"),
    )
    hold_seconds_most: int | None = figure(
        _HOLD,
        _("Only for a range: the longest hold in seconds."),
        verbose_name=_("hold seconds, at most"),
        measures=(Measure.HOLD,),
        upper_end_of="hold_seconds",
    )
    repetitions: int | None = figure(
        _REPETITIONS,
        _("How many times. For stretches usually 2–4 (ACSM)."),
        measures=(Measure.HOLD, Measure.REPETITIONS),
        label_when_sharing=_("Repetitions"),
    )
    repetitions_most: int | None = figure(
        _REPETITIONS,
        _("Only for a range: the most repetitions."),
        verbose_name=_("repetitions, at most"),
        measures=(Measure.HOLD, Measure.REPETITIONS),
        upper_end_of="repetitions",
    )
    rest_between_seconds: int | None = figure(
        (1, 600),
        _("Seconds of rest after each hold, before the next one on the same side. Without it they follow at once."),
        verbose_name=_("rest between holds, seconds"),
        measures=(Measure.HOLD,),
    )
    seconds_per_repetition: int | None = figure(
        (1, 60),
        _("Seconds one repetition takes when nothing is held; 4 is usual."),
        measures=(Measure.REPETITIONS,),
    )
    moving_seconds: int | None = figure(
        _MOVING,
        _("Seconds of moving: 300 for five minutes of walking."),
        measures=(Measure.MOVING,),
        label_when_sharing=_("Moving time (seconds)"),
    )
    moving_seconds_most: int | None = figure(
        _MOVING,
        _("Only for a range: the most seconds of moving."),
        verbose_name=_("moving seconds, at most"),
        measures=(Measure.MOVING,),
        upper_end_of="moving_seconds",
    )
    sets: int = figure(
        (1, 10), _("How many groups of repetitions; usually 1."), default=1, label_when_sharing=_("Sets")
    )
    rest_seconds: int = figure((0, 600), _("Seconds of rest between sets."), default=0)
    intensity_cue: str = line(_("How it should feel, and its ceiling: “A mild pull, never pain.”"))
    sessions_per_day: int | None = figure(
        (1, 16), _("How often a day; hourly while awake is 16."), label_when_sharing=_("Times a day")
    )
    days_per_week: int | None = figure(
        (1, 7),
        _("On how many days a week; most stretches do best on most days."),
        label_when_sharing=_("Days a week"),
    )

    def __post_init__(self) -> None:
        for field in BOUNDS:
            self._check_bounds(field)
        for low, most in RANGES.items():
            self._check_range(low, most)
        self._check_one_measure()

    def _check_bounds(self, field: str) -> None:
        value = getattr(self, field)
        if value is None and field not in _ALWAYS_GIVEN:
            return
        least, most = FIGURES[field].least, FIGURES[field].most
        if isinstance(value, bool) or not isinstance(value, int):
            raise DosageError(field, f"write a whole number from {least} to {most}, without a unit.")
        if not least <= value <= most:
            outside = f"; {value} is outside it" if abs(value) <= MOST_REPEATED else ""
            raise DosageError(field, f"write a number from {least} to {most}{outside}.")

    def _check_range(self, low: str, most: str) -> None:
        if getattr(self, most) is None:
            return
        if getattr(self, low) is None:
            raise DosageError(most, f"give {low} too: a range needs its lower end.")
        self._check_bounds(most)
        if getattr(self, most) <= getattr(self, low):
            raise DosageError(most, f"write a number above {low}, or leave it empty.")

    def _check_one_measure(self) -> None:
        if self.hold_seconds is not None and self.moving_seconds is not None:
            raise DosageError("moving_seconds", "choose one measure: a hold or a moving time, not both.")
        if self.moving_seconds is not None and self.repetitions is not None:
            raise DosageError("repetitions", "choose one measure: moving time is not counted in repetitions.")
        if self.hold_seconds is not None and self.repetitions is None:
            raise DosageError("repetitions", "say how many times to hold; write 1 for once.")
        if self.hold_seconds is None and self.moving_seconds is None and self.repetitions is None:
            raise DosageError("hold_seconds", "give one measure: seconds to hold, repetitions, or seconds of moving.")
        if self.seconds_per_repetition is not None and self.measure is not Measure.REPETITIONS:
            raise DosageError("seconds_per_repetition", "leave empty: it belongs to repetitions without a hold.")
        self._check_rests()

    def _check_rests(self) -> None:
        if self.rest_between_seconds is not None:
            if self.measure is not Measure.HOLD:
                raise DosageError("rest_between_seconds", "leave empty: it belongs to holds.")
            if self.repetitions == 1 and self.repetitions_most is None:
                raise DosageError("rest_between_seconds", "leave empty: one hold has nothing to rest between.")
        if self.rest_seconds and self.sets == 1:
            between = "; a rest between holds is rest_between_seconds" if self.measure is Measure.HOLD else ""
            raise DosageError("rest_seconds", f"leave at 0: one set has nothing to rest between{between}.")

    @property
    def measure(self) -> Measure:
        """The one thing this dosage counts."""
        if self.hold_seconds is not None:
            return Measure.HOLD
        return Measure.MOVING if self.moving_seconds is not None else Measure.REPETITIONS

    def _one_side_of_a_set(self) -> int:
        if self.hold_seconds is not None:
            times = self.repetitions or 1
            return self.hold_seconds * times + (self.rest_between_seconds or 0) * (times - 1)
        if self.moving_seconds is not None:
            return self.moving_seconds
        return (self.repetitions or 1) * (self.seconds_per_repetition or SUGGESTED_SECONDS_PER_REPETITION)

    def seconds(self, side: Side = Side.EACH) -> int:
        """Seconds one session takes: all sets and sides, the rests between sets, the changes between sides."""
        change = CHANGE_SIDES_SECONDS * (side.times - 1)
        one_set = self._one_side_of_a_set() * side.times + change
        return one_set * self.sets + self.rest_seconds * (self.sets - 1)

    def ranges(self) -> dict[str, tuple[int, int]]:
        """Every figure that is given, from its least to its most."""
        given = {name: getattr(self, name) for name in BOUNDS if getattr(self, name) is not None}
        return {name: (least, getattr(self, RANGES.get(name, name)) or least) for name, least in given.items()}

    def without_frequency(self) -> Dosage:
        """The same wherever something else says how often: in a routine the routine does."""
        return replace(self, sessions_per_day=None, days_per_week=None) if self.frequency != (None, None) else self

    @property
    def frequency(self) -> Frequency:
        """How many times a day and on how many days a week, as far as that is known."""
        return (self.sessions_per_day, self.days_per_week)

    def but_for(self, whole: Frequency) -> Dosage:
        """The same with only as much of its frequency as is not the whole's: what is left is an exception."""
        sessions, days = (None if own == usual else own for own, usual in zip(self.frequency, whole, strict=True))
        if (sessions, days) == self.frequency:
            return self
        return replace(self, sessions_per_day=sessions, days_per_week=days)

    def overridden(self, overrides: Mapping[str, Any]) -> Dosage:
        """This dosage with a routine item's figures on top; a figure of ``None`` or an empty cue means "as it was".

        An override that brings another measure replaces the whole measure, so the two never mix.
        """
        given = {name: value for name, value in overrides.items() if value is not None and value != ""}
        if not given:
            return self
        values = {name: getattr(self, name) for name in FIELDS}
        if self._changes_measure(given):
            values.update(dict.fromkeys(MEASURE_FIELDS))
        for low, most in RANGES.items():
            if low in given:
                values[most] = None
        if given.get("sets") == 1:
            values["rest_seconds"] = 0
        if given.get("repetitions") == 1:
            values["rest_between_seconds"] = None
        return Dosage(**{**values, **given})

    def _changes_measure(self, given: Mapping[str, Any]) -> bool:
        if "hold_seconds" in given:
            return self.measure is not Measure.HOLD
        if "moving_seconds" in given:
            return self.measure is not Measure.MOVING
        return "repetitions" in given and self.measure is Measure.MOVING


#: Every field of a dosage with what it is, in order: whatever is made of all fields goes by this.
FIELDS = described(fields(Dosage))
#: Those that are figures.
FIGURES = {name: about for name, about in FIELDS.items() if isinstance(about, Figure)}
#: Those that are words.
LINES = {name: about for name, about in FIELDS.items() if isinstance(about, Line)}
#: The figure that makes a range of another, by that other.
RANGES = {about.upper_end_of: name for name, about in FIGURES.items() if about.upper_end_of}
#: Smallest and largest value that makes sense, by figure; the upper end of a range has its figure's.
BOUNDS = {name: (about.least, about.most) for name, about in FIGURES.items() if not about.upper_end_of}
#: The fields that belong to one measure or another, and to no dosage of any other.
MEASURE_FIELDS = tuple(name for name, about in FIELDS.items() if about.measures)
#: How often: in a routine the routine's own governs, and a link has it once for all its exercises.
FREQUENCY = ("sessions_per_day", "days_per_week")
#: Figures that may never be left empty: one set and no rest are said as 1 and 0.
_ALWAYS_GIVEN = frozenset(each.name for each in fields(Dosage) if each.name in FIGURES and each.default is not None)
