"""The house rules hold for every file, and each rule catches what it is there for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.tooling import house_rules
from tests.tooling.sources import FLOORS, ROOT, files, name_of, texts

#: What stands beside the floors and is ours like them.
SUPPORT = ("testing", "tools")

Rule = Callable[[str], list[str]]


def faults(paths: Iterable[Path], rule: Rule) -> dict[str, list[str]]:
    """What a rule finds, by file."""
    found = {name_of(path): rule(path.read_text(encoding="utf-8")) for path in paths}
    return {name: lines for name, lines in found.items() if lines}


def test_no_module_is_a_junk_drawer():
    assert {"helper", "helpers", "util", "utils"} <= house_rules.JUNK_MODULES
    junk = [
        name_of(path) for path in files(*FLOORS, *SUPPORT) if house_rules.JUNK_MODULES & {path.stem, path.parent.name}
    ]
    assert junk == []


def test_names_are_the_glossarys():
    assert faults(files(*FLOORS, *SUPPORT), house_rules.banned_names) == {}


def test_every_silenced_linter_has_its_reason():
    assert faults(files(*FLOORS, *SUPPORT, "tests"), house_rules.unexplained_silences) == {}


def test_nothing_names_a_path_of_one_machine():
    assert faults(texts(), house_rules.machine_paths) == {}


def test_templates_hold_no_inline_style_or_script():
    assert faults(files("templates", suffix=".html"), house_rules.inline_code) == {}


@pytest.mark.parametrize("floor", FLOORS)
def test_a_template_uses_its_own_and_lower_floors(floor: str):
    platform = {"wagtailadmin", "wagtailsnippets"}
    allowed = {"components", *platform, *FLOORS[FLOORS.index(floor) :]}
    found = faults(
        files(f"templates/{floor}", suffix=".html"), lambda text: house_rules.upward_templates(text, allowed)
    )
    assert found == {}


def test_components_use_components_only():
    found = faults(
        files("templates/components", suffix=".html"),
        lambda text: house_rules.upward_templates(text, {"components"}),
    )
    assert found == {}


@pytest.mark.parametrize("floor", FLOORS[1:])
def test_no_string_points_to_an_upper_floor(floor: str):
    upper = FLOORS[: FLOORS.index(floor)]
    assert faults(files(floor), lambda text: house_rules.upward_strings(text, upper)) == {}


@pytest.mark.parametrize(
    ("folder", "unknown"),
    [("testing", {"tests", "tools", "pytest"}), ("tools", {"tests", "pytest"}), ("tests", {"tools"})],
)
def test_tests_and_tools_share_only_what_is_in_testing(folder: str, unknown: set[str]):
    paths = [path for path in files(folder) if path.parent != ROOT / "tests" / "tooling"]
    assert paths
    assert faults(paths, lambda text: house_rules.imports_of(text, unknown)) == {}


def test_an_import_of_an_unknown_package_is_found_wherever_it_stands():
    text = "from tests.x import y\ndef f():\n    import tests\nimport testing.tests\nfrom .tests import z"
    assert house_rules.imports_of(text, {"tests"}) == ["line 1: tests.x", "line 3: tests"]


@pytest.mark.parametrize(
    "program",
    [".ci/run", "tools/make_environment.sh", "deploy/release.sh", "deploy/backup.sh", "deploy/nightly.sh"],
)
def test_programs_can_be_run(program: str):
    assert os.access(ROOT / program, os.X_OK)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (house_rules.banned_names, "hold_reps = 3"),
        (house_rules.banned_names, "def find(client): ..."),
        (house_rules.banned_names, "class WorkoutPage: ..."),
        (house_rules.banned_names, "duration = 4"),
        (house_rules.unexplained_silences, "import os  # noqa"),
        (house_rules.unexplained_silences, "import os  # noqa: F401"),
        (house_rules.unexplained_silences, "hold = '3'  # type: ignore[assignment]"),
        (house_rules.unexplained_silences, "# mypy: ignore-errors"),
        (house_rules.unexplained_silences, "# mypy: disable-error-code=attr-defined  # the platform is untyped"),
        (house_rules.unexplained_silences, "# ruff: noqa: E501  (long lines of a table)"),
        (house_rules.machine_paths, "open('" + "/".join(["", "home", "somebody", "notes.txt"]) + "')"),
        (house_rules.inline_code, '<p class="a" style="color: red">'),
        (house_rules.inline_code, "<button onclick='go()'>"),
        (house_rules.inline_code, "<style>p {}</style>"),
        (house_rules.inline_code, "<script>go()</script>"),
        (house_rules.inline_code, '<script type="module">go()</script>'),
    ],
)
def test_a_planted_fault_is_found(rule: Rule, text: str):
    assert len(rule(text)) == 1


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (house_rules.banned_names, "repetitions = 3"),
        (house_rules.unexplained_silences, "import os  # noqa: F401  (importing it registers the checks)"),
        (house_rules.unexplained_silences, "a: int = b  # type: ignore[assignment]  # a computed annotation"),
        (house_rules.machine_paths, "see https://example.org/home/page and /exercises/"),
        (house_rules.inline_code, '<script type="module" src="/static/a.js"></script>'),
        (house_rules.inline_code, '{# <p style="x"> #}<p data-style="a">'),
    ],
)
def test_what_is_allowed_passes(rule: Rule, text: str):
    assert rule(text) == []


def test_a_string_that_points_upwards_is_found_and_a_docstring_is_not():
    text = '"""See routines.models."""\nlabel = "routines.RoutinePage"\nplain = "routines are many. Yes."'
    assert house_rules.upward_strings(text, ("stretchsite", "routines")) == ["line 2: routines.RoutinePage"]


def test_a_template_of_an_upper_floor_and_a_relative_one_are_found():
    used = ["./a.html", "routines/b.html", "components/c.html"]
    text = '{% extends "base.html" %}' + "".join(f'{{% include "{name}" %}}' for name in used)
    assert house_rules.upward_templates(text, {"components", "exercises"}) == ["./a.html", "routines/b.html"]
