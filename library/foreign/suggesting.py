"""What prose says of the dose and the side, for an editor to take or leave: it is never taken silently. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exercises.choices import Laterality

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30, "sixty": 60,
}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_SPAN = rf"{_NUMBER}(?:\s*(?:-|–|to)\s*(?P<most>\d{{1,3}}|{'|'.join(_NUMBERS)}))?"
_SOUGHT = (
    ("hold_seconds", rf"\b(?:hold|stay|pause|keep)\b[^.;]{{0,40}}?\b{_SPAN}\s*(?:s|secs?|seconds?)\b"),
    ("repetitions", rf"\b{_SPAN}\s*(?:reps?|repetitions)\b"),
    ("repetitions", rf"\brepeat\b[^.;]{{0,20}}?\b{_SPAN}\s*times\b"),
    ("sets", rf"\b{_SPAN}\s*sets\b"),
)
_SIDES = (
    (Laterality.ALTERNATING, r"\balternat(?:e|ing)\b|\bswitch(?:ing)? (?:legs|arms|sides) each\b"),
    (Laterality.UNILATERAL, r"\b(?:each|other|opposite) (?:side|leg|arm|foot|hand)\b|\bswitch (?:sides|legs|arms)\b"),
    (Laterality.BILATERAL, r"\bboth (?:legs|arms|feet|hands|knees)\b"),
)


@dataclass(frozen=True)
class Suggestion:
    """One field and what prose seems to say of it, with the words it was found in."""

    field: str
    value: str
    words: str


def suggestions_in(text: str) -> list[Suggestion]:
    """Each field once: what is said first of it."""
    found: dict[str, Suggestion] = {}
    for suggestion in (*_figures(text), *_sides(text)):
        found.setdefault(suggestion.field, suggestion)
    return list(found.values())


def _figures(text: str) -> Iterator[Suggestion]:
    for field, pattern in _SOUGHT:
        if match := re.search(pattern, text, re.IGNORECASE):
            yield Suggestion(field, str(_number(match["number"])), match[0])
            if match["most"]:
                yield Suggestion(f"{field}_most", str(_number(match["most"])), match[0])


def _number(said: str) -> int:
    return _NUMBERS.get(said.casefold()) or int(said)


def _sides(text: str) -> Iterator[Suggestion]:
    for side, pattern in _SIDES:
        if match := re.search(pattern, text, re.IGNORECASE):
            yield Suggestion("laterality", side.value, match[0])
