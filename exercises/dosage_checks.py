"""What makes a dosage one that can be followed: bounds, ranges, one measure, one way of saying how often.

Pure. Each rule takes the fields of a dosage by name and raises ``DosageError`` with the field at fault and what to
write there instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from exercises.choices import Measure
from exercises.dosage_fields import About, Choice, DosageError, Figure, Switch, is_said

#: A larger number is not repeated to whoever wrote it: it may have thousands of digits.
MOST_REPEATED = 10**9
Values = Mapping[str, Any]

#: The measures by the fields that only they have, in the order in which they are asked after.
TOLD_BY = {
    Measure.HOLD: ("hold_seconds",),
    Measure.MOVING: ("moving_seconds",),
    Measure.CONTRACT_RELAX: ("contract_seconds", "relax_seconds", "stretch_seconds"),
    Measure.REPETITIONS: ("repetitions", "repetitions_up_to"),
}
_NAMED = {
    Measure.HOLD: "holds",
    Measure.REPETITIONS: "repetitions without a hold",
    Measure.MOVING: "moving time",
    Measure.CONTRACT_RELAX: "tensing and letting go",
}
_TEMPO = ("tempo_out_seconds", "tempo_hold_seconds", "tempo_back_seconds")
_AS_NEEDED = "leave empty: it is done as needed; the most a day is {most}."


#: Figures that were found sound, each with its kind: True is no 1. Every page makes its dosages anew, of the same few.
_sound: set[tuple[Any, ...]] = set()
MOST_REMEMBERED = 2_000


def once(check: Callable[[dict[str, Any]], None], values: dict[str, Any]) -> None:
    """Check the fields of a dosage, unless the same were found sound before; what is not is refused each time."""
    known_by = (*values.values(), *map(type, values.values()))
    try:
        if known_by in _sound:
            return
    except TypeError:  # a list for a figure: not to be remembered, and refused below
        check(values)
        return
    check(values)
    if len(_sound) >= MOST_REMEMBERED:
        _sound.clear()
    _sound.add(known_by)


def check_fields(values: Values, fields: Mapping[str, About], always: frozenset[str] = frozenset()) -> None:
    """Every field is of its kind and within its bounds, and every range goes upwards. ``always`` may not be empty."""
    for name, about in fields.items():
        if isinstance(about, Figure) and (values[name] is not None or name in always):
            _check_figure(name, values[name], about)
        elif isinstance(about, Switch) and not isinstance(values[name], bool):
            raise DosageError(name, "write true, or leave it out.")
        elif isinstance(about, Choice) and values[name] not in ("", *about.vocabulary.values):
            raise _none_of_its_words(name, about.vocabulary.values, fields)
    for name, about in fields.items():
        if isinstance(about, Figure) and about.upper_end_of:
            _check_range(values, about.upper_end_of, name)


def _none_of_its_words(name: str, words: Iterable[str], fields: Mapping[str, About]) -> DosageError:
    """What may be written; where those are fields themselves, each by its name."""
    of_fields = {word: word for word in words if word in fields}
    allowed = ", ".join(f"{{{word}}}" if word in of_fields else word for word in words)
    return DosageError(name, f"write one of {allowed}.", **of_fields)


def _check_figure(name: str, value: Any, about: Figure) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise DosageError(name, f"write a whole number from {about.least} to {about.most}, without a unit.")
    if not about.least <= value <= about.most:
        outside = f"; {value} is outside it" if abs(value) <= MOST_REPEATED else ""
        raise DosageError(name, f"write a number from {about.least} to {about.most}{outside}.")


def _check_range(values: Values, low: str, most: str) -> None:
    if values[most] is None:
        return
    if values[low] is None:
        raise DosageError(most, "give {low} too: a range needs its lower end.", low=low)
    if values[most] <= values[low]:
        raise DosageError(most, "write a number above {low}, or leave it empty.", low=low)


def check_how_often(values: Values) -> None:
    """How often is said in one way only."""
    if values["as_needed"]:
        for name in ("sessions_per_day", "days_per_week", "every_days"):
            if values[name] is not None:
                raise DosageError(name, _AS_NEEDED, most="as_needed_most")
    elif values["as_needed_most"] is not None:
        told = "say {needed} too, or leave it empty: it is the most a day as needed."
        raise DosageError("as_needed_most", told, needed="as_needed")
    if values["every_days"] is not None and values["days_per_week"] is not None:
        told = "say either {every} or {days}, not both."
        raise DosageError("every_days", told, every="every_days", days="days_per_week")


def measure_of(values: Values) -> Measure:
    """The one thing that is counted, by the fields that tell it."""
    told = [measure for measure, names in TOLD_BY.items() if any(values[name] is not None for name in names)]
    return told[0] if told else Measure.REPETITIONS


def check_measure(values: Values, fields: Mapping[str, About]) -> None:
    """There is exactly one measure, it is whole, and nothing is said that belongs to another."""
    _check_one_measure(values)
    measure = measure_of(values)
    for name, about in fields.items():
        if about.measures and measure not in about.measures and is_said(values[name]):
            belongs = " or ".join(_NAMED[each] for each in about.measures)
            raise DosageError(name, f"leave empty: it belongs to {belongs}.")
    _check_whole(values, measure)


def _check_one_measure(values: Values) -> None:
    hold, moving = values["hold_seconds"], values["moving_seconds"]
    has_stretch = any(values[name] is not None for name in TOLD_BY[Measure.CONTRACT_RELAX])
    if hold is not None and moving is not None:
        raise DosageError("moving_seconds", "choose one measure: a hold or a moving time, not both.")
    if has_stretch and hold is not None:
        told = "leave empty: how long to stretch after letting go is {stretch}."
        raise DosageError("hold_seconds", told, stretch="stretch_seconds")
    if has_stretch and moving is not None:
        raise DosageError("moving_seconds", "choose one measure: tensing and letting go or a moving time, not both.")
    if moving is not None and values["repetitions"] is not None:
        raise DosageError("repetitions", "choose one measure: moving time is not counted in repetitions.")
    if not any(values[name] is not None for names in TOLD_BY.values() for name in names):
        raise DosageError("hold_seconds", "give one measure: seconds to hold, repetitions, or seconds of moving.")


def _check_whole(values: Values, measure: Measure) -> None:
    if measure is Measure.CONTRACT_RELAX:
        for name in TOLD_BY[measure]:
            if values[name] is None:
                raise DosageError(name, "say how many seconds: tense, let go and stretch belong together.")
    if measure is Measure.CONTRACT_RELAX and values["repetitions"] is None:
        raise DosageError("repetitions", "say how many times; write 1 for once.")
    if measure is Measure.HOLD and values["repetitions"] is None:
        raise DosageError("repetitions", "say how many times to hold; write 1 for once.")
    if values["repetitions"] is not None and values["repetitions_up_to"] is not None:
        told = "leave empty, or leave {repetitions} empty: it is said in one way."
        raise DosageError("repetitions_up_to", told, repetitions="repetitions")


def check_tempo(values: Values) -> None:
    """A tempo has a way out and a way back, and takes as long as a repetition does."""
    out, hold, back = (values[name] for name in _TEMPO)
    if out is None and hold is None and back is None:
        return
    for name in ("tempo_out_seconds", "tempo_back_seconds"):
        if values[name] is None:
            raise DosageError(name, "say how many seconds: a tempo has a way out and a way back.")
    each, total = values["seconds_per_repetition"], out + (hold or 0) + back
    if each is not None and each != total:
        raise DosageError("seconds_per_repetition", f"write {total}, as the tempo adds up, or leave it empty.")


def check_rests(values: Values) -> None:
    """A rest stands between two of something."""
    measure = measure_of(values)
    if values["rest_between_seconds"] is not None and _is_one(values, "repetitions"):
        raise DosageError("rest_between_seconds", "leave empty: one hold has nothing to rest between.")
    if values["rest_seconds"] and _is_one(values, "sets"):
        if measure is not Measure.HOLD:
            raise DosageError("rest_seconds", "leave at 0: one set has nothing to rest between.")
        told = "leave at 0: one set has nothing to rest between; a rest between holds is {between}."
        raise DosageError("rest_seconds", told, between="rest_between_seconds")
    if values["rest_seconds_most"] is not None and not values["rest_seconds"]:
        raise DosageError("rest_seconds_most", "give {low} too: a range needs its lower end.", low="rest_seconds")


def _is_one(values: Values, counted: str) -> bool:
    return bool(values[counted] == 1 and values[f"{counted}_most"] is None and values["steps_up"] != counted)


def check_load(values: Values) -> None:
    """It is done with a band or with a weight."""
    if values["band"] and values["load_grams"] is not None:
        told = "leave empty, or leave {band} empty: it is done with a band or with a weight."
        raise DosageError("load_grams", told, band="band")
