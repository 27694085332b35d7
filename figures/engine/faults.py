"""Faults of a pose: each names the limb and the number, so that it can be shown beside the slider that mends it."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from figures.engine import names

#: A larger number is not repeated to whoever wrote it.
_MOST_SHOWN = 10**9

_ENDINGS = {"leg": ("foot", "heel", "toes", "knee", "thigh", "calf", "ankle"), "arm": ("hand", "fist", "forearm")}


#: What to write, by the sort of fault; the words in braces are the limits that were missed.
_RULES = {
    "missing": "it is missing; add it",
    "extra_forbidden": "it is not a field of this part; take it out, or mend its spelling",
    "float_type": "write a number",
    "float_parsing": "write a number",
    "greater_than_equal": "write a number that is not below {ge:g}",
    "less_than_equal": "write a number that is not above {le:g}",
    "literal_error": "write {expected}",
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one limb of one pose. ``number`` was measured, in ``unit``; ``rule`` says what may be."""

    pose: str
    limb: str
    what: str
    number: float | None
    unit: str
    rule: str

    def __str__(self) -> str:
        limb = names.LIMBS.get(self.limb, self.limb)
        measured = "" if self.number is None else f" {self.number:.1f} {self.unit}".rstrip()
        place = f"{self.pose}, " if self.pose else ""
        return f"{place}{limb}: {self.what}{measured}; {self.rule}"


def limb_of(part: str) -> str:
    """The limb a part belongs to: the right heel to the right leg, the seat to the hips."""
    for limb, parts in _ENDINGS.items():
        if part[:-1] in parts:
            return limb + part[-1]
    return {"head": "head", "seat": "root"}.get(part, "trunk")


def schema_faults(error: ValidationError) -> list[Fault]:
    """The faults of data that is not a pose at all, by limb where one is concerned."""
    faults = []
    for item in error.errors():
        place = [str(step) for step in item["loc"]]
        limb = next((step for step in place if step in names.LIMBS), place[0] if place else "illustration")
        value = item.get("input")
        rule = _RULES.get(item["type"], item["msg"].removeprefix("Value error, ")).format(**item.get("ctx", {}))
        faults.append(Fault("", limb, f"{names.field(place)} is", _measured(value), "", rule))
    return faults


def _measured(value: object) -> float | None:
    """What was given, where it is a number anybody could mean: neither endless nor longer than can be counted with."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= _MOST_SHOWN else None
