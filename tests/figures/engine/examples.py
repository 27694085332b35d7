"""A plain standing pose as data, and how to change one thing about it; the library's poses, each drawn once."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from figures.engine import library, render
from figures.engine.palette import Theme

STANDING: dict[str, Any] = {
    "v": 1,
    "id": "standing",
    "view": {"yaw": 0, "pitch": 7},
    "model": "m0",
    "figures": [
        {
            "key": "start",
            "label": "Stand",
            "root": {"pos": [0, 52.7, 0], "pitch": 1},
            "legR": {"to": [0, 3.9, 5], "foot": [1, 0, 0]},
            "legL": {"to": [0, 3.9, -5], "foot": [1, 0, 0]},
            "armR": {"sh": [0, 6, 0], "el": 10},
            "armL": {"sh": [0, 6, 0], "el": 10},
            "rests": {"footR": "floor", "footL": "floor"},
        }
    ],
    "props": [{"kind": "floor", "x": [-20, 20]}],
}


def standing(**changes: Any) -> dict[str, Any]:
    """The standing pose with fields of the pose replaced; a field with a double underscore reaches into a record.

    ``standing(legR__knee=3)`` sets the right leg's knee.
    """
    data = copy.deepcopy(STANDING)
    for path, value in changes.items():
        *way, last = path.split("__")
        record = data["figures"][0]
        for step in way:
            record = record.setdefault(step, {})
        record[last] = value
    return data


@cache
def drawn(name: str, key: str = "end", theme: Theme = "themed") -> render.Drawing:
    """A pose of the library, drawn once for all tests that look at it."""
    return render.draw(library.illustration(name), key, theme)
