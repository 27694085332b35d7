"""Loads libraries, exports them, loads that into an empty site and exports it again, and counts what is not the same.

    python -m tools.round_trip [--libraries 200] [--first 0] [--no-starter]

The starter library as drafts and published, and as many libraries made at random, each of which uses what it likes of
the format. On SQLite, or on the database ``DATABASE_URL`` names (``tools/with_postgres.py`` gives one). The exit status
is 1 where a byte differs, or anything imported counts as approved.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tools.trial_site import trial_site

STARTER = Path(__file__).resolve().parent.parent / "library" / "starter"


def main() -> int:
    """Try them all; the exit status."""
    asked = argparse.ArgumentParser(description="Round trips of libraries")
    asked.add_argument("--libraries", type=int, default=200)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--no-starter", action="store_true")
    options = asked.parse_args()
    with trial_site(), tempfile.TemporaryDirectory(prefix="stretchsite-round-trip-") as name:
        _ready_site(Path(name))
        return _tried(Path(name), options)


def _ready_site(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command

    settings.MEDIA_ROOT = folder / "media"
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("setup_site", verbosity=0)


def _tried(folder: Path, options: argparse.Namespace) -> int:
    from django.db import connection

    from testing.random_libraries import folder_of

    begun, faults, records = time.monotonic(), 0, 0
    for publish in () if options.no_starter else (False, True):
        found, number = _one("starter", STARTER, folder / f"starter-{publish}", publish=publish)
        faults, records = faults + found, records + number
    numbers = range(options.first, options.first + options.libraries)
    for done, number in enumerate(numbers, start=1):
        with tempfile.TemporaryDirectory(dir=folder) as name:
            library = folder_of(number, Path(name) / "made")
            found, written = _one(f"library {number}", library, Path(name), publish=False)
        faults, records = faults + found, records + written
        if done % 20 == 0:
            print(f"{done} of {len(numbers)}, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    database = connection.vendor
    print(f"{database}: {len(numbers)} libraries at random, {records} records, {faults} not the same")
    return 1 if faults else 0


def _one(name: str, library: Path, work: Path, *, publish: bool) -> tuple[int, int]:
    """Whether one library comes back as other bytes, and how many records were written."""
    from testing.round_trips import differences, lost, round_trip, written_again

    work.mkdir(exist_ok=True)
    first, second, said = round_trip(library, work, publish=publish)
    other = differences(first, second)
    wrong = [line.strip() for line in said.splitlines() if "To mend" in line or "Left out" in line]
    wrong += [f"says something else: {record}" for record in lost(library, work / "first")]
    wrong += [f"would be written again: {record}" for record in written_again(library, work / "first")]
    if other or wrong:
        print(f"{name}{' published' if publish else ''}: {other} {wrong}")
        for file in other[:3]:
            print(first.get(file, b"").decode()[:1500], "---", second.get(file, b"").decode()[:1500], sep="\n")
    return int(bool(other or wrong)), len(first) - 1


if __name__ == "__main__":
    sys.exit(main())
