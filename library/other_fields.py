"""What to write instead of fields and figures that many people write and that this format says in another way.

A refusal names the field of the format, with the value turned into its unit where that can be done without guessing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")
_TEMPO = re.compile(r"([0-9]{1,2})[-/ ]([0-9]{1,2})[-/ ]([0-9]{1,2})")
_WITH_UNIT = re.compile(r"([0-9]{1,4}) ?(s|sec|secs|second|seconds|x|times|reps?)\b\.?", re.IGNORECASE)
_IN_MINUTES = re.compile(r"([0-9]{1,3}) ?(?:m|min|mins|minutes?)\.?", re.IGNORECASE)
_MAXIMUM = re.compile(r"([0-9]{1,3}) ?RM", re.IGNORECASE)
_SPAN = re.compile(r"([0-9]{1,4}) ?(?:-|–|to) ?([0-9]{1,4})")

_NEEDS_WEIGHT = "and dumbbell or water_bottle among the equipment"
_NO_MAXIMUM = "how heavy is said as effort, from 0 to 10, or as load_grams"


def instead_of_field(name: str, value: Any) -> str:
    """What to write instead of a field that is not one of the format; empty where nothing better is known."""
    found = _FIELDS.get(name, "")
    return found if isinstance(found, str) else found(value)


def instead_of_value(name: str, value: Any) -> str:
    """What to write instead of a value that is none of the field's; empty where nothing better is known."""
    if not isinstance(value, str):
        return ""
    words = value.strip()
    if name in _VALUES and words in _VALUES[name]:
        return _VALUES[name][words]
    if name == "repetitions" and not any(letter.isdigit() for letter in words):
        return "leave it out, and write repetitions_up_to with the most that make sense, such as 15"
    for pattern, said in _FIGURES:
        if found := pattern.fullmatch(words):
            return said(name, found)
    return ""


def _with_unit(name: str, found: re.Match[str]) -> str:
    return f"write {int(found[1])}, without a unit: {_unit_of(name)}"


def _in_minutes(name: str, found: re.Match[str]) -> str:
    return f"write {int(found[1]) * 60}, without a unit: {_unit_of(name)}"


def _unit_of(name: str) -> str:
    return "the field's name says that it is seconds" if name.endswith("seconds") else "it counts how many"


def _maximum(_name: str, found: re.Match[str]) -> str:
    return f"write {int(found[1])}; {_NO_MAXIMUM}"


def _span(name: str, found: re.Match[str]) -> str:
    return f"write {name}: {int(found[1])} and {name}_most: {int(found[2])}"


#: A figure that was written with more than a number, and what it becomes.
_FIGURES: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], str]], ...] = (
    (_WITH_UNIT, _with_unit),
    (_IN_MINUTES, _in_minutes),
    (_MAXIMUM, _maximum),
    (_SPAN, _span),
)


def _number(value: Any) -> float | None:
    words = str(value).strip()
    return float(words) if _NUMBER.fullmatch(words) else None


def _times(field: str, factor: float, more: str = "") -> Callable[[Any], str]:
    """The same figure in the unit of a field."""

    def said(value: Any) -> str:
        number = _number(value)
        figure = "" if number is None else f": {round(number * factor)}"
        return f"write {field}{figure}{more}"

    return said


def _tempo(value: Any) -> str:
    found = _TEMPO.fullmatch(str(value).strip())
    if not found:
        return "write tempo_out_seconds, tempo_hold_seconds and tempo_back_seconds"
    out, hold, back = map(int, found.groups())
    held = f", tempo_hold_seconds: {hold}" if hold else ""
    return f"write tempo_out_seconds: {out}{held}, tempo_back_seconds: {back}"


