"""What an exercise is found by besides its own words: its kind, positions, regions and things, as people call them.

Pure. The words are for the search alone; nobody is shown them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

#: What people type for a member of a vocabulary, besides its label.
ALSO_TYPED: dict[str, str] = {
    "aerobic": "cardio endurance",
    "nerve_glide": "neurodynamic slider flossing",
    "balance": "steady falls",
    "isometric": "static hold",
    "breathing": "breath",
    "self_massage": "massage release",
    "in_bed": "bedridden half lying",
    "sitting": "seated sit desk",
    "wheelchair": "seated sit",
    "four_point_kneeling": "all fours quadruped",
    "kneeling": "tall kneeling",
    "leaning": "bent over",
    "long_sitting": "floor",
    "jaw": "TMJ",
    "chest": "pec pectoral",
    "forearm": "lower arm",
    "pelvic_floor": "Kegel",
    "dumbbell": "weight weights hand",
    "water_bottle": "weight",
    "band": "resistance elastic",
    "stick": "broom pole cane",
    "doorway": "door",
    "step": "stair stairs",
    "table": "desk",
    "foam_roller": "rolling",
}


def found_by(members: Iterable[tuple[Any, str]]) -> str:
    """The labels of these members of vocabularies, each with what else people type for it."""
    known = [(vocabulary, value) for vocabulary, value in members if value in vocabulary.values]
    words = (word for vocabulary, value in known for word in (vocabulary(value).label, ALSO_TYPED.get(value, "")))
    return " ".join(str(word) for word in words if word)
