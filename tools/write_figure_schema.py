"""Writes the JSON Schema of poses to ``docs/figure-format``.

    python -m tools.write_figure_schema

It is generated from ``figures.engine.pose``, so what is published is what the renderer obeys; a test holds them
to it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from figures.engine.pose import Illustration

PATH = Path(__file__).resolve().parent.parent / "docs" / "figure-format" / "illustration.json"


def schema() -> str:
    """The schema's text."""
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Illustration.model_json_schema(by_alias=True, mode="validation"),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def write(path: Path = PATH) -> bool:
    """Write the schema; whether it changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.read_text(encoding="utf-8") == schema():
        return False
    path.write_text(schema(), encoding="utf-8")
    return True


if __name__ == "__main__":
    if write():
        print(f"changed: {PATH.name}")
    sys.exit(0)
