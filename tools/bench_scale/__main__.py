"""Runs the measurements of ``tools.bench_scale``; see there."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import tools.bench_scale
from tools.bench import fresh_site

#: What SQLite is meant for (docs/deployment.md).
USUAL_NUMBER = 20_000


def say(text: str) -> None:
    """Progress, on the error stream: the output is the table."""
    print(text, file=sys.stderr, flush=True)


def main(asked: list[str]) -> int:
    """Make the site, or, as the process that has its settings, fill it and ask; the exit status."""
    words = [word for word in asked if not word.isdecimal()]
    number = next((int(word) for word in asked if word.isdecimal()), USUAL_NUMBER)
    if set(words) - {"sqlite", "postgres", "here", "inside"}:
        raise SystemExit(tools.bench_scale.__doc__)
    if "inside" in words:
        return _measure(number)
    if "postgres" in words:
        program = [sys.executable, "tools/with_postgres.py", sys.executable, "-m", "tools.bench_scale", "here"]
        return subprocess.run([*program, str(number)], cwd=fresh_site.ROOT, check=False).returncode
    with tempfile.TemporaryDirectory(prefix="stretchsite-scale-") as name:
        address = os.environ["DATABASE_URL"] if "here" in words else f"sqlite:///{name}/db.sqlite3"
        given = fresh_site.environment(Path(name), address)
        say("building a site with the starter library (half a minute)")
        fresh_site.build(Path(name), given)
        inside = [sys.executable, "-m", "tools.bench_scale", "inside", str(number)]
        return subprocess.run(inside, cwd=fresh_site.ROOT, env=given, check=False).returncode


def _measure(number: int) -> int:
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from clinical.models import User
    from tools.bench_scale import asking, growing

    growing.grow_to(number, say)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    say("asking")
    browser = Client(headers={"host": "127.0.0.1"})
    answers = list(asking.ask_readers(browser))
    browser.force_login(User.objects.create_superuser("scale"))
    answers += asking.ask_desk(browser)
    print(f"\n### {number:,} exercises, {connection.display_name}\n")
    print(asking.table(answers, asking.MOST_SECONDS), flush=True)
    worst = max(answer.seconds for answer in answers if answer.where == "search")
    return int(worst > asking.MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
