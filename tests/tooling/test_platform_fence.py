"""One module, ``clinical.platform``, names what is private in Wagtail; everything else keeps to what is documented."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.tooling.sources import FLOORS, files, name_of

DOORS = "clinical/platform.py"
PLATFORM = ("wagtail", "modelcluster", "taggit", "treebeard")
PRIVATE = re.compile(r"_[a-z]\w*")
#: What the platform does not run on a site.
ASIDE = {"migrations", "test", "tests"}
#: Django's own, which happen to be set in the platform's code too.
DJANGOS = {"_meta", "_state", "_base_manager", "_default_manager", "_db", "_post_clean", "_save", "_queryset_class"}
#: A page overrides it, since Wagtail calls it itself; it asks ``clinical.platform`` for nothing else.
OVERRIDDEN = {("clinical/publishing/gated_pages.py", "_set_core_field_defaults")}


@cache
def private_names() -> frozenset[str]:
    """What the platform defines, or sets on its objects, under a name with one underscore before it."""
    found: set[str] = set()
    for package in PLATFORM:
        root = Path(find_spec(package).submodule_search_locations[0])
        for path in root.rglob("*.py"):
            if ASIDE.isdisjoint(path.relative_to(root).parts):
                found |= set(_defined(ast.parse(path.read_text(encoding="utf-8"))))
    return frozenset(found - DJANGOS)


def _defined(tree: ast.Module) -> list[str]:
    """Functions, classes, what is set on objects, and what a module or a class sets in its body."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.append(node.attr)
        if isinstance(node, (ast.Module, ast.ClassDef)):
            names += [name for each in node.body for name in _set_by(each)]
    return [name for name in names if PRIVATE.fullmatch(name)]


def _set_by(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return []


def named(source: str) -> list[tuple[int, str]]:
    """The platform's private names in a module: what is asked of others, and methods that override the platform's."""
    tree = ast.parse(source)
    own = set(_defined(tree))
    asked = [
        (node.lineno, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in private_names()
        and not (_is_self(node) and node.attr in own)
    ]
    written = [
        (node.lineno, str(node.value))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in private_names()
    ]
    imported = [
        (node.lineno, name.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in PLATFORM
        for name in node.names
        if PRIVATE.fullmatch(name.name)
    ]
    overriding = [
        (method.lineno, method.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in private_names()
    ]
    return asked + written + imported + overriding


def _is_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}


def test_only_the_fence_names_what_is_private_in_the_platform():
    found = {
        f"{name_of(path)}:{line} {name}"
        for path in files(*FLOORS)
        for line, name in named(path.read_text(encoding="utf-8"))
        if name_of(path) != DOORS and (name_of(path), name) not in OVERRIDDEN
    }
    assert found == set()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("page._set_core_field_defaults()", "_set_core_field_defaults"),
        ("class Mine(Page):\n    def _slug_is_available(self): ...", "_slug_is_available"),
        ("getattr(page, '_cached_parent_obj', None)", "_cached_parent_obj"),
        ("from wagtail.models.pages import _extract_field_data_from_latest", "_extract_field_data_from_latest"),
        ("page._revisions", "_revisions"),
        ("page._workflow_states.all()", "_workflow_states"),
        ("request._wagtail_route_for_request = None", "_wagtail_route_for_request"),
    ],
)
def test_a_private_name_is_found_wherever_it_stands(source: str, name: str):
    assert name in [found for _line, found in named(source)]


def test_the_fence_has_doors():
    assert named((Path(__file__).parents[2] / DOORS).read_text(encoding="utf-8"))
