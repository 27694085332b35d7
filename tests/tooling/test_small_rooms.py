"""Small rooms: short files and functions, few classes above a page, and a module's name that says which one it is."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from clinical.models import ClinicalPage
from clinical.withdrawal.withdrawing import clinical_page_models
from tests.tooling.sources import FLOORS, files, name_of

MOST_LINES = 300
#: Of a hundred functions, ninety-five are at most so long; without their docstrings.
MOST_LINES_OF_A_FUNCTION = 20
#: Classes of ours above a page, itself included; and those among them that save otherwise than the one below.
MOST_CLASSES, MOST_SAVES = 6, 2

#: Names that Django and its commands ask for, in as many packages as there are.
DJANGOS = {"__init__", "apps", "base", "checks", "models", "urls", "views", "wagtail_hooks", "middleware"}
#: Names that several apps share because they mean the same in each.
SHARED = {
    "assembly", "blocks", "buttons", "choices", "conditions", "faults", "fhir", "fields", "forms", "indexes", "panels",
    "querysets", "reach", "registry", "rows", "session_length", "share_card", "sheet", "sheet_data", "structured_data",
    "viewsets", "words",
}  # fmt: skip


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_source_file_outgrows_one_idea():
    assert {
        name_of(path): count for path in files(*FLOORS, "testing", "tools") if (count := _lines(path)) > MOST_LINES
    } == {}


def length_of(function: ast.FunctionDef) -> int:
    """Its lines from ``def`` to its last, without its docstring."""
    said = function.body[0] if ast.get_docstring(function) else None
    return _height(function) - (_height(said) if said else 0)


def _height(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short():
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in files(*FLOORS))
    lengths = sorted(length_of(node) for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    assert lengths[int(len(lengths) * 0.95)] <= MOST_LINES_OF_A_FUNCTION


@pytest.mark.parametrize("kind", clinical_page_models())
def test_somebody_can_hold_a_page_in_the_head(kind: type[ClinicalPage]):
    ours = [each.__name__ for each in kind.__mro__ if each.__module__.partition(".")[0] in FLOORS]
    saving = [each.__name__ for each in kind.__mro__ if each.__name__ in ours and "save" in vars(each)]
    assert len(ours) <= MOST_CLASSES, ours
    assert len(saving) <= MOST_SAVES, saving


def named_modules() -> list[tuple[str, str]]:
    """App and name of each module but for those Django names; migrations and commands are found by their folder."""
    return [
        (name_of(path).partition("/")[0], path.stem)
        for path in files(*FLOORS)
        if path.stem not in DJANGOS and "migrations" not in path.parts
    ]


def test_a_module_is_the_only_one_of_its_name_in_its_app():
    assert [pair for pair, count in Counter(named_modules()).items() if count > 1] == []


def test_modules_of_two_apps_share_a_name_only_where_they_mean_the_same():
    apps: dict[str, set[str]] = {}
    for app, name in named_modules():
        apps.setdefault(name, set()).add(app)
    shared = {name for name, where in apps.items() if len(where) > 1}
    assert shared - SHARED == set()
    assert SHARED - shared == set(), "no longer shared: take it off the list"
