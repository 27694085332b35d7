"""The measuring: rounds that visit every page in turn, and the table that comes of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.bench.caller import Caller
from tools.bench.load import requests_per_second
from tools.bench.server import cpu_seconds

ROUNDS = 4
REQUESTS_PER_ROUND = 60
WARM_UP_REQUESTS = 20
LOAD_ROUNDS = 2
LOAD_SECONDS = 3

HEAD = [
    "page",
    "min ms",
    "p50 ms",
    "p95 ms",
    "CPU ms",
    "CPU, N",
    "p50, N",
    "requests/s",
    "of the empty view",
    "bytes",
    "gzipped",
]


@dataclass
class Page:
    """One page under measurement: where it is, what it must say, and what was seen."""

    name: str
    port: int
    path: str
    processes: tuple[int, ...]
    must_say: tuple[str, ...] = ()
    #: What costs little is asked for more often, or its cost could not be told.
    requests: int = REQUESTS_PER_ROUND
    milliseconds: list[float] = field(default_factory=list)
    cpu_milliseconds: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    plain_bytes: int = 0
    wire_bytes: int = 0

    def check_and_warm_up(self) -> None:
        """Make sure that it is the page that was meant, and let every worker have seen it.

        Raises SystemExit when it is another one.
        """
        answer = Caller(self.port, self.path).get()
        missing = [words for words in self.must_say if words not in answer.text]
        if answer.status != 200 or missing:
            raise SystemExit(f"{self.name} ({self.path}): status {answer.status}, does not say {missing}")
        self.plain_bytes = len(answer.text.encode())
        self.wire_bytes = len(answer.body)
        for _ in range(WARM_UP_REQUESTS):
            # A connection each, so that both workers get their share.
            caller = Caller(self.port, self.path)
            caller.get()
            caller.close()

    def ask_in_sequence(self) -> None:
        """One caller, one request after the other. Raises SystemExit when an answer is not 200."""
        count = self.requests
        caller = Caller(self.port, self.path)
        caller.get()
        before = cpu_seconds(self.processes)
        for _ in range(count):
            started = time.perf_counter()
            status = caller.get().status
            self.milliseconds.append((time.perf_counter() - started) * 1000)
            if status != 200:
                raise SystemExit(f"{self.name}: status {status} in the middle of a run")
        after = cpu_seconds(self.processes)
        caller.close()
        if before is not None and after is not None:
            self.cpu_milliseconds.append((after - before) * 1000 / count)

    def ask_all_at_once(self, seconds: int = LOAD_SECONDS) -> None:
        """As many requests as fit."""
        self.per_second.append(requests_per_second(self.port, self.path, seconds))

    @property
    def cpu(self) -> float | None:
        """Milliseconds on a processor for one request, the database's included; the middle of the rounds."""
        return statistics.median(self.cpu_milliseconds) if self.cpu_milliseconds else None


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spin_milliseconds() -> float:
    """How long a fixed piece of work takes: where that differs from round to round, the machine was busy."""
    started = time.perf_counter()
    sum(number * number for number in range(400_000))
    return (time.perf_counter() - started) * 1000


def measure(pages: Sequence[Page]) -> list[float]:
    """Measure all pages in turn, every other round backwards, so that a slow minute hits them alike.

    What it returns says how busy the machine was: milliseconds for the same work before each round.
    """
    spins = []
    for page in pages:
        page.check_and_warm_up()
    for number in range(ROUNDS):
        spins.append(spin_milliseconds())
        for page in pages if number % 2 == 0 else reversed(pages):
            page.ask_in_sequence()
    spins.append(spin_milliseconds())
    for number in range(LOAD_ROUNDS):
        for page in pages if number % 2 == 0 else reversed(pages):
            page.ask_all_at_once()
    return spins


def row(page: Page, empty: Page) -> list[str]:
    """A page's figures, and what they are beside the empty view's."""
    p50 = percentile(page.milliseconds, 0.5)
    per_second = statistics.median(page.per_second)
    return [
        page.name,
        f"{min(page.milliseconds):.2f}",
        f"{p50:.2f}",
        f"{percentile(page.milliseconds, 0.95):.2f}",
        "–" if page.cpu is None else f"{page.cpu:.2f}",
        "–" if (times := cpu_times(page, empty)) is None else f"{times:.{1 if times >= 10 else 2}f}",
        f"{p50 / percentile(empty.milliseconds, 0.5):.1f}",
        f"{per_second:.0f}",
        f"{100 * per_second / statistics.median(empty.per_second):.1f} %",
        str(page.plain_bytes),
        str(page.wire_bytes),
    ]


def cpu_times(page: Page, empty: Page) -> float | None:
    """N: how many times the processor time of the empty view; None where it cannot be told."""
    return page.cpu / empty.cpu if page.cpu and empty.cpu else None


def table(pages: Sequence[Page], empty: Page) -> str:
    """All figures as a Markdown table."""
    lines = [HEAD, ["---", *["--:"] * (len(HEAD) - 1)], *(row(page, empty) for page in pages)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
