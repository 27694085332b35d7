"""How soon every reader of a link and of the routine's own page is told that an exercise is withdrawn (SL5).

    python -m tools.bench.stopping    in the environment of a site that ``fresh_site`` has built: makes ten links,
                                      prints their tokens, then withdraws and restores as it is told, line by line

A third process withdraws, and says by the clock of the machine when whoever did so would be answered. The two servers
share the database and nothing else, and the page cache of each holds the routine's page from before. A hundred times
the next reader at each must see the notice within a second; once, a hundred readers come at the same moment, and all
must see it, as fast as both servers can answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from typing import TYPE_CHECKING

import django

from tools.bench.caller import Answer, Caller
from tools.bench.fresh_site import ROOT, ROUTINE

if TYPE_CHECKING:
    from clinical.models import User
    from exercises.models import ExercisePage

LINKS = 10
RUNS = 100
AT_ONCE = 100
#: Callers at each server at once, as many as one has threads.
CALLERS = 4
MOST_SECONDS = 1.0
NOTICE = "taken out for safety"


@dataclass(frozen=True)
class Stopped:
    """Of so many requests so many were told, and how long after the withdrawal the last had its answer."""

    told: int
    asked: int
    seconds: float

    @property
    def all_were_told(self) -> bool:
        """Whether nobody was shown the exercise."""
        return self.told == self.asked


def report(one_by_one: Sequence[Stopped], at_once: Stopped) -> str:
    """The outcome as two lines for a person: a reader who was not told is another matter than one told late."""
    slowest = max(each.seconds for each in one_by_one)
    untold = sum(not each.all_were_told for each in one_by_one)
    late = sum(each.all_were_told and each.seconds > MOST_SECONDS for each in one_by_one)
    good = len(one_by_one) - untold - late
    kept = "kept" if good == len(one_by_one) else "MISSED"
    return (
        f"Withdrawn: in {good} of {len(one_by_one)} runs the next reader at either server was told within "
        f"{MOST_SECONDS:.0f} s, in {late} late, in {untold} not; the slowest after {slowest:.2f} s. All: {kept}.\n"
        f"Of {at_once.asked} readers at the same moment {at_once.told} were told, the last of them after "
        f"{at_once.seconds:.2f} s. All: {'kept' if at_once.all_were_told else 'MISSED'}."
    )


def measure(ports: Sequence[int], given: Mapping[str, str]) -> str:
    """Withdraw and ask, again and again; what was seen. Raises SystemExit when the notice was there before."""
    with _Officer.at_work(given) as officer, ThreadPoolExecutor(CALLERS * len(ports)) as readers:
        links = cycle([(port, f"/s/{token}/") for token in officer.tokens for port in ports])
        public = [(port, f"/routines/{ROUTINE}/") for port in ports]
        one_by_one = [_withdrawn(officer, readers, [*public, *islice(links, len(ports))]) for _number in range(RUNS)]
        at_once = [*islice(cycle(public), AT_ONCE // 2), *islice(links, AT_ONCE // 2)]
        return report(one_by_one, _withdrawn(officer, readers, at_once))


def _withdrawn(officer: _Officer, readers: Executor, addresses: Sequence[tuple[int, str]]) -> Stopped:
    officer.do("restore")
    # Twice what comes afterwards, so that nothing is opened or made for the first time then.
    if any(NOTICE in answer.text for answer in readers.map(_ask, [*addresses, *addresses])):
        raise SystemExit("The notice is shown before anything is withdrawn.")
    moment = officer.do("withdraw")
    answers = list(readers.map(_ask, addresses))
    seconds = time.monotonic() - moment
    told = sum(answer.status == 200 and NOTICE in answer.text for answer in answers)
    return Stopped(told, len(answers), seconds)


def _ask(address: tuple[int, str]) -> Answer:
    port, path = address
    caller = Caller(port, path)
    answer = caller.get()
    caller.close()
    return answer


class _Officer:
    """The third process, as it is seen from here."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.tokens: list[str] = json.loads(self._answer())

    @classmethod
    @contextmanager
    def at_work(cls, given: Mapping[str, str]) -> Iterator[_Officer]:
        """The process, for as long as the block lasts."""
        command = [sys.executable, "-m", "tools.bench.stopping"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, env=dict(given), stdin=pipe, stdout=pipe, text=True) as process:
            try:
                yield cls(process)
            finally:
                process.kill()

    def do(self, what: str) -> float:
        """Have it done; the moment from which on everybody must be told."""
        assert self._process.stdin is not None  # noqa: S101  (a pipe; this tells the type checker)
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        return float(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout is not None  # noqa: S101  (as above)
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("The process that withdraws has ended; what it said stands above.")
        return line


def main() -> int:
    """Be the third process; the exit status."""
    django.setup()
    from clinical.models import User
    from routines.models import RoutinePage
    from stretchsite.page_cache.settling import wait_until_settled
    from tools.bench.shared_link import link_to

    officers = [User.objects.create_user(f"bench-officer-{name}") for name in ("one", "two")]
    routine = RoutinePage.objects.get(slug=ROUTINE)
    exercise = routine.items.with_exercises().order_by("sort_order")[0].exercise
    print(json.dumps([link_to(routine, officers[0]) for _number in range(LINKS)]), flush=True)
    for line in sys.stdin:
        if line.strip() == "withdraw":
            _withdraw(exercise, officers[0])
        else:
            _restore(exercise, *officers)
        wait_until_settled()
        print(time.monotonic(), flush=True)
    return 0


def _withdraw(exercise: ExercisePage, officer: User) -> None:
    from clinical.withdrawal import withdrawing

    exercise.refresh_from_db()
    withdrawing.withdraw(exercise, by=officer, reason="It hurt somebody.")


def _restore(exercise: ExercisePage, asks: User, lifts: User) -> None:
    """Lift the withdrawal, where there is one, and publish again what was live."""
    from clinical.models import Withdrawal
    from clinical.withdrawal import withdrawing

    for withdrawal in Withdrawal.objects.filter(lifted_at=None):
        withdrawing.ask_to_lift(withdrawal, by=asks, reason="It did not.")
        withdrawing.lift(withdrawal, by=lifts)
        exercise.refresh_from_db()
        exercise.latest_revision.publish()


if __name__ == "__main__":
    sys.exit(main())
