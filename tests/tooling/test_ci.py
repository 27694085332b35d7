"""What runs by itself, on the code host and before a commit, is what runs by hand, and may no more than it must."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.tooling.sources import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]


def jobs() -> list[dict[str, Any]]:
    """Every job of every workflow."""
    read = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in WORKFLOWS)
    return [job for workflow in read for job in workflow["jobs"].values()]


def steps() -> list[dict[str, Any]]:
    """Every step of every job."""
    return [step for job in jobs() for step in job["steps"]]


def test_the_code_host_runs_what_everybody_runs_and_each_night_all_of_it():
    assert [step["run"] for step in steps() if "run" in step] == [".ci/run", "make ${{ matrix.target }}"]
    (nightly,) = (job["strategy"]["matrix"]["target"] for job in jobs() if "strategy" in job)
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {"test-whole", "test-postgres"} == set(nightly) <= set(targets)


def test_every_action_is_pinned_by_its_commit():
    used = [step["uses"] for step in steps() if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", name)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_the_code_and_nothing_else(path: Any):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())


def test_hooks_before_a_commit_run_the_locked_linters():
    assert [repository["repo"] for repository in HOOKS] == ["local"]
    hooks = HOOKS[0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert all(hook["entry"].startswith(".venv/bin/") for hook in hooks)
    lint = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)", ".venv/bin/python")
    lint = lint.replace("$(MANAGE)", ".venv/bin/python manage.py")
    for hook in hooks:
        assert hook["entry"].removesuffix(" --force-exclude") in lint, hook["id"]
