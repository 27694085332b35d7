"""Readers who keep asking two servers of one site, while a third process withdraws and revokes (SL5)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.browser import serving

#: Callers at each server, all at once.
CALLERS = 2
PATIENCE_SECONDS = 120

#: What a phone calls itself, so that it is counted as one.
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/129.0 Mobile Safari/537.36"

#: Another process than either server. It makes links, and then does what it is told, line by line; it answers with the
#: time by the clock that all processes of a machine share, read as soon as the change is written, or with a count.
OFFICER = """
import django, json, sys, time
django.setup()
from clinical.models import User
from clinical.withdrawal import withdrawing
from routines.models import RoutinePage
from sharing.models import DailyOpenings, ShareLink, ShareLinkItem, issue
from sharing.models.links import end_of

officer = User.objects.get(username="safety-officer")
routine = RoutinePage.objects.get(slug="restless-legs-during-an-attack")


def link():
    items = routine.items.with_exercises().order_by("sort_order")
    rows = [ShareLinkItem.kept_of(item, number) for number, item in enumerate(items)]
    return issue(routine, officer, rows, sessions_per_day=1, days_per_week=7, expires_at=end_of(90)).token


def withdraw():
    exercise = routine.items.order_by("sort_order").first().exercise
    withdrawing.withdraw(exercise, by=officer, reason="It hurt somebody.")


def counted():
    return sum(DailyOpenings.objects.values_list("count", flat=True))


print(json.dumps([link() for _number in range(int(sys.argv[1]))]), flush=True)
for line in sys.stdin:
    told = {"withdraw": withdraw, "revoke": ShareLink.objects.revoke, "count": counted}[line.strip()]()
    print(json.dumps(told if line.strip() == "count" else time.monotonic()), flush=True)
"""


@dataclass(frozen=True)
class Told:
    """What one request was told: by which server, when it was sent and answered, the status and the page."""

    server: str
    sent: float
    answered: float
    status: int
    page: str


class Officer:
    """The process that withdraws and revokes, and the tokens of the links it made."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.tokens: Any = self._answer()

    def do(self, what: str) -> float:
        """Have it done; the moment from which on everybody must be told. For a count: the count."""
        assert self.process.stdin
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        moment: Any = self._answer()
        return moment

    def _answer(self) -> object:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the process that withdraws has died"
        return json.loads(line)


@contextmanager
def officer(folder: Path, links: int) -> Iterator[Officer]:
    """The process, for as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-c", OFFICER, str(links)],
        cwd=serving.ROOT,
        env=serving.environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Officer(process)
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(PATIENCE_SECONDS)


@dataclass
class Crowd:
    """Readers at every server, each asking for one address after the other without a pause."""

    servers: Sequence[str]
    paths: Sequence[str]
    told: list[Told] = field(default_factory=list)
    is_over: bool = False

    @contextmanager
    def asking(self) -> Iterator[None]:
        """They ask until the block ends."""
        people = [threading.Thread(target=self._ask, args=(server,)) for server in list(self.servers) * CALLERS]
        for person in people:
            person.start()
        try:
            yield
        finally:
            self.is_over = True
            for person in people:
                person.join()

    def _ask(self, server: str) -> None:
        for number in count():
            if self.is_over:
                return
            self.told.append(opened(server, self.paths[number % len(self.paths)]))

    def since(self, moment: float, at_least: int) -> list[Told]:
        """Wait until so many were sent after the moment at each server, and answered; all of them."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            later = [told for told in list(self.told) if told.sent > moment]
            if all(sum(told.server == server for told in later) >= at_least for server in self.servers):
                return later
            time.sleep(0.05)
        raise AssertionError("the servers answered too few requests")


def opened(server: str, path: str) -> Told:
    """One request."""
    sent = time.monotonic()
    try:
        asked = Request(f"{server}{path}", headers={"User-Agent": PHONE})
        with urlopen(asked, timeout=PATIENCE_SECONDS) as answer:
            status, page = answer.status, answer.read().decode()
    except HTTPError as refusal:
        with refusal:
            status, page = refusal.code, refusal.read().decode()
    return Told(server, sent, time.monotonic(), status, page)
