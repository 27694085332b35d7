"""Writes the JSON Schema of ``sheet.json`` to ``docs/sheet-format``, one file for each kind of sheet.

    python -m tools.write_sheet_schema

The schemas are generated from the models that make the answers, so what is published is what is sent.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from clinical.outputs.safety_data import SheetData
from exercises.outputs.sheet_data import ExerciseSheetData
from routines.outputs.sheet_data import RoutineSheetData

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "sheet-format"
SHEETS: dict[str, type[SheetData]] = {"exercise": ExerciseSheetData, "routine": RoutineSheetData}


def schemas() -> dict[str, str]:
    """The text of each schema, by its file's name. What an answer holds is never left out of it."""
    texts = {}
    for name, sheet in SHEETS.items():
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": sheet.__name__,
            **sheet.model_json_schema(mode="serialization"),
        }
        texts[f"{name}.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return texts


def write(folder: Path = FOLDER) -> list[Path]:
    """Write every schema; the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in schemas().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for path in write():
        print(f"changed: {path.name}")
    sys.exit(0)
