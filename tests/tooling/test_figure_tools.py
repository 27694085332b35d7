"""The published schema of poses is the one the renderer obeys, and the contact sheet shows every pose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from figures.engine import library
from tools import contact_sheet, write_figure_schema


def test_the_published_schema_is_current():
    assert write_figure_schema.PATH.read_text(encoding="utf-8") == write_figure_schema.schema(), "run: make schema"


def test_the_schema_says_bounds_and_forbids_unknown_fields():
    schema = json.loads(write_figure_schema.schema())
    assert schema["additionalProperties"] is False
    leg = schema["$defs"]["Leg"]
    assert leg["additionalProperties"] is False
    assert (leg["properties"]["knee"]["minimum"], leg["properties"]["knee"]["maximum"]) == (-180, 180)
    assert "legR" in schema["$defs"]["Pose"]["properties"]


def test_writing_the_schema_twice_changes_nothing(tmp_path: Path):
    path = tmp_path / "new" / "illustration.json"
    assert write_figure_schema.write(path)
    assert not write_figure_schema.write(path)


@pytest.fixture
def names(is_whole: bool, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The library, or every fifth exercise of it: the sheet is drawn in three themes."""
    chosen = library.names() if is_whole else library.names()[::5]
    monkeypatch.setattr(library, "names", lambda: chosen)
    return chosen


def test_the_contact_sheet_shows_every_pose_in_every_theme(tmp_path: Path, names: list[str]):
    sheets = contact_sheet.write(tmp_path)
    assert [sheet.path.name for sheet in sheets] == ["light.html", "dark.html", "grey.html"]
    poses = sum(len(library.illustration(name).figures) for name in names)
    for sheet in sheets:
        text = sheet.path.read_text(encoding="utf-8")
        assert text.count("<figure>") == poses
        assert "var(" not in text


def test_the_library_on_the_sheet_has_no_fault(names: list[str]):
    assert contact_sheet.check() == 0
