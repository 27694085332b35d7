"""Several writers, each creating and publishing pages back to back: stress, not human pace (M9, M10)."""

from __future__ import annotations

import time
from dataclasses import dataclass

from exercises.models import ExercisePage
from tools.soak.crew import Hand, Line
from tools.soak.stage import Posted, add_address, desk, entitled, new_exercise

#: What the slowest publication may take, in seconds.
WORST_SECONDS = 5
PATIENCE_SECONDS = 600
#: What whoever waited too long for a turn is told; they send the same again, as a person would.
BUSY = 503


@dataclass(frozen=True)
class Written:
    """How many were asked for, how many are live, and what each took."""

    asked: int
    live: int
    seconds: tuple[float, ...]
    is_timed: bool
    told_busy: int = 0

    def is_good(self) -> bool:
        """All of it; and none of it too slow, where the machine does nothing else."""
        return self.live == self.asked and (max(self.seconds) <= WORST_SECONDS or not self.is_timed)

    def __str__(self) -> str:
        middle = sorted(self.seconds)[len(self.seconds) // 2]
        took = f"median {middle:.2f} s, worst {max(self.seconds):.2f} s"
        return f"writers: {self.live} of {self.asked} live; {took}; told to try again {self.told_busy} times"


def _write(line: Line, number: int, count: int, posted: Posted, address: str) -> None:
    browser = desk()
    line.send("ready")
    line.recv()
    taken, told_busy = [], 0
    for page in range(count):
        asked = time.perf_counter()
        while browser.post(address, entitled(posted, f"written-{number}-{page}")).status_code == BUSY:
            told_busy += 1
        taken.append(time.perf_counter() - asked)
    line.send((taken, told_busy))


def trial(writers: int, each: int, *, is_timed: bool = True) -> Written:
    """Let them all begin at the same moment, and count what is live afterwards."""
    posted, address = new_exercise(), add_address()
    hands = [Hand(_write, number, each, posted, address) for number in range(writers)]
    for hand in hands:
        hand.hear(PATIENCE_SECONDS)
    for hand in hands:
        hand.line.send("go")
    heard = [hand.hear(PATIENCE_SECONDS) for hand in hands]
    seconds = [each for taken, _busy in heard for each in taken]
    for hand in hands:
        hand.process.join()
    live = ExercisePage.objects.live().filter(slug__startswith="written-").count()
    return Written(writers * each, live, tuple(seconds), is_timed, sum(busy for _taken, busy in heard))
