"""Two hundred hostile questions asked of a large site: each is answered in words, and none takes long.

    python -m tools.bench_scale.hostile                  20,000 exercises on SQLite
    python -m tools.bench_scale.hostile 1000             as many as wanted
    python tools/with_postgres.py python -m tools.bench_scale.hostile here    on PostgreSQL

They are asked as a reader, while one types, and in the admin, one after the other, in the process that times them. The
site is made in a temporary folder and goes with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from testing.hostile_questions import hostile_questions
from tools.bench import fresh_site
from tools.bench_scale import growing

if TYPE_CHECKING:
    from django.test import Client

#: What SQLite is meant for (docs/deployment.md).
USUAL_NUMBER = 20_000
#: What the worst of them may take, in seconds, on SQLite with 20,000 exercises.
MOST_SECONDS = 1.0
#: Where they are asked: as a reader, while one types, and in the admin.
PLACES = ("/search/", "/search/suggestions/", "/admin/pages/search/")
#: An answer, or words on why there is none. Busy (503) is no answer here: nobody else asks.
ANSWERED = (200, 400)


@dataclass(frozen=True)
class Taken:
    """What one question took at one place, in seconds, and how it was answered."""

    place: str
    question: str
    seconds: float
    status: int


def ask_all(browser: Client) -> Iterator[Taken]:
    """Every question at every place; ``browser`` is signed in."""
    browser.raise_request_exception = False
    for place in PLACES:
        for question in hostile_questions():
            start = time.perf_counter()
            status = browser.get(f"{place}?q={question}", secure=True).status_code
            yield Taken(place, question, time.perf_counter() - start, status)


def said_of(taken: list[Taken]) -> str:
    """The worst of each place, and whatever was no answer."""
    lines = ["| where | questions | no answer | worst ms | asked |", "|---|---:|---:|---:|---|"]
    for place in PLACES:
        here = [each for each in taken if each.place == place]
        worst = max(here, key=lambda each: each.seconds)
        failed = sum(each.status not in ANSWERED for each in here)
        asked = worst.question[:40].replace("|", "\\|")
        lines.append(f"| {place} | {len(here)} | {failed} | {worst.seconds * 1000:.0f} | `{asked}` |")
    lines += [f"{each.place} answered {each.status}: {each.question[:100]}" for each in taken if not _is_answered(each)]
    kept = "kept" if all_kept(taken) else "MISSED"
    return "\n".join([*lines, f"\nAll answered, and each within {MOST_SECONDS * 1000:.0f} ms: {kept}."])


def all_kept(taken: list[Taken]) -> bool:
    """Whether every question was answered, and in time."""
    return all(_is_answered(each) and each.seconds <= MOST_SECONDS for each in taken)


def _is_answered(taken: Taken) -> bool:
    return taken.status in ANSWERED


def main(asked: list[str]) -> int:
    """Make the site, or, as the process that has its settings, let it grow and ask; the exit status."""
    number = next((int(word) for word in asked if word.isdecimal()), USUAL_NUMBER)
    if "inside" in asked:
        return _measure(number)
    if {word for word in asked if not word.isdecimal()} - {"here"}:
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory(prefix="stretchsite-hostile-") as name:
        address = os.environ["DATABASE_URL"] if "here" in asked else f"sqlite:///{name}/db.sqlite3"
        given = fresh_site.environment(Path(name), address)
        fresh_site.build(Path(name), given)
        inside = [sys.executable, "-m", "tools.bench_scale.hostile", "inside", str(number)]
        return subprocess.run(inside, cwd=fresh_site.ROOT, env=given, check=False).returncode


def _measure(number: int) -> int:
    growing.fill_trial_site(number)
    from django.db import connection
    from django.test import Client

    from clinical.models import User

    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(User.objects.create_superuser("hostile"))
    taken = list(ask_all(browser))
    print(f"\n### {number:,} exercises, {connection.display_name}\n\n{said_of(taken)}", flush=True)
    return int(not all_kept(taken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
