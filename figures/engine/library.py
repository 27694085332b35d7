"""The library of poses: one file for each exercise of the starter library, named by the exercise's id."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from figures.engine.pose import Illustration

FOLDER = Path(__file__).resolve().parent / "poses"


def names() -> list[str]:
    """The ids of all illustrations there are, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


@cache
def illustration(name: str) -> Illustration:
    """The illustration of an exercise; KeyError when the library has none of that name."""
    if name not in names():
        raise KeyError(name)
    return Illustration.model_validate(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))
