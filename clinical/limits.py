"""At most so many of something in a window of time, for each key: counted over all processes, and never in the way.

On PostgreSQL the counts stand in a table of their own, so they hold over all machines; on SQLite in a small file beside
the database, since whoever counts in the database itself waits for its writers. Each count is one statement that adds
and tells, so of many at the same moment no more pass than of as many in turn. Where neither can be written to, each
process counts in its memory: counting fails nobody, and guessing is still slowed down.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from django.db import Error, connection

logger = logging.getLogger(__name__)

#: The table, on PostgreSQL and in the file; and what the file's name ends in.
TABLE, FILE_SUFFIX = "clinical_counts", "-counts"
#: The table's columns, in words both databases know. Counts are worth no log of their own: lost in a crash, begun anew.
COLUMNS = "key text PRIMARY KEY, count integer NOT NULL, ends double precision NOT NULL"
#: How long one count may wait for another in the file, in seconds.
FILE_WAIT_SECONDS = 0.25
#: How often what is over is removed, in seconds.
SWEEP_SECONDS = 60
#: The most keys one process remembers where nothing can be written.
MOST_REMEMBERED = 10_000

#: How many there have been, and when the window ends, in seconds since 1970.
Counted = tuple[int, float]
#: Runs one statement and gives its first row, if it has any.
Ask = Callable[[str, Mapping[str, Any]], Counted | None]

_LOOK = f"SELECT count, ends FROM {TABLE} WHERE key = %(key)s AND ends > %(now)s"  # noqa: S608  (a constant)
_COUNT = f"""
    INSERT INTO {TABLE} (key, count, ends) VALUES (%(key)s, 1, %(ends)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN {TABLE}.ends > %(now)s THEN {TABLE}.count + 1 ELSE 1 END,
        ends = CASE WHEN {TABLE}.ends > %(now)s THEN {TABLE}.ends ELSE excluded.ends END
    RETURNING count, ends
"""  # noqa: S608  (a constant)
_SWEEP = f"DELETE FROM {TABLE} WHERE ends <= %(now)s"  # noqa: S608  (a constant)


@dataclass(frozen=True)
class Limit:
    """So many of something, such as ``misses``, in a window that begins with the first."""

    name: str
    most: int
    window_seconds: float

    def seconds_to_wait(self, key: str) -> int:
        """Count one more for this key; how long it has to wait when there have been too many, else 0."""
        now = time.time()
        full_key = f"{self.name}:{key}"
        for ask in (_ask, _remember):
            try:
                count, ends = self._counted(ask, full_key, now)
            except (Error, sqlite3.Error, OSError) as error:
                logger.warning("A count of %s could not be kept: %s", self.name, error)
            else:
                return max(1, round(ends - now)) if count > self.most else 0
        return 0

    def _counted(self, ask: Ask, key: str, now: float) -> Counted:
        """Whoever is over the limit already is only looked up: a flood of attempts writes nothing."""
        asked = {"key": key, "now": now, "ends": now + self.window_seconds}
        known = ask(_LOOK, asked)
        if known and known[0] > self.most:
            return known
        _sweep_now_and_then(ask, now)
        counted = ask(_COUNT, asked)
        return counted or (1, now + self.window_seconds)


def forget_everything() -> None:
    """Begin all counts anew, in all processes."""
    _memory.clear()
    try:
        _ask(_SWEEP, {"now": float("inf")})
    except (Error, sqlite3.Error, OSError):
        logger.exception("Old counts could not be removed.")


def _ask(statement: str, asked: Mapping[str, Any]) -> Counted | None:
    """Where all processes count."""
    if connection.vendor != "postgresql":
        return _file.ask(statement, asked)
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchone() if cursor.description else None


def _remember(statement: str, asked: Mapping[str, Any]) -> Counted | None:
    """The same in the memory of this process."""
    now, key = asked["now"], asked.get("key", "")
    with _remembering:
        if statement == _SWEEP or len(_memory) > MOST_REMEMBERED:
            _memory.clear()
        count, ends = _memory.get(key, (0, 0.0))
        known = (count, ends) if ends > now else (0, asked.get("ends", now))
        if statement == _COUNT:
            _memory[key] = known = (known[0] + 1, known[1])
        return known if known[0] else None


def _sweep_now_and_then(ask: Ask, now: float) -> None:
    """Remove what is over, at most once a minute in each process."""
    if now - _swept.get(ask, 0) >= SWEEP_SECONDS:
        _swept[ask] = now
        ask(_SWEEP, {"now": now})


class _CountsFile:
    """The file beside the database, opened once in each process. A database in memory has its counts there too."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._opened: tuple[int, str] | None = None
        self._connection: sqlite3.Connection | None = None

    def ask(self, statement: str, asked: Mapping[str, Any]) -> Counted | None:
        """One statement; the threads of a process take turns, so only processes wait for each other."""
        with self._lock:
            cursor = self._connected().execute(statement.replace("%(", ":").replace(")s", ""), asked)
            return next(iter(cursor.fetchall()), None)

    def _connected(self) -> sqlite3.Connection:
        name = str(connection.settings_dict["NAME"])
        place = f"{name}{FILE_SUFFIX}" if Path(name).is_file() else ":memory:"
        # Not the connection of the process this one was forked from.
        if self._connection is None or self._opened != (os.getpid(), place):
            opened = sqlite3.connect(place, FILE_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
            for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF"):
                opened.execute(statement)
            opened.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} ({COLUMNS})")
            self._connection, self._opened = opened, (os.getpid(), place)
        return self._connection


_file = _CountsFile()
_memory: dict[str, Counted] = {}
_remembering = Lock()
_swept: dict[Ask, float] = {}
