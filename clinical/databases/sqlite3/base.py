"""SQLite whose waits for a lock are as long as whoever asks may wait, and whose questions have an end.

Readers wait for nobody in WAL mode; but for a lock on the whole file (a tool that holds it, a recovery) everybody does,
and for the writers' lock everybody who writes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base as sqlite

from clinical.serving.waiting import LEAST_SECONDS, TookTooLong, patience

#: How often a running question is asked whether it has taken too long: every so many steps of SQLite's machine, some
#: milliseconds each time.
STEPS = 50_000


class _TimedCursor(sqlite.SQLiteCursorWrapper):
    """A cursor that tells its connection when a question began."""

    connection: _TimedConnection

    def execute(self, query: str, params: Any = None) -> Any:
        """Ask."""
        with self.connection.timed():
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Ask the same of many."""
        with self.connection.timed():
            return super().executemany(query, param_list)


class _TimedConnection(sqlite3.Connection):
    """A connection that ends a question which takes longer than may be waited for it."""

    begun = 0.0

    @contextmanager
    def timed(self) -> Iterator[None]:
        """A question begins now, and what it takes is gone for the next."""
        self.begun = time.monotonic()
        try:
            with allowed.spent() if (allowed := patience()) else nullcontext():
                yield
        finally:
            # What is left is less by now: rows that are fetched later begin to count from here.
            self.begun = time.monotonic()

    def takes_too_long(self) -> bool:
        """Whether to end what is running; SQLite asks."""
        allowed = patience()
        return allowed is not None and time.monotonic() - self.begun > max(LEAST_SECONDS, allowed.left())


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """Django's, with an end to each wait."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """A new one. A database that is gone is not begun anew, empty, for a request."""
        if patience() and not self.is_in_memory_db() and not Path(str(self.settings_dict["NAME"])).is_file():
            raise TookTooLong("The database is gone.")
        self._lock_seconds = self._may_wait_for_locks()
        timed = {**conn_params, "factory": _TimedConnection, "timeout": self._lock_seconds}
        connection: _TimedConnection = super().get_new_connection(timed)
        connection.set_progress_handler(connection.takes_too_long, STEPS)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor; whoever asks now may have more or less time than the last."""
        seconds = self._may_wait_for_locks()
        if seconds != self._lock_seconds:
            self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
            self._lock_seconds = seconds
        return self.connection.cursor(factory=_TimedCursor)

    @contextmanager
    def ending_after(self, seconds: float) -> Iterator[None]:
        """The same name as PostgreSQL's, which has a server to tell; here patience alone ends what takes too long."""
        yield

    def _may_wait_for_locks(self) -> float:
        allowed = patience()
        usual = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        return usual if allowed is None else max(LEAST_SECONDS, allowed.lock)
