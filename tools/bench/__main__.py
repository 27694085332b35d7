"""Runs the measurements of ``tools.bench``; see there."""

from __future__ import annotations

import os
import platform
import statistics
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
#: What a page from memory may cost at most, in N, and how many times the empty view's requests a second it serves.
KEPT_MOST_N = 0.9
KEPT_LEAST_SHARE, KEPT_AIM_SHARE = 1.3, 1.5
#: So many requests a round for what costs little, or its cost could not be told.
CHEAP_REQUESTS = 600


def say(text: str) -> None:
    """Progress, on the error stream: the output is the table."""
    print(text, file=sys.stderr, flush=True)


def pages_of(
    made: tuple[int, int], kept: tuple[int, int], empty: tuple[int, int], database: int | None, token: str
) -> list[Page]:
    """The pages that are measured: the routine first, then its shared page by its token; the empty view last.

    The first site makes each for every request; the second has the page cache in front.
    """
    titles = [item["exercise"] for item in fresh_site.routine_of_ten()["items"]]
    links = tuple(f"/exercises/{slug}/" for slug in titles)
    port, process = made
    of_database = () if database is None else (database,)
    processes = (process, *of_database)
    exercise = f"/exercises/{fresh_site.EXERCISE}/"
    return [
        Page("routine of 10 exercises", port, f"/routines/{fresh_site.ROUTINE}/", processes, links),
        Page("the same, shared by link", port, f"/s/{token}/", processes, ("Your stretching routine", "breathe out")),
        Page("exercise", port, exercise, processes, ("<h1",)),
        Page("exercise catalogue", port, "/exercises/", processes, (f"/exercises/{fresh_site.first_listed()}/",)),
        *[
            Page(f"{name}, kept", kept[0], path, (kept[1], *of_database), ("<h1",), requests=CHEAP_REQUESTS)
            for name, path in (("routine", f"/routines/{fresh_site.ROUTINE}/"), ("exercise", exercise), ("home", "/"))
        ],
        Page("empty view, no middleware", empty[0], "/", (empty[1],), ("ok",), requests=CHEAP_REQUESTS),
    ]


def measure_on(name: str, database_url: str, folder: Path) -> None:
    """Build a site on this database, measure it, and print the table."""
    say(f"{name}: building a site with the starter library (half a minute)")
    given = fresh_site.environment(folder, database_url)
    token = fresh_site.build(folder, given)
    with ExitStack() as stack:
        without = {**given, "PAGE_CACHE": "0"}
        made = stack.enter_context(gunicorn("stretchsite.wsgi", without, folder / "site.log"))
        kept = stack.enter_context(gunicorn("stretchsite.wsgi", given, folder / "kept.log"))
        empty = stack.enter_context(gunicorn("tools.bench.empty", given, folder / "empty.log"))
        pages = pages_of(made, kept, empty, postgres_process(database_url), token)
        say(f"{name}: measuring (a minute)")
        spins = measure(pages)
    print(f"\n### {name}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print(table(pages, pages[-1]))
    print(
        f"\nLoad by {what_calls()}. The same piece of work took {min(spins):.0f} to {max(spins):.0f} ms between rounds."
    )
    print(verdict("Routine of 10", cpu_times(pages[0], pages[-1])))
    print(verdict("Shared by link", cpu_times(pages[1], pages[-1])))
    print(*[verdict_on_kept(page, pages[-1]) for page in pages[-4:-1]], sep="\n", flush=True)
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


def verdict_on_kept(page: Page, empty: Page) -> str:
    """Whether a page from memory keeps within its budget."""
    times, share = cpu_times(page, empty), statistics.median(page.per_second) / statistics.median(empty.per_second)
    if times is None:
        return "CPU time cannot be told on this system, so N is not known."
    kept = "kept" if times <= KEPT_MOST_N and share >= KEPT_LEAST_SHARE else "MISSED"
    return (
        f"{page.name.capitalize()}: {times:.2f} N, {share:.2f} times the empty view's requests. "
        f"At most {KEPT_MOST_N} N and at least {KEPT_LEAST_SHARE} times: {kept}. Aim {KEPT_AIM_SHARE} times."
    )


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
