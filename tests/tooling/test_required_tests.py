"""What share links and privacy must keep has a number each, and each number a test that carries it in its name."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.tooling.sources import ROOT

NUMBERED = re.compile(r"test_((?:[a-z]+\d+_)+)")
REQUIRED = [*(f"sl{number}" for number in range(1, 16)), *(f"pd{number}" for number in range(1, 9))]


@cache
def numbers_in_names() -> dict[str, set[str]]:
    """By number: the tests that carry it. A name may carry several, one after the other."""
    found: dict[str, set[str]] = {}
    for file in (Path(ROOT) / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (named := NUMBERED.match(node.name)):
                for number in named[1].rstrip("_").split("_"):
                    found.setdefault(number, set()).add(node.name)
    return found


@pytest.mark.parametrize("number", REQUIRED)
def test_every_requirement_of_sharing_and_privacy_has_its_named_test(number: str):
    assert numbers_in_names().get(number), f"no test is named test_{number}_…"
