"""Somebody types, pauses, moves rows, is signed out, reloads, saves, is approved, in 200 random orders: what is lost.

    python -m tools.soak.typed_words [rounds [first]]

In a real browser, on the site of the browser stories; the exit status tells, and the figures stand at the end.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STORY = "tests/browser/test_typed_words.py"
#: Under these names the story is told how many rounds to play, and with which chance to begin.
HOW_MANY, FIRST = "STRETCHSITE_TYPING_ROUNDS", "STRETCHSITE_TYPING_FIRST"
MANY = "200"


def main(told: list[str]) -> int:
    """Play as many rounds as told, or 200; the exit status."""
    rounds, first = [*told, *(MANY, "1")[len(told) :]][:2]
    given = {**os.environ, HOW_MANY: rounds, FIRST: first}
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", STORY]
    return subprocess.run(command, cwd=ROOT, env=given, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
