"""A site made for measuring: the starter library and one routine of ten exercises, in a temporary folder.

The routine goes in by the library's own format and command, so it passes the publish gate like any other.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
LIBRARY = ROOT / "library" / "starter"

#: The routine that lends its words to the one that is measured.
MODEL_ROUTINE = "daily-legs"
ROUTINE = "ten-exercises"
EXERCISE = "wall-calf-stretch"
EXERCISES_IN_ROUTINE = 10


def environment(folder: Path, database_url: str) -> dict[str, str]:
    """What the production settings ask for, with secrets of the moment."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tools.bench.settings",
        "BENCH_FOLDER": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SHARE_LINK_KEYS": secrets.token_urlsafe(60),
        "SHARE_CODE_KEYS": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": "https://127.0.0.1",
        "DATABASE_URL": database_url,
        # The pages are for https only; the header that says so comes from the caller here, as from a proxy in life.
        "BEHIND_PROXY": "1",
    }


def _exercises(library: Path) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted((library / "exercises").glob("*.yaml"))]


def first_listed(library: Path = LIBRARY) -> str:
    """The id of the exercise at the head of the catalogue, which has pages and goes by title."""
    return str(min(_exercises(library), key=lambda exercise: exercise["title"])["id"])


def routine_of_ten(library: Path = LIBRARY) -> dict[str, Any]:
    """A routine record with ten different exercises, each on the side that fits it."""
    record: dict[str, Any] = yaml.safe_load((library / "routines" / f"{MODEL_ROUTINE}.yaml").read_text("utf-8"))
    exercises = _exercises(library)
    record |= {"id": ROUTINE, "title": "Ten exercises"}
    record["items"] = [
        {
            "exercise": exercise["id"],
            # Notes that its conditions bring along ask for a warm-up first.
            "phase": "main" if place else "warm_up",
            "side": "each" if exercise["laterality"] == "unilateral" else "both",
        }
        for place, exercise in enumerate(exercises[:EXERCISES_IN_ROUTINE])
    ]
    return record


def build(folder: Path, given: dict[str, str]) -> str:
    """Make the site; the token of a link to its routine. Raises SystemExit with what was said when a step fails."""
    library = folder / "library"
    shutil.copytree(LIBRARY, library)
    text = yaml.safe_dump(routine_of_ten(), allow_unicode=True, sort_keys=False)
    (library / "routines" / f"{ROUTINE}.yaml").write_text(text, "utf-8")
    for step in (
        ["collectstatic", "--no-input", "--verbosity", "0"],
        ["migrate", "--verbosity", "0"],
        ["setup_site"],
        ["load_library", str(library), "--publish"],
    ):
        _done(["manage.py", *step], given)
    return _done(["-m", "tools.bench.shared_link"], given).strip()


def _done(program: list[str], given: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, *program], cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(program[:2])} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout
