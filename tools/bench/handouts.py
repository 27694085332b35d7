"""What a handout costs: how long the typesetter takes for the routine that is measured, with another content each time.

python -m tools.bench.handouts        in the environment of a site that ``fresh_site`` has built
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

import django

#: Milliseconds a handout may take in the middle, and how many are made.
MOST_MILLISECONDS = 150
TIMES = 30


def milliseconds_of(make: Callable[[int], bytes], times: int = TIMES) -> list[float]:
    """How long each of them took; ``make`` is given a number that no other call gets."""
    taken = []
    for number in range(times):
        started = time.perf_counter()
        make(number)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def report(taken: list[float]) -> str:
    """The cost as a line for a person."""
    middle = statistics.median(taken)
    kept = "kept" if middle <= MOST_MILLISECONDS else "MISSED"
    return (
        f"{len(taken)} handouts of ten exercises: median {middle:.0f} ms, fastest {min(taken):.0f}, "
        f"slowest {max(taken):.0f}. At most {MOST_MILLISECONDS}: {kept}."
    )


def main() -> int:
    """Measure the routine of ten; the exit status."""
    django.setup()
    from exercises.models.redrawing import on_paper
    from routines.models import RoutinePage
    from routines.outputs.handout import handout
    from routines.outputs.paper import Paper
    from tools.bench.fresh_site import ROUTINE

    sheet = RoutinePage.objects.get(slug=ROUTINE).sheet()

    def make(number: int) -> bytes:
        day = date(2026, 1, 1) + timedelta(days=number)
        return handout(
            sheet, Paper(address="https://stretch.example/", printed_on=day, site_name="Stretchsite"), on_paper
        )

    print(report(milliseconds_of(make)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
