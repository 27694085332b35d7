"""The commands a newcomer meets first: what make offers, and what is said where Python is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tooling.sources import ROOT

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def plain_environment(**more: str) -> dict[str, str]:
    """An environment as from a fresh terminal, even when these tests were started by make."""
    return {**{k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "MFLAGS"}, **more}


@needs_make
def test_make_alone_lists_every_command():
    told = subprocess.run(["make"], cwd=ROOT, env=plain_environment(), capture_output=True, text=True, check=True)
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    for command in phony[1].split():
        if not command.endswith("-environment"):
            assert re.search(rf"^  {command} +\S", told.stdout, re.MULTILINE), command


def test_a_missing_python_is_said_clearly_and_nothing_is_made(tmp_path: Path):
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "tools" / "make_environment.sh")],
        cwd=tmp_path,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is missing" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_python_that_only_pretends_is_passed_over(tmp_path: Path):
    stand_in = tmp_path / "python3.11"
    stand_in.write_text("#!/bin/sh\necho 'python3.11: command not found in any version' >&2\nexit 127\n")
    stand_in.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "tools" / "make_environment.sh")],
        cwd=tmp_path,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is missing" in done.stderr


@needs_make
def test_lint_checks_the_production_settings_with_secrets_of_the_moment():
    told = subprocess.run(
        ["make", "--dry-run", "lint"], cwd=ROOT, env=plain_environment(), capture_output=True, text=True
    )
    assert "check --deploy --fail-level WARNING" in told.stdout
    assert "secrets.token_urlsafe" in told.stdout
