"""An example of each field of a dosage, for the tests that ask every output whether it says the field."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from exercises.dosage import Dosage

#: Every field there is: a new one is asked after without being listed anywhere.
NAMES = [field.name for field in dataclasses.fields(Dosage)]

_HOLD = {"hold_seconds": 30, "repetitions": 2}
_MOVING = {"moving_seconds": 300}
#: A dosage that does not say the field, or says something else of it; and what it is then set to.
_EXAMPLES: dict[str, tuple[dict[str, Any], Any]] = {
    "hold_seconds": (_HOLD, 37),
    "hold_seconds_most": (_HOLD, 41),
    "repetitions": (_HOLD, 7),
    "repetitions_most": (_HOLD, 9),
    "rest_between_seconds": (_HOLD, 12),
    "seconds_per_repetition": ({"repetitions": 8}, 6),
    "moving_seconds": (_MOVING, 420),
    "moving_seconds_most": (_MOVING, 540),
    "sets": (_HOLD, 3),
    "rest_seconds": ({**_HOLD, "sets": 3}, 45),
    "intensity_cue": (_HOLD, "A mild pull & never pain"),
    "sessions_per_day": (_HOLD, 4),
    "days_per_week": (_HOLD, 5),
}
_WORDS = {name for name, (_before, value) in _EXAMPLES.items() if isinstance(value, str)}


@dataclasses.dataclass(frozen=True)
class Example:
    """The figures of a dosage before and after one field is set to ``value``."""

    name: str
    before: dict[str, Any]
    value: Any

    @property
    def after(self) -> dict[str, Any]:
        """The figures with the field."""
        return {**self.before, self.name: self.value}

    @property
    def columns(self) -> dict[str, Any]:
        """The same as every column of an exercise, so that nothing of another dosage is left."""
        return _columns(self.after)

    @property
    def columns_before(self) -> dict[str, Any]:
        """The columns without the field."""
        return _columns(self.before)


def _columns(figures: dict[str, Any]) -> dict[str, Any]:
    return {**{name: "" if name in _WORDS else None for name in NAMES}, **figures}


def example(name: str) -> Example:
    """The example of a field. Fails for a field that has none."""
    assert name in _EXAMPLES, f"Give Dosage.{name} an example in tests/dosage_examples.py"
    return Example(name, *_EXAMPLES[name])


def places(page: str) -> list[str]:
    """Every place where a page tells its readers how much of its one exercise to do; what its scripts read is none."""
    found = re.findall(r'<p class="(?:dosage-words|row__dosage)">(.*?)</p>', page, re.DOTALL)
    assert found, "the page says nowhere how much to do"
    return [html.unescape(place) for place in found]


@contextmanager
def must_have(output: str, name: str) -> Iterator[Example]:
    """Whatever fails inside fails as what it means: the output, by name, lacks the field."""
    found = example(name)
    try:
        yield found
    except Exception as error:
        raise AssertionError(f"{output} lacks Dosage.{name}: {error}") from error
