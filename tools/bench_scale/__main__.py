"""Runs the measurements of ``tools.bench_scale``; see there."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tools.bench_scale
from tools.bench import fresh_site
from tools.bench.server import gunicorn, postgres_process
from tools.bench_scale import asking, report
from tools.bench_scale.questions import Question, Site, Taken

#: What everything is compared with, and what SQLite is meant for (docs/deployment.md).
USUAL_SIZES = [1_000, 20_000]
WORDS = {"sqlite", "postgres", "here", "audit"}


def say(text: str) -> None:
    """Progress, on the error stream: the output is the table."""
    print(text, file=sys.stderr, flush=True)


def main(asked: list[str]) -> int:
    """Make the site and ask, here or with a PostgreSQL server; the exit status, 1 where an aim is missed."""
    words = {word for word in asked if not word.isdecimal()}
    sizes = sorted(int(word) for word in asked if word.isdecimal()) or USUAL_SIZES
    if words - WORDS:
        raise SystemExit(tools.bench_scale.__doc__)
    if "postgres" in words:
        program = [sys.executable, "tools/with_postgres.py", sys.executable, "-m", "tools.bench_scale", "here"]
        more = [*map(str, sizes), *(words & {"audit"})]
        return subprocess.run([*program, *more], cwd=fresh_site.ROOT, check=False).returncode
    with tempfile.TemporaryDirectory(prefix="stretchsite-scale-") as name:
        address = os.environ["DATABASE_URL"] if "here" in words else f"sqlite:///{name}/db.sqlite3"
        return measure(Path(name), address, sizes, audits_all="audit" in words)


def measure(folder: Path, database_url: str, sizes: list[int], *, audits_all: bool) -> int:
    """Let one site grow from size to size, ask at each, and print the table."""
    given = fresh_site.environment(folder, database_url)
    say("building a site with the starter library (half a minute)")
    fresh_site.build(folder, given)
    measured: dict[int, dict[Question, Taken]] = {}
    peaks: dict[int, float] = {}
    audits = []
    for size in sizes:
        site = grown(size, given)
        say(f"asking {size:,} exercises")
        with gunicorn("stretchsite.wsgi", given, folder / f"{size}.log", workers=1) as (port, process):
            measured[size] = asking.ask_all(port, site, filter(None, (process, postgres_process(database_url))))
            peaks[size] = asking.peak_megabytes(process)
        if audits_all or size == sizes[0]:
            say("auditing everything live")
            audits.append(audited(given, folder / "audit.log", size))
    found = report.rows(measured)
    name = "PostgreSQL" if database_url.startswith("postgres") else "SQLite"
    print(f"\n### {' and '.join(f'{size:,}' for size in sizes)} exercises, {name}, milliseconds\n")
    print(report.table(found), "", report.memory(peaks), *audits, sep="\n", flush=True)
    return int(any(row.verdict.startswith("MISSED") for row in found) or max(peaks.values()) > report.MOST_MEGABYTES)


def grown(size: int, given: dict[str, str]) -> Site:
    """Have another process let the site grow, so that this one knows no database."""
    say(f"growing to {size:,} exercises")
    began = time.monotonic()
    program = [sys.executable, "-m", "tools.bench_scale.grow", str(size)]
    done = subprocess.run(program, cwd=fresh_site.ROOT, env=given, stdout=subprocess.PIPE, text=True, check=True)
    say(f"grown in {time.monotonic() - began:.0f} s")
    return Site.told(done.stdout.splitlines()[-1])


def audited(given: dict[str, str], log: Path, size: int) -> report.Audited:
    """Run ``audit_live``, whatever it finds, and see what it takes."""
    began = time.monotonic()
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "audit_live"], cwd=fresh_site.ROOT, env=given, stdout=said, stderr=said
        )
        _pid, _status, used = os.wait4(process.pid, 0)
        # One that finds something ends with 1, one that breaks off in another way.
        process.returncode = os.waitstatus_to_exitcode(_status)
    if process.returncode not in {0, 1}:
        raise SystemExit(f"audit_live broke off: {log.read_text(encoding='utf-8')[-2000:]}")
    return report.Audited(size, time.monotonic() - began, used.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
