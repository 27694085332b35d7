"""An example of each field of a dosage, for the tests that ask every output whether it says the field."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from exercises.choices import Measure
from exercises.dosage import FIELDS, Dosage
from exercises.dosage_checks import TOLD_BY
from exercises.frequency import FREQUENCY

#: Every field there is: a new one is asked after without being listed anywhere.
NAMES = [field.name for field in dataclasses.fields(Dosage)]

_HOLD = {"hold_seconds": 30, "repetitions": 2}
_MOVING = {"moving_seconds": 300}
_LIFT = {"repetitions": 8}
_STRETCH = {"contract_seconds": 6, "relax_seconds": 2, "stretch_seconds": 20, "repetitions": 3}
_TEMPO = {**_LIFT, "tempo_out_seconds": 2, "tempo_back_seconds": 3}
_SETS = {**_HOLD, "sets": 3}
_STEPS = {**_LIFT, "sets": 3, "steps_up": "sets", "steps_up_by": 1, "steps_up_to": 10}
#: A dosage that does not say the field, or says something else of it; and what it is then set to.
_EXAMPLES: dict[str, tuple[dict[str, Any], Any]] = {
    "hold_seconds": (_HOLD, 37),
    "hold_seconds_most": (_HOLD, 41),
    "repetitions": (_HOLD, 7),
    "repetitions_most": (_HOLD, 9),
    "rest_between_seconds": (_HOLD, 12),
    "repetitions_up_to": ({"repetitions_up_to": 9}, 12),
    "rest_between_seconds_most": ({**_HOLD, "rest_between_seconds": 12}, 18),
    "contract_seconds": (_STRETCH, 7),
    "relax_seconds": (_STRETCH, 4),
    "stretch_seconds": (_STRETCH, 31),
    "seconds_per_repetition": (_LIFT, 6),
    "tempo_out_seconds": (_TEMPO, 4),
    "tempo_hold_seconds": (_TEMPO, 5),
    "tempo_back_seconds": (_TEMPO, 6),
    "moving_seconds": (_MOVING, 420),
    "moving_seconds_most": (_MOVING, 540),
    "band": ({**_LIFT, "band": "blue"}, "red"),
    "load_grams": ({**_LIFT, "load_grams": 500}, 1500),
    "effort": ({**_LIFT, "effort": 2}, 3),
    "effort_most": ({**_LIFT, "effort": 3}, 5),
    "sets": (_HOLD, 3),
    "sets_most": (_SETS, 4),
    "rest_seconds": (_SETS, 45),
    "rest_seconds_most": ({**_SETS, "rest_seconds": 45}, 90),
    "intensity_cue": (_HOLD, "A mild pull & never pain"),
    "steps_up": ({**_STEPS, "steps_up": "repetitions"}, "sets"),
    "steps_up_by": (_STEPS, 2),
    "steps_up_every_days": ({**_STEPS, "steps_up_every_days": 5}, 3),
    "steps_up_to": (_STEPS, 9),
    "sessions_per_day": (_HOLD, 4),
    "sessions_per_day_most": ({**_HOLD, "sessions_per_day": 4}, 6),
    "days_per_week": (_HOLD, 5),
    "days_per_week_most": ({**_HOLD, "days_per_week": 5}, 6),
    "every_days": (_HOLD, 2),
    "as_needed": (_HOLD, True),
    "as_needed_most": ({**_HOLD, "as_needed": True}, 3),
}


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
    def item(self) -> dict[str, Any]:
        """The columns of a routine's item that has the field: how often is said there or not at all."""
        often = {name: value for name, value in self.before.items() if name in FREQUENCY}
        return {**often, self.name: self.value}

    @property
    def item_before(self) -> dict[str, Any]:
        """The same without the field."""
        return {**{self.name: FIELDS[self.name].empty}, **{n: v for n, v in self.before.items() if n in FREQUENCY}}

    @property
    def columns(self) -> dict[str, Any]:
        """The same as every column of an exercise, so that nothing of another dosage is left."""
        return _columns(self.after)

    @property
    def columns_before(self) -> dict[str, Any]:
        """The columns without the field."""
        return _columns(self.before)


def _columns(figures: dict[str, Any]) -> dict[str, Any]:
    return {**{name: about.empty for name, about in FIELDS.items()}, **figures}


#: What an exercise needs, so that it may be done with any load.
EQUIPMENT = ("band", "dumbbell")


def example(name: str) -> Example:
    """The example of a field. Fails for a field that has none."""
    assert name in _EXAMPLES, f"Give Dosage.{name} an example in tests/dosage_examples.py"
    return Example(name, *_EXAMPLES[name])


#: The smallest dosage of each measure.
_OF_MEASURE = {
    Measure.HOLD: _HOLD,
    Measure.REPETITIONS: _LIFT,
    Measure.MOVING: _MOVING,
    Measure.CONTRACT_RELAX: _STRETCH,
}
#: Each field with every measure it may have.
UNDER = [(name, measure) for name in NAMES for measure in FIELDS[name].measures or Measure]


def example_under(name: str, measure: Measure) -> Dosage:
    """The example of a field with another measure: what else the example says stays, as far as that measure has it."""
    told_by = {field for fields in TOLD_BY.values() for field in fields}
    said = example(name)
    about = {field: value for field, value in said.before.items() if field not in told_by}
    kept = {field: value for field, value in about.items() if measure in (FIELDS[field].measures or Measure)}
    base = {} if name == "repetitions_up_to" else _OF_MEASURE[measure]
    return Dosage(**{**base, **kept, name: said.value})


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
