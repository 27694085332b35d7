"""Numbers that requests add to and nobody's request writes: kept in memory, written together by a thread of its own.

Reading writes nothing: a request only adds one to a number in the memory of its process. After a while a thread of that
process writes what has come together, in one transaction; so a hundred readers cost one write, and a database that
cannot be written to delays the numbers and nothing else. A process that ends writes what it has; one that is killed
loses what came together since the last writing.
"""

from __future__ import annotations

import atexit
import logging
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock, Timer
from typing import Any, Generic, TypeVar

from django.db import Error, connections

from clinical.serving.waiting import Busy, Patience, waiting_at_most

logger = logging.getLogger(__name__)

Key = TypeVar("Key")

#: What a thread that counts waits for the database and its locks, in seconds; what it could not write comes next time.
PATIENCE = Patience(each=5, lock=2)

#: Browsers of people all begin like this, and none of them calls itself so.
_BROWSER = re.compile(r"Mozilla/")
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|scan|preview|monitor|headless|externalhit|link ?check|https?:|python|curl", re.IGNORECASE
)
#: Of what a program calls itself, so many characters are looked at: no browser has more to say.
MOST_OF_AN_AGENT = 600
_AHEAD_OF_TIME = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


@lru_cache(maxsize=512)
def is_of_a_person(agent: str) -> bool:
    """Whether a browser of a person calls itself so. Most say the same few things, so what was found is remembered."""
    return bool(_BROWSER.match(agent)) and not _MACHINE.search(agent)


def is_read_by_somebody(environ: Mapping[str, Any]) -> bool:
    """Whether somebody has the page before them: no program, no fetch ahead of time. Asked of the request's headers."""
    agent = environ.get("HTTP_USER_AGENT", "")[:MOST_OF_AN_AGENT]
    if environ.get("REQUEST_METHOD") != "GET" or not is_of_a_person(agent):
        return False
    if any(name in environ for name in _AHEAD_OF_TIME):
        return False
    return bool(environ.get("HTTP_SEC_FETCH_DEST", "document") == "document")


class Tally(Generic[Key]):
    """What one process has counted and not yet written. Whoever needs one says where it is kept, and how often."""

    #: What could not be counted, for the log.
    what = ""

    def __init__(self) -> None:
        self._counts: Counter[Key] = Counter()
        self._timer: Timer | None = None
        self._is_written_at_exit = False
        self._counting, self._writing = Lock(), Lock()

    def keep(self, counts: Mapping[Key, int]) -> None:
        """Add these to what the database has: all or, where it refuses, none."""
        raise NotImplementedError

    def seconds(self) -> float:
        """How long they are counted in memory before they are written; 0: until somebody asks."""
        raise NotImplementedError

    def count(self, key: Key) -> None:
        """Count one."""
        with self._counting:
            self._counts[key] += 1
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
                    self.keep(counts)
            except Busy:  # that is no fault of anything
                logger.warning("%s are counted later: somebody else is writing.", self.what)
                self._keep_for_later(counts)
            except (Error, OSError):  # the second: the lock's file cannot be opened
                logger.exception("%s could not be counted; they will be tried again.", self.what)
                self._keep_for_later(counts)

    def _keep_for_later(self, counts: Counter[Key]) -> None:
        with self._counting:
            self._counts.update(counts)
            self._write_later()

    def _write_later(self) -> None:
        """Have it written in a while, unless that is arranged already; the first time, also when the process ends."""
        if self._timer or not self.seconds():
            return
        if not self._is_written_at_exit:
            atexit.register(self._write_and_hang_up)
            self._is_written_at_exit = True
        self._timer = Timer(self.seconds(), self._write_and_hang_up)
        self._timer.daemon = True
        self._timer.start()

    def _write_and_hang_up(self) -> None:
        """A thread has a connection of its own, which nobody else would close."""
        try:
            self.write()
        finally:
            connections.close_all()
