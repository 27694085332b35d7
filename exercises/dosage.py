"""Dosage: how much of an exercise, as a value that refuses nonsense at birth.

Pure. Every number carries its unit in its name. A dosage counts exactly one measure: a hold (seconds, a number of
times), repetitions (a number of times, seconds each), or moving time (seconds).

Sources of the bounds: the American College of Sports Medicine (ACSM) on flexibility: hold 10–30 seconds, 30–60
seconds for older adults, 2–4 repetitions, most days of the week. These figures are suggestions for an author to
accept; none is ever filled in silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from exercises.choices import Measure, Side

#: Smallest and largest value that makes sense, by field.
BOUNDS: dict[str, tuple[int, int]] = {
    "hold_seconds": (1, 120),
    "repetitions": (1, 100),
    "seconds_per_repetition": (1, 60),
    "moving_seconds": (10, 1800),
    "sets": (1, 10),
    "rest_seconds": (0, 600),
    "sessions_per_day": (1, 12),
    "days_per_week": (1, 7),
}
#: A larger number is not repeated to whoever wrote it: it may have thousands of digits.
MOST_REPEATED = 10**9
#: A hold longer than this is allowed, and questioned.
LONG_HOLD_SECONDS = 60
#: What a repetition takes when nobody has said: suggested to the author, and used to count minutes.
SUGGESTED_SECONDS_PER_REPETITION = 4
#: The pause to change over from one side to the other.
CHANGE_SIDES_SECONDS = 8
#: ACSM's flexibility figures, as the author is offered them.
ACSM_SUGGESTIONS: dict[str, dict[str, int]] = {
    "most adults": {"hold_seconds": 10, "hold_seconds_most": 30, "repetitions": 2, "repetitions_most": 4},
    "older adults": {"hold_seconds": 30, "hold_seconds_most": 60, "repetitions": 2, "repetitions_most": 4},
}

#: Fields that may never be left empty: one set and no rest are said as 1 and 0.
_ALWAYS_GIVEN = frozenset({"sets", "rest_seconds"})
_RANGES = {
    "hold_seconds": "hold_seconds_most",
    "repetitions": "repetitions_most",
    "moving_seconds": "moving_seconds_most",
}
_MEASURE_FIELDS = (
    "hold_seconds",
    "hold_seconds_most",
    "repetitions",
    "repetitions_most",
    "seconds_per_repetition",
    "moving_seconds",
    "moving_seconds_most",
)


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

    hold_seconds: int | None = None
    hold_seconds_most: int | None = None
    repetitions: int | None = None
    repetitions_most: int | None = None
    seconds_per_repetition: int | None = None
    moving_seconds: int | None = None
    moving_seconds_most: int | None = None
    sets: int = 1
    rest_seconds: int = 0
    intensity_cue: str = ""
    sessions_per_day: int | None = None
    days_per_week: int | None = None

    def __post_init__(self) -> None:
        for field in BOUNDS:
            self._check_bounds(field, field)
        for low, most in _RANGES.items():
            self._check_range(low, most)
        self._check_one_measure()

    def _check_bounds(self, field: str, bounds_of: str) -> None:
        value = getattr(self, field)
        if value is None and field not in _ALWAYS_GIVEN:
            return
        least, most = BOUNDS[bounds_of]
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
        self._check_bounds(most, low)
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
        if self.rest_seconds and self.sets == 1:
            raise DosageError("rest_seconds", "leave at 0: one set has nothing to rest between.")

    @property
    def measure(self) -> Measure:
        """The one thing this dosage counts."""
        if self.hold_seconds is not None:
            return Measure.HOLD
        return Measure.MOVING if self.moving_seconds is not None else Measure.REPETITIONS

    def _one_side_of_a_set(self) -> int:
        if self.hold_seconds is not None:
            return self.hold_seconds * (self.repetitions or 1)
        if self.moving_seconds is not None:
            return self.moving_seconds
        return (self.repetitions or 1) * (self.seconds_per_repetition or SUGGESTED_SECONDS_PER_REPETITION)

    def seconds(self, side: Side = Side.EACH) -> int:
        """Seconds one session takes: all sets and sides, the rests between sets, the changes between sides."""
        change = CHANGE_SIDES_SECONDS * (side.times - 1)
        one_set = self._one_side_of_a_set() * side.times + change
        return one_set * self.sets + self.rest_seconds * (self.sets - 1)

    def seconds_under_stretch(self, side: Side = Side.EACH) -> int:
        """The dose: hold × repetitions × sets × sides. 0 when nothing is held."""
        if self.hold_seconds is None:
            return 0
        return self.hold_seconds * (self.repetitions or 1) * self.sets * side.times

    def ranges(self) -> dict[str, tuple[int, int]]:
        """Every figure that is given, from its least to its most."""
        given = {name: getattr(self, name) for name in BOUNDS if getattr(self, name) is not None}
        return {name: (least, getattr(self, _RANGES.get(name, name)) or least) for name, least in given.items()}

    def questions(self) -> tuple[str, ...]:
        """What an author should look at twice. Allowed, never corrected."""
        longest = max(self.hold_seconds or 0, self.hold_seconds_most or 0)
        if longest > LONG_HOLD_SECONDS:
            return (f"A hold of {longest} seconds is unusually long; most people hold 10 to 30 seconds.",)
        return ()

    def overridden(self, overrides: Mapping[str, Any]) -> Dosage:
        """This dosage with a routine item's figures on top; a figure of ``None`` or an empty cue means "as it was".

        An override that brings another measure replaces the whole measure, so the two never mix.
        """
        given = {name: value for name, value in overrides.items() if value is not None and value != ""}
        if not given:
            return self
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        if self._changes_measure(given):
            values.update(dict.fromkeys(_MEASURE_FIELDS))
        for low, most in _RANGES.items():
            if low in given:
                values[most] = None
        if given.get("sets") == 1:
            values["rest_seconds"] = 0
        return Dosage(**{**values, **given})

    def _changes_measure(self, given: Mapping[str, Any]) -> bool:
        if "hold_seconds" in given:
            return self.measure is not Measure.HOLD
        if "moving_seconds" in given:
            return self.measure is not Measure.MOVING
        return "repetitions" in given and self.measure is Measure.MOVING
