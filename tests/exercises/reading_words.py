"""Reads a dosage back from its English words, so that tests can say: nothing of it is lost or changed in them."""

from __future__ import annotations

import re

from exercises.dosage import Dosage

_CLOCK = r"(?:\d+ minutes?(?: \d+ seconds?)?|\d+ seconds?)"
_TIMES = r"(?:once|\d+ times|\d+ to \d+ times)"
_WORDS = re.compile(
    rf"(?:Hold (?P<hold>\d+)(?: to (?P<hold_most>\d+))? seconds?, (?P<hold_times>{_TIMES})"
    rf"|Keep going for (?P<moving>{_CLOCK})(?: to (?P<moving_most>{_CLOCK}))?"
    rf"|Do it (?P<times>{_TIMES}))"
    r"(?: (?P<side>each side|on the left|on the right))?"
    rf"(?:, (?P<each>{_CLOCK}) each time)?"
    rf"(?:, rest (?P<rest_between>{_CLOCK}) between holds)?"
    r"(?:, (?P<sets>\d+) sets)?"
    rf"(?:, rest (?P<rest>{_CLOCK}) between sets)?"
    r"(?:, (?P<daily>once|twice|\d+ times) a day)?"
    r"(?:, (?P<weekly>every day|one day a week|\d+ days a week))?"
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
    least, most = _read_times(said["hold_times"] or said["times"])
    return Dosage(
        hold_seconds=_read_number(said["hold"]),
        hold_seconds_most=_read_number(said["hold_most"]),
        repetitions=least,
        repetitions_most=most,
        rest_between_seconds=_read_clock(said["rest_between"]),
        seconds_per_repetition=_read_clock(said["each"]),
        moving_seconds=_read_clock(said["moving"]),
        moving_seconds_most=_read_clock(said["moving_most"]),
        sets=_read_number(said["sets"]) or 1,
        rest_seconds=_read_clock(said["rest"]) or 0,
        intensity_cue=said["cue"] or "",
        sessions_per_day=_read_number(said["daily"]),
        days_per_week=_read_number(said["weekly"]),
    )


def _read_number(words: str | None) -> int | None:
    if words is None:
        return None
    named = {"once": 1, "twice": 2, "one day a week": 1, "every day": 7}
    return named[words] if words in named else int(words.split()[0])


def _read_times(words: str | None) -> tuple[int | None, int | None]:
    if words is None:
        return None, None
    numbers = [int(number) for number in re.findall(r"\d+", words)] or [1]
    return numbers[0], numbers[1] if len(numbers) > 1 else None


def _read_clock(words: str | None) -> int | None:
    if words is None:
        return None
    factors = {"m": 60, "s": 1}
    return sum(int(count) * factors[unit] for count, unit in re.findall(r"(\d+) ([ms])", words))
