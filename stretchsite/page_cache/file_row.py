"""The generation on SQLite: the row itself, read for every request."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path

from stretchsite.page_cache.generations import OFF_SECONDS, PAUSE_SECONDS, QUESTION, VERIFIED_SECONDS, Pause, say_off

#: How long a lock of the whole file is waited for, in seconds.
LOCK_SECONDS = 0.05


class FileRow:
    """Reads on a connection of each thread that can only read.

    A connection lives a minute, and no longer than the file is the same one; with each the triggers are looked at.
    ``wanted`` are those that should be there, by table and name.
    """

    settled_seconds = 0.0

    def __init__(self, database: Path, wanted: frozenset[tuple[str, str]]) -> None:
        self._database, self._wanted = database, wanted
        self._thread = threading.local()
        self._pause = Pause()

    def current(self) -> str:
        """It, as it is now; empty where it cannot be read at once, or a trigger is missing."""
        held: _Held | None = getattr(self._thread, "held", None)
        try:
            if held is None or not held.is_good(self._database):
                held = self._connected()
            return held.read() if held else ""
        except (sqlite3.Error, OSError):
            self._thread.held = None
            self._pause.begin(PAUSE_SECONDS)
            return ""

    at_once = current

    def _connected(self) -> _Held | None:
        self._thread.held = None
        if self._pause.is_on():
            return None
        held = _Held(self._database)
        if missing := self._wanted - held.triggers():
            say_off(name for _table, name in missing)
            self._pause.begin(OFF_SECONDS)
            return None
        self._thread.held = held
        return held


class _Held:
    """A connection, and to which file."""

    def __init__(self, database: Path) -> None:
        self._file = _identity(database)
        self._until = time.monotonic() + VERIFIED_SECONDS
        address = f"{database.absolute().as_uri()}?mode=ro"
        self._connection = sqlite3.connect(address, uri=True, timeout=LOCK_SECONDS, isolation_level=None)

    def is_good(self, database: Path) -> bool:
        """Whether it is young, and no other file has been put in the place of this one."""
        return time.monotonic() < self._until and self._file == _identity(database)

    def triggers(self) -> set[tuple[str, str]]:
        """All there are, by table and name."""
        return set(self._connection.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"))

    def read(self) -> str:
        """The value; empty where there is none."""
        rows = self._connection.execute(QUESTION).fetchall()
        return str(rows[0][0]) if rows else ""


def _identity(database: Path) -> tuple[int, int]:
    stat = os.stat(database)  # noqa: PTH116  (asked for every request; a Path makes it twice as dear)
    return stat.st_dev, stat.st_ino
