"""The generation on PostgreSQL: what a process has read it uses for a moment, and never longer.

A question to the server costs as much as an empty view. So each process reads again every quarter of a second, and
answers from memory only while its last successful reading *began* less than half a second ago, by a clock that nobody
sets. Whoever takes something off the site is answered six tenths of a second after the commit: then it is off in every
process of every machine (``stretchsite.page_cache.settling``).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import Error, connections

from clinical.serving.waiting import Patience, waiting_at_most
from stretchsite.page_cache.generations import PAUSE_SECONDS, QUESTION, VERIFIED_SECONDS, Pause, say_off
from stretchsite.page_cache.move_triggers import missing_triggers

#: How old what was read may be before it is read again, and before it may not be used; and when nobody anywhere is
#: shown any more what was there before a commit. In seconds.
AGAIN_SECONDS, TRUSTED_SECONDS, SETTLED_SECONDS = 0.25, 0.5, 0.6
#: How long a thread waits for another that is asking just now, and for the server, in seconds.
STANDING_SECONDS, SERVER_SECONDS = 0.05, 1.0


class Lease:
    """``read`` gives the value as the database has it now, and raises where it cannot."""

    settled_seconds = SETTLED_SECONDS

    def __init__(self, read: Callable[[], str], clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock = read, clock
        self._known = ("", float("-inf"))
        self._asking = threading.Lock()
        self._pause = Pause(clock)

    def current(self) -> str:
        """It, as it was less than half a second ago."""
        value, began = self._known
        age = self._clock() - began
        if age < AGAIN_SECONDS:
            return value
        # Whoever finds somebody asking goes by what is known, as long as that holds.
        seconds = 0 if age < TRUSTED_SECONDS else STANDING_SECONDS
        if self._asking.acquire(timeout=seconds):
            try:
                if self._clock() - self._known[1] >= AGAIN_SECONDS:
                    self._ask()
            finally:
                self._asking.release()
        value, began = self._known
        return value if self._clock() - began < TRUSTED_SECONDS else ""

    def at_once(self) -> str:
        """It, read now; empty where it cannot be read soon."""
        if not self._asking.acquire(timeout=STANDING_SECONDS):
            return ""
        try:
            return self._known[0] if self._ask() else ""
        finally:
            self._asking.release()

    def _ask(self) -> bool:
        """Read it; whether that was possible."""
        if self._pause.is_on():
            return False
        began = self._clock()
        try:
            self._known = (self._read(), began)
        except (Error, OSError):
            self._known = ("", float("-inf"))
            self._pause.begin(PAUSE_SECONDS)
            return False
        return True


class ServerRow:
    """Reads the row on a connection of the process's own, with an end to each wait. Asked by one thread at a time."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._is_whole, self._verified_until = False, float("-inf")

    def __call__(self) -> str:
        """The value; empty while a trigger is missing. Raises where the server does not answer soon."""
        try:
            with waiting_at_most(Patience(each=SERVER_SECONDS, together=SERVER_SECONDS, lock=0)):
                return self._value() if self._is_verified() else ""
        except BaseException:
            self.forget()
            raise

    def _value(self) -> str:
        with self._connected().cursor() as cursor:
            cursor.execute(QUESTION)
            row = cursor.fetchone()
        return str(row[0]) if row else ""

    def _is_verified(self) -> bool:
        now = time.monotonic()
        if now >= self._verified_until:
            missing = missing_triggers(self._connected())
            self._is_whole, self._verified_until = not missing, now + VERIFIED_SECONDS
            if missing:
                say_off(missing)
        return self._is_whole

    def _connected(self) -> Any:
        if self._connection is None:
            self._connection = connections["default"].copy()
            self._connection.inc_thread_sharing()
        return self._connection

    def forget(self) -> None:
        """A connection that has failed once is not used again."""
        lost, self._connection, self._verified_until = self._connection, None, float("-inf")
        if lost is not None:
            with suppress(Error, OSError):
                lost.close()
