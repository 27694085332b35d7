"""Runs the trials of ``tools.soak``; see there."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import tools.soak

ROOT = Path(__file__).resolve().parent.parent.parent
#: Rounds of two editors, writers, pages of each, kills.
MANY, FEW = (500, 8, 25, 200), (6, 4, 2, 5)
DATABASE = "stretchsite_soak"


@contextmanager
def database_beside(url: str) -> Iterator[str]:
    """An empty database on the server of this address, removed afterwards; the one that is named stays as it is."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}"))
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def hold(database_url: str, how_many: tuple[int, int, int, int]) -> bool:
    """The three trials on this database; whether all went well. Only once in a process: Django is set up for it."""
    os.environ |= {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "stretchsite.settings.test"}
    import django

    django.setup()
    # What is refused is refused on purpose, hundreds of times.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    from tools.soak import editors, kills, stage, writers

    stage.build()
    rounds, people, each, times = how_many
    name = database_url.partition(":")[0]
    print(f"\n### {name}, {os.cpu_count()} cores\n", flush=True)
    outcomes = []
    for trial in (
        lambda: editors.trial(rounds),
        lambda: writers.trial(people, each, is_timed=how_many == MANY),
        lambda: kills.trial(times),
    ):
        begun = time.monotonic()
        outcome: editors.Edited | writers.Written | kills.Killed = trial()
        print(f"{outcome} ({time.monotonic() - begun:.0f} s): {'good' if outcome.is_good() else 'BAD'}", flush=True)
        outcomes.append(outcome.is_good())
    stage.hang_up()
    return all(outcomes)


def main(which: list[str]) -> int:
    """The trials on the databases named, or on both; the exit status."""
    if set(which) - {"sqlite", "postgres", "here", "few"}:
        raise SystemExit(tools.soak.__doc__)
    how_many, outcome = (FEW if "few" in which else MANY), 0
    named = set(which) - {"few"}
    if "sqlite" in which:
        with tempfile.TemporaryDirectory(prefix="stretchsite-soak-") as folder:
            outcome = 0 if hold(f"sqlite:///{folder}/db.sqlite3", how_many) else 1
    elif "here" in which:
        named_url = os.environ["DATABASE_URL"]
        with nullcontext(named_url) if named_url.startswith("sqlite:") else database_beside(named_url) as url:
            outcome = 0 if hold(url, how_many) else 1
    else:
        few = ["few"] if "few" in which else []
        myself = [sys.executable, "-m", "tools.soak", *few]
        environment = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
        commands = [] if named == {"postgres"} else [[*myself, "sqlite"]]
        # Always a server of its own: a database that somebody keeps must not be filled with trials.
        commands.append([sys.executable, "tools/with_postgres.py", *myself, "here"])
        for command in commands:
            outcome |= subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
