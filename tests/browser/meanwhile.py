"""Runs programs at the stories' site, as its operator would, each in a process of its own.

Django takes seconds to start, so it is started once: ``python -m tests.browser.meanwhile`` waits with it ready, and
every program that it is sent, as a line of JSON, runs in a copy of it.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import traceback
from contextlib import redirect_stdout
from functools import lru_cache
from pathlib import Path
from typing import IO

from tests.browser import serving
from tests.browser.serving import ROOT, StorySite


def meanwhile(site: StorySite, program: str) -> str:
    """Run a program in the site's settings; what it printed. Raises AssertionError with the trace where it failed."""
    asked, answers = _waiting(str(site.log.parent))
    asked.write(f"{json.dumps(program)}\n")
    asked.flush()
    said, trace = json.loads(answers.readline())
    assert not trace, trace
    return str(said).strip()


@lru_cache(maxsize=1)
def _waiting(folder: str) -> tuple[IO[str], IO[str]]:
    """The process that waits with Django ready for the site of this folder; it ends with the one that asks."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.meanwhile"],
        cwd=ROOT,
        env=serving.environment(Path(folder)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    return process.stdin, process.stdout


def _run(program: str) -> tuple[str, str]:
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            exec(program, {})
    except BaseException:
        return printed.getvalue(), traceback.format_exc()
    return printed.getvalue(), ""


def _wait() -> None:
    for line in sys.stdin:
        copy = os.fork()
        if not copy:
            sys.stdout.write(f"{json.dumps(_run(json.loads(line)))}\n")
            sys.stdout.flush()
            os._exit(0)
        # One that was killed has said nothing, and whoever asked waits for a line.
        if status := os.waitpid(copy, 0)[1]:
            sys.stdout.write(f"{json.dumps(('', f'ended with status {status}'))}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    import django

    django.setup()
    _wait()
