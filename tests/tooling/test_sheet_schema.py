"""The published schema of ``sheet.json`` is the one that its answers are made by."""

from __future__ import annotations

from tools import write_sheet_schema


def test_the_published_schemas_are_current():
    published = {path.name: path.read_text(encoding="utf-8") for path in write_sheet_schema.FOLDER.glob("*.json")}
    assert published == write_sheet_schema.schemas(), "run: make schema"
