"""Runs the measurements of ``tools.bench``; see there."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import tools.bench
from tools.bench import drawing, fresh_site, stopping
from tools.bench.figures import Page, cpu_times, measure, table
from tools.bench.load import what_calls
from tools.bench.server import gunicorn, postgres_process

#: What the routine of ten may cost at most, and what it aims at, in N.
ROUTINE_MOST_N = 45
ROUTINE_AIM_N = 30


def say(text: str) -> None:
    """Progress, on the error stream: the output is the table."""
    print(text, file=sys.stderr, flush=True)


def pages_of(site: tuple[int, int], empty: tuple[int, int], database: int | None, token: str) -> list[Page]:
    """The pages that are measured: the routine first, then its shared page by its token; the empty view last."""
    titles = [item["exercise"] for item in fresh_site.routine_of_ten()["items"]]
    links = tuple(f"/exercises/{slug}/" for slug in titles)
    port, process = site
    processes = (process,) if database is None else (process, database)
    exercise = f"/exercises/{fresh_site.EXERCISE}/"
    return [
        Page("routine of 10 exercises", port, f"/routines/{fresh_site.ROUTINE}/", processes, links),
        Page("the same, shared by link", port, f"/s/{token}/", processes, ("Your stretching routine", "breathe out")),
        Page("exercise", port, exercise, processes, ("<h1",)),
        Page("exercise catalogue", port, "/exercises/", processes, (f"/exercises/{fresh_site.first_listed()}/",)),
        Page("empty view, no middleware", empty[0], "/", (empty[1],), ("ok",)),
    ]


def measure_on(name: str, database_url: str, folder: Path) -> None:
    """Build a site on this database, measure it, and print the table."""
    say(f"{name}: building a site with the starter library (half a minute)")
    given = fresh_site.environment(folder, database_url)
    token = fresh_site.build(folder, given)
    with ExitStack() as stack:
        site = stack.enter_context(gunicorn("stretchsite.wsgi", given, folder / "site.log"))
        empty = stack.enter_context(gunicorn("tools.bench.empty", given, folder / "empty.log"))
        pages = pages_of(site, empty, postgres_process(database_url), token)
        say(f"{name}: measuring (a minute)")
        spins = measure(pages)
    print(f"\n### {name}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print(table(pages, pages[-1]))
    print(
        f"\nLoad by {what_calls()}. The same piece of work took {min(spins):.0f} to {max(spins):.0f} ms between rounds."
    )
    print(verdict("Routine of 10", cpu_times(pages[0], pages[-1])))
    print(verdict("Shared by link", cpu_times(pages[1], pages[-1])), flush=True)
    subprocess.run([sys.executable, "-m", "tools.bench.handouts"], cwd=fresh_site.ROOT, env=given, check=True)
    # Last: it takes an exercise off the site.
    with ExitStack() as stack:
        logs = [folder / "one.log", folder / "other.log"]
        servers = [stack.enter_context(gunicorn("stretchsite.wsgi", given, log, workers=1)) for log in logs]
        print(stopping.measure([port for port, _process in servers], given), flush=True)


def verdict(what: str, times: float | None) -> str:
    """Whether the routine of ten keeps within its budget, which is the same behind a link."""
    if times is None:
        return "CPU time cannot be told on this system, so N is not known."
    kept = "kept" if times <= ROUTINE_MOST_N else "MISSED"
    aim = "reached" if times <= ROUTINE_AIM_N else "not reached"
    return f"{what}: {times:.1f} N. At most {ROUTINE_MOST_N}: {kept}. Aim {ROUTINE_AIM_N}: {aim}."


def main(which: list[str]) -> int:
    """Measure on the databases named, or on both; the exit status."""
    if set(which) - {"figures", "sqlite", "postgres", "here"}:
        raise SystemExit(tools.bench.__doc__)
    outcome = 0
    if "figures" in which or not which:
        say("Figures: drawing every pose once (a quarter of a minute)")
        print("\n### Figures\n")
        print(drawing.report(drawing.cost_of(drawing.starter_library())), flush=True)
    if "sqlite" in which or not which:
        with tempfile.TemporaryDirectory(prefix="stretchsite-bench-") as name:
            measure_on("SQLite", f"sqlite:///{name}/db.sqlite3", Path(name))
    if "postgres" in which or not which:
        # Always a server of its own: a database that somebody keeps must not be filled with measurements.
        environment = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
        command = [sys.executable, "tools/with_postgres.py", sys.executable, "-m", "tools.bench", "here"]
        outcome = subprocess.run(command, cwd=fresh_site.ROOT, env=environment, check=False).returncode
    if "here" in which:
        with tempfile.TemporaryDirectory(prefix="stretchsite-bench-") as name:
            measure_on("PostgreSQL", os.environ["DATABASE_URL"], Path(name))
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
