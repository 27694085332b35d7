"""The hazard log names every hazard once, and every test it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

LOG = Path(settings.BASE_DIR) / "docs" / "hazards.md"
TESTS = Path(settings.BASE_DIR) / "tests"
ROWS = [line for line in LOG.read_text().splitlines() if re.match(r"\| H\d\d \|", line)]
COLUMNS = 5


def cells(row: str) -> list[str]:
    """A row's cells."""
    return [cell.strip() for cell in row.strip("|").split("|")]


def there_are() -> set[str]:
    """The name of every test function."""
    trees = (ast.parse(file.read_text()) for file in TESTS.rglob("test_*.py"))
    found = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {node.name for node in found if node.name.startswith("test_")}


def test_every_hazard_has_its_row():
    assert [cells(row)[0] for row in ROWS] == [f"H{number:02}" for number in range(1, 37)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: cells(row)[0])
def test_row_says_what_holds_the_hazard_off(row: str):
    written = cells(row)
    assert len(written) == COLUMNS
    assert all(written)
    proof, missing = written[3], written[4]
    assert "`test_" in proof or missing != "–", "a row without a test says what is not there yet"


def test_every_test_the_log_names_exists():
    named = {name for row in ROWS for name in re.findall(r"`(test_\w+)`", row)}
    assert len(named) > len(ROWS)
    assert named - there_are() == set()
