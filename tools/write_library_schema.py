"""Writes the JSON Schema of the library's file format to ``docs/library-format``, one file for each folder.

    python -m tools.write_library_schema

Editors that know JSON Schema complete and check a YAML record while it is written. The schemas are generated from
``library.records``, so what is published is what ``load_library`` obeys; a test holds them to it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from library.about import KIND, LibraryRecord
from library.fields import Record
from library.records import RECORD_OF_FOLDER

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "library-format"


def schemas() -> dict[str, str]:
    """The text of each schema, by its file's name."""
    texts = {}
    records: dict[str, type[Record]] = {KIND: LibraryRecord, **RECORD_OF_FOLDER}
    for folder, record in records.items():
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": record.__name__,
            **record.model_json_schema(mode="validation"),
        }
        texts[f"{folder}.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return texts


def write(folder: Path = FOLDER) -> list[Path]:
    """Write every schema and remove those of records that are no more; the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    texts = schemas()
    for old in folder.glob("*.json"):
        if old.name not in texts:
            old.unlink()
            changed.append(old)
    for name, text in texts.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for path in write():
        print(f"changed: {path.name}")
    sys.exit(0)
