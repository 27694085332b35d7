"""A dose that steps up, step by step: what is done after one step, after two, up to the top.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from exercises.dosage import FIELDS, Dosage, empty_fields
from exercises.dosage_words import stepped_in_words
from exercises.step_up import STEP_UP


@dataclass(frozen=True)
class Stepped:
    """How much it is after so many steps: the figure in words, "9 times", and the dosage that is then done."""

    words: str
    dosage: Dosage


def steps(dosage: Dosage) -> tuple[Stepped, ...]:
    """What it is after one step, after two, up to the top; empty where nothing steps up."""
    figures = dosage.figures_stepped
    return tuple(Stepped(stepped_in_words(dosage.steps_up, figure), _at(dosage, figure)) for figure in figures)


def _at(dosage: Dosage, figure: int) -> Dosage:
    values = {name: getattr(dosage, name) for name in FIELDS}
    return Dosage(**{**values, **empty_fields(STEP_UP), dosage.steps_up: figure})
