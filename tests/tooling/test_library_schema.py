"""The published schema of the library's file format is the one that load_library obeys."""

from __future__ import annotations

import json
from pathlib import Path

from tools import write_library_schema


def test_the_published_schemas_are_current():
    published = {path.name: path.read_text(encoding="utf-8") for path in write_library_schema.FOLDER.glob("*.json")}
    assert published == write_library_schema.schemas(), "run: make schema"


def test_a_schema_says_bounds_and_forbids_unknown_fields():
    exercise = json.loads(write_library_schema.schemas()["exercises.json"])
    assert exercise["additionalProperties"] is False
    hold = exercise["$defs"]["DosageRecord"]["properties"]["hold_seconds"]["anyOf"][0]
    assert (hold["minimum"], hold["maximum"]) == (1, 600)


def test_writing_twice_changes_nothing_and_an_old_schema_goes(tmp_path: Path):
    (tmp_path / "workshops.json").write_text("{}")
    assert len(write_library_schema.write(tmp_path)) == len(write_library_schema.schemas()) + 1
    assert not (tmp_path / "workshops.json").exists()
    assert write_library_schema.write(tmp_path) == []
