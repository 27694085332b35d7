"""Reads a dosage back from its English words, so that tests can say: nothing of it is lost or changed in them."""

from __future__ import annotations

import re
from typing import Any

from exercises.dosage import FIELDS, Dosage

_CLOCK = r"(?:\d+ minutes?(?: \d+ seconds?)?|\d+ seconds?)"
_CLOCKS = rf"{_CLOCK}(?: to {_CLOCK})?"
_TIMES = r"(?:once|\d+ times|\d+ to \d+ times)"
_A_DAY = r"(?:once|twice|\d+ times|\d+ to \d+ times) a day"
_STEP = rf"(?:\d+ times?|\d+ sets?|[\d.]+ k?g|{_CLOCK})"
_WORDS = re.compile(
    rf"(?:Hold (?P<hold>\d+(?: to \d+)?) seconds?, (?P<hold_times>{_TIMES})"
    rf"|Tense (?P<contract>{_CLOCK}), let go (?P<relax>{_CLOCK}), stretch (?P<stretch>{_CLOCK}), "
    rf"(?P<stretch_times>{_TIMES})"
    rf"|Keep going for (?P<moving>{_CLOCKS})"
    rf"|Do it as often as is comfortable, up to (?P<up_to>{_TIMES})"
    rf"|Do it (?P<times>{_TIMES}))"
    r"(?: (?P<side>each side|on the left|on the right|with each side in turn)|, left and right in turn)?"
    rf"(?:, (?P<each>{_CLOCK}) each time)?"
    rf"(?:, (?P<out>{_CLOCK}) out(?:, hold (?P<tempo_hold>{_CLOCK}))?, (?P<back>{_CLOCK}) back)?"
    r"(?:, with a (?P<band>[a-z]+) band)?"
    r"(?:, with a weight of (?P<weight>[\d.]+ k?g))?"
    r"(?:, effort (?P<effort>\d+(?: to \d+)?) out of 10)?"
    rf"(?:, rest (?P<rest_between>{_CLOCKS}) between holds)?"
    r"(?:, (?P<sets>\d+(?: to \d+)?) sets)?"
    rf"(?:, rest (?P<rest>{_CLOCKS}) between sets)?"
    rf"(?:, (?P<needed>when you need it)(?:, at most (?P<needed_most>{_A_DAY}))?)?"
    rf"(?:, (?P<daily>{_A_DAY}))?"
    r"(?:, (?P<weekly>every day|one day a week|\d+(?: to \d+)? days a week))?"
    r"(?:, (?P<every>every second day|every \d+ days))?"
    rf"(?:\. Go up by (?P<by>{_STEP}) (?:whenever it has become easy"
    rf"|(?P<when>every day|every second day|every \d+ days) if it was easy), to (?P<to>{_STEP}) at most)?"
    r"(?:\. (?P<cue>.*))?",
    re.DOTALL,
)


def from_words(words: str) -> Dosage:
    """The dosage that ``exercises.dosage_words.in_words`` said in English; the side is the caller's to remember.

    Raises ``ValueError`` for anything that is not such a line.
    """
    match = _WORDS.fullmatch(words)
    if match is None:
        raise ValueError(f"Not a dosage in words: {words!r}")
    said = match.groupdict()
    figures: dict[str, Any] = {
        **_range("hold_seconds", _numbers(said["hold"])),
        **_range("repetitions", _numbers(said["hold_times"] or said["stretch_times"] or said["times"])),
        **_range("moving_seconds", _clocks(said["moving"])),
        **_range("rest_between_seconds", _clocks(said["rest_between"])),
        **_range("sets", _numbers(said["sets"])),
        **_range("rest_seconds", _clocks(said["rest"])),
        **_range("effort", _numbers(said["effort"])),
        **_range("sessions_per_day", _numbers(said["daily"])),
        **_range("days_per_week", _numbers(said["weekly"])),
        **_range("repetitions_up_to", _numbers(said["up_to"])),
        **_range("as_needed_most", _numbers(said["needed_most"])),
        **_range("every_days", _numbers(said["every"])),
        **{f"{part}_seconds": _clock(said[part]) for part in ("contract", "relax", "stretch")},
        "seconds_per_repetition": _clock(said["each"]),
        "tempo_out_seconds": _clock(said["out"]),
        "tempo_hold_seconds": _clock(said["tempo_hold"]),
        "tempo_back_seconds": _clock(said["back"]),
        "band": said["band"] or "",
        "load_grams": _grams(said["weight"]),
        "as_needed": said["needed"] is not None,
        "intensity_cue": said["cue"] or "",
        **_step_up(said),
    }
    usual = {"sets": 1, "rest_seconds": 0}
    return Dosage(**{name: usual.get(name) if value is None else value for name, value in figures.items()})


def _step_up(said: dict[str, str | None]) -> dict[str, Any]:
    """Which figure steps up is told by its unit; which seconds those are, by what is counted."""
    by, to, when = said["by"], said["to"], said["when"]
    if by is None or to is None:
        return {}
    unit = by.split()[1].removesuffix("s")
    seconds = "hold_seconds" if said["hold"] else "moving_seconds"
    of_unit = {"time": "repetitions", "set": "sets", "g": "load_grams", "kg": "load_grams"}
    name = of_unit.get(unit, seconds)
    days = None if when is None else 1 if when == "every day" else _numbers(when)[0]
    figures = [
        _clock(each) if name == seconds else _grams(each) if "g" in each else _numbers(each)[0] for each in (by, to)
    ]
    return {"steps_up": name, "steps_up_by": figures[0], "steps_up_to": figures[1], "steps_up_every_days": days}


def _range(name: str, found: list[int]) -> dict[str, int | None]:
    """A figure and the top end of its range, where it may have one."""
    ends = {name: found[0] if found else None}
    if f"{name}_most" in FIELDS and not name.endswith("_most"):
        ends[f"{name}_most"] = found[1] if len(found) > 1 else None
    return ends


def _numbers(words: str | None) -> list[int]:
    if words is None:
        return []
    named = {"once": 1, "twice": 2, "one day": 1, "every day": 7, "every second": 2}
    found = [number for start, number in named.items() if words.startswith(start)]
    return found or [int(number) for number in re.findall(r"\d+", words)]


def _clocks(words: str | None) -> list[int]:
    return [] if words is None else [_clock(part) or 0 for part in words.split(" to ")]


def _clock(words: str | None) -> int | None:
    if words is None:
        return None
    factors = {"m": 60, "s": 1}
    return sum(int(count) * factors[unit] for count, unit in re.findall(r"(\d+) ([ms])", words))


def _grams(words: str | None) -> int | None:
    if words is None:
        return None
    figure, unit = words.split()
    return round(float(figure) * (1000 if unit == "kg" else 1))
