"""The pure modules, where the clinical rules are, are checked as strictly as the type checker can."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.tooling.sources import ROOT

SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]


def strict_modules() -> set[str]:
    """What must be annotated throughout, a package by its bare name."""
    (strict,) = [part for part in SETTINGS["mypy"]["overrides"] if part.get("disallow_untyped_defs")]
    return {name.removesuffix(".*") for name in strict["module"]}


def test_every_module_that_knows_no_models_is_checked_strictly():
    (pure,) = [contract for contract in SETTINGS["importlinter"]["contracts"] if contract["id"] == "pure"]
    assert set(pure["source_modules"]) <= strict_modules()


def test_every_strict_module_is_there():
    for name in strict_modules():
        path = ROOT / name.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "text", "fault"),
    [
        ("pure", "def seconds(hold): return hold\n", "no-untyped-def"),
        ("loose", "def seconds(hold): return 1 + ''\n", "operator"),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, package: str, text: str, fault: str):
    """With the settings for the pure modules and for the rest, but without Django, which takes a minute."""
    (strict,) = [part for part in SETTINGS["mypy"]["overrides"] if part.get("disallow_untyped_defs")]
    told = {name: value for name, value in SETTINGS["mypy"].items() if value is True}
    told |= {name: value for name, value in strict.items() if value in (True, False)} if package == "pure" else {}
    (tmp_path / "rule.py").write_text(text)
    lines = "".join(f"{name} = {value}\n" for name, value in told.items())
    (tmp_path / "mypy.ini").write_text(f"[mypy]\n{lines}")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "rule.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert f"[{fault}]" in done.stdout
