"""A few of each trial of ``make soak``, with real processes on a database of their own: nothing lost, nothing half."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tooling.sources import ROOT

SECONDS = 900


@pytest.mark.slow
def test_nothing_is_lost_or_half_done_when_several_write_and_processes_are_killed(
    django_db_setup: Path | None, tmp_path: Path
):
    # A database of its own, as the migrations leave it: that of the tests is emptied by those that commit.
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if django_db_setup:
        environment["DATABASE_URL"] = f"sqlite:///{shutil.copy(django_db_setup, tmp_path / 'site.sqlite3')}"
    done = subprocess.run(
        [sys.executable, "-m", "tools.soak", "few", "here"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "lost without a word 0, errors 0" in done.stdout
    assert "writers: 8 of 8 live" in done.stdout
    assert "half states 0" in done.stdout


def test_a_word_it_does_not_know_is_answered_with_what_it_can_do():
    done = subprocess.run([sys.executable, "-m", "tools.soak", "oracle"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "python -m tools.soak" in done.stderr