def _progress(value: Any) -> str:
    """Many write a rule of how a dose goes up as fields of their own below one name."""
    said = value if isinstance(value, dict) else {}
    figures = [
        ("steps_up_by", "add", "by"),
        ("steps_up_every_days", "every_days", "days"),
        ("steps_up_to", "up_to", "to"),
    ]
    found = {
        ours: next((said[name] for name in names if _number(said.get(name)) is not None), None)
        for ours, *names in figures
    }
    rest = ", ".join(f"{name}: {int(_number(each) or 0)}" for name, each in found.items() if each is not None)
    return f"write steps_up: repetitions (or another figure), {rest or 'steps_up_by and steps_up_to'}"


def _borg(value: Any) -> str:
    number = _number(value)
    if number is not None and number < LEAST_OF_THE_OLD_SCALE:
        return f"write effort: {round(number)}, from 0 to 10"
    return "write effort, from 0 to 10; a figure on the scale from 6 to 20 is another"


#: Borg's first scale of effort goes from 6 to 20, so a smaller figure can only be one from 0 to 10.
LEAST_OF_THE_OLD_SCALE = 6
_IN_THE_DOSAGE = "write it under dosage"
_PAIN = "write pain: {most: 3} beside dosage, not in it"
_SECONDS_OF_A_STEP = "leave it out: how long is said by dosage, for the timer too"

_FIELDS: Mapping[str, str | Callable[[Any], str]] = {
    "rpe": _borg,
    "borg": _borg,
    "effort_percent": _times("effort", 0.1, ", from 0 to 10"),
    "intensity_percent": _times("effort", 0.1, ", from 0 to 10"),
    "rm_percent": f"leave it out: {_NO_MAXIMUM}",
    "percent_1rm": f"leave it out: {_NO_MAXIMUM}",
    "load_kg": _times("load_grams", 1000, f", {_NEEDS_WEIGHT}"),
    "weight_kg": _times("load_grams", 1000, f", {_NEEDS_WEIGHT}"),
    "weight": f"write load_grams, {_NEEDS_WEIGHT}",
    "load": f"write band, or load_grams, {_NEEDS_WEIGHT}",
    "resistance": "write band: red, and band among the equipment; or load_grams for a weight",
    "band_colour": "write band: red, and band among the equipment",
    "tempo": _tempo,
    "hold": "write hold_seconds",
    "hold_minutes": _times("hold_seconds", 60),
    "moving_minutes": _times("moving_seconds", 60),
    "minutes": _times("moving_seconds", 60),
    "reps": "write repetitions",
    "times": "write repetitions",
    "rest": "write rest_seconds between sets, or rest_between_seconds between holds",
    "relax": "write relax_seconds",
    "contract": "write contract_seconds",
    "stretch": "write stretch_seconds",
    "amrap": "write repetitions_up_to with the most that make sense, such as 15",
    "every_other_day": "write every_days: 2",
    "times_a_day": "write sessions_per_day",
    "days_a_week": "write days_per_week",
    "frequency": "write sessions_per_day and days_per_week, or every_days, or as_needed: true",
    "prn": "write as_needed: true",
    "pain_most": _PAIN,
    "pain_max": _PAIN,
    "progress": _progress,
    "progression": "leave it out: write an easier or a harder exercise under variations",
    "weeks": "write from_week and to_week",
    "seconds": _SECONDS_OF_A_STEP,
    **dict.fromkeys(("sessions_per_day", "days_per_week", "every_days", "as_needed", "sets", "band"), _IN_THE_DOSAGE),
    **dict.fromkeys(("repetitions", "hold_seconds", "moving_seconds", "load_grams", "effort"), _IN_THE_DOSAGE),
}

#: Words that are none of a field's vocabulary.
_VALUES: Mapping[str, Mapping[str, str]] = {
    "side": dict.fromkeys(
        ("affected", "sore", "painful", "operated"),
        "write 'each', and in cue what the sore side does: a routine does not know which side that is",
    ),
    "figure": dict.fromkeys(("load_kg", "weight_kg", "kg"), "write 'load_grams', with least and most in grams"),
}
