"""The same pose gives the same bytes: in one process, in another, and whatever was drawn before."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from figures.engine import library, render
from figures.engine.fingerprint import fingerprint

ROOT = Path(__file__).resolve().parents[3]

PROGRAM = """
import hashlib
import sys
from figures.engine import library, render, strip
whole = hashlib.sha256()
for name in sys.argv[1:]:
    illustration = library.illustration(name)
    for pose in illustration.figures:
        whole.update(render.draw(illustration, pose.key).svg("t", "d").encode())
whole.update(strip.strip_svg(library.illustration("squat")).encode())
print(whole.hexdigest())
"""


def in_a_process(seed: str, names: list[str]) -> str:
    """The digest of these exercises, drawn by a process of its own with its own hashing of strings."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *names],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_two_processes_write_the_same_bytes(is_whole: bool):
    names = library.names() if is_whole else library.names()[::5]
    first = in_a_process("1", names)
    assert len(first) == len(hashlib.sha256().hexdigest())
    assert in_a_process("2", names) == first


def test_two_runs_write_the_same_bytes_whatever_came_between():
    squat = library.illustration("squat")
    first = render.draw(squat, "end").svg("t", "d")
    render.draw(library.illustration("plank"), "start", "dark")
    assert render.draw(squat, "end").svg("t", "d") == first


def test_a_fingerprint_changes_with_what_is_drawn_and_only_then():
    squat = library.illustration("squat")
    reviewed = squat.model_copy(update={"reviewed_by": "Somebody"})
    other = squat.model_copy(update={"model": "m3"})
    assert fingerprint(reviewed, "end") == fingerprint(squat, "end")
    assert len({fingerprint(squat, "end"), fingerprint(squat, "start"), fingerprint(other, "end")}) == 3
    assert fingerprint(squat, "end", "print") != fingerprint(squat, "end")
