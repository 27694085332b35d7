"""Counting who opens what was shared, without the page waiting for it or failing by it (PD5, SL7).

Reading writes nothing: a request only adds one to a number in the memory of its process. Half a minute later a thread
of that process writes what has come together, in one transaction for all routines; so a hundred patients cost one
write, and a database that cannot be written to delays the numbers and nothing else. A process that ends writes what it
has; one that is killed loses at most half a minute of counting.
"""

from __future__ import annotations

import atexit
import logging
import re
from collections import Counter
from datetime import date
from threading import Lock, Timer

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest
from django.utils import timezone

from clinical.serving.waiting import Patience, waiting_at_most
from sharing.models import openings

logger = logging.getLogger(__name__)

#: What a thread that counts waits for the database and its locks, in seconds; what it could not write comes next time.
PATIENCE = Patience(each=5, lock=2)

#: Browsers of people all begin like this, and none of them calls itself so.
_BROWSER = re.compile(r"Mozilla/")
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|scan|preview|monitor|headless|externalhit|link ?check|https?:|python|curl", re.IGNORECASE
)
_AHEAD_OF_TIME = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_opened_by_a_reader(request: HttpRequest) -> bool:
    """Whether somebody has the page before them: no program, no fetch ahead of time, nobody who works here."""
    told, agent = request.headers, request.headers.get("User-Agent", "")
    if request.method != "GET" or not _BROWSER.match(agent) or _MACHINE.search(agent):
        return False
    if any(name in told for name in _AHEAD_OF_TIME) or told.get("Sec-Fetch-Dest", "document") != "document":
        return False
    # Asked only of whoever brings a session along: to look at one makes the answer vary by cookies.
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated


class Tally:
    """What one process has counted and not yet written."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[int, date]] = Counter()
        self._timer: Timer | None = None
        self._is_written_at_exit = False
        self._counting, self._writing = Lock(), Lock()

    def add(self, routine_id: int, day: date) -> None:
        """Count one."""
        with self._counting:
            self._counts[routine_id, day] += 1
            self._write_later()

    def write(self) -> None:
        """Add what has come together to the database; where that fails, keep it for the next time and say so."""
        with self._writing:
            with self._counting:
                counts, self._counts, self._timer = self._counts, Counter(), None
            if not counts:
                return
            try:
                with waiting_at_most(PATIENCE):
                    openings.add(counts)
            except (Error, OSError):  # the second: the lock's file cannot be opened
                logger.exception("Openings of shared links could not be counted; they will be tried again.")
                with self._counting:
                    self._counts.update(counts)
                    self._write_later()

    def _write_later(self) -> None:
        """Have it written in a while, unless that is arranged already; the first time, also when the process ends."""
        if self._timer or not settings.OPENINGS_WRITTEN_AFTER_SECONDS:
            return
        if not self._is_written_at_exit:
            atexit.register(self._write_and_hang_up)
            self._is_written_at_exit = True
        self._timer = Timer(settings.OPENINGS_WRITTEN_AFTER_SECONDS, self._write_and_hang_up)
        self._timer.daemon = True
        self._timer.start()

    def _write_and_hang_up(self) -> None:
        """A thread has a connection of its own, which nobody else would close."""
        try:
            self.write()
        finally:
            connections.close_all()


tally = Tally()


def count_opening(request: HttpRequest, routine_id: int) -> None:
    """Count that a link to this routine was opened. Whatever goes wrong with that, the page is shown."""
    try:
        if is_opened_by_a_reader(request):
            tally.add(routine_id, timezone.localdate())
    except Exception:
        logger.exception("An opening of a shared link could not be counted.")
