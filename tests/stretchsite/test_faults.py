"""The list of faults has a row for each number, and every test, trial and rehearsal it names exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROWS = [line for line in (ROOT / "docs" / "faults.md").read_text().splitlines() if line.startswith("| R-F")]
NUMBERS = [f"R-F{number}" for number in range(1, 25)]
COLUMNS = 5
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
BY_HAND = re.compile(r"`make (soak|rehearse)` \(`(tools/\1/\w+\.py)`\)")


def cells(row: str) -> list[str]:
    """A row's cells."""
    return [cell.strip() for cell in row.strip("|").split("|")]


@cache
def names_in(file: Path) -> set[str]:
    """The names of the tests of a file, by its source: those of PostgreSQL or a browser need neither to be found."""
    tree = ast.parse(file.read_text())
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")}


def test_every_fault_has_its_row():
    assert [cells(row)[0] for row in ROWS] == NUMBERS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: cells(row)[0])
def test_row_says_what_is_met_and_which_tests_show_it(row: str):
    _number, fails, met, shown, not_shown = written = cells(row)
    assert len(written) == COLUMNS
    assert all((fails, met, not_shown))
    named = TEST.findall(shown)
    assert named
    assert [f"{file}::{name}" for file, name in named if name not in names_in(ROOT / file)] == []
    by_hand = BY_HAND.findall(shown)
    assert shown.count("`make ") == len(by_hand), "a trial by hand says which program it is"
    assert [file for _target, file in by_hand if not (ROOT / file).is_file()] == []
    assert shown.count("`") == 2 * len(named) + 4 * len(by_hand), "nothing else is a proof"
