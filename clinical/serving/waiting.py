"""How long whoever asks may wait for the database and the files: a reader not long, a command as long as it takes.

Server-side time-outs end a slow query. They do not end the wait for a server that is stopped, cut off, or holds its
tongue; so each thread carries its own patience, and the connections (``clinical.databases``) keep to it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import InterfaceError, OperationalError

#: Nobody waits less than this for a lock that is free: a busy processor is no busy database.
LEAST_SECONDS = 0.05
#: Where a request's environment says what was waited for the database before Django was asked, in seconds.
WAITED = "clinical.waited"
#: By SQLite's code (its last eight bits): busy, locked, out of memory, read-only, interrupted, disk, full, cannot open.
_SQLITE_NOT_NOW = frozenset({5, 6, 7, 8, 9, 10, 13, 14, 15})
_SQLITE_READ_ONLY, _SQLITE_FULL, _SQLITE_BUSY = 8, (10, 13), (5, 6)
_POSTGRES_READ_ONLY, _POSTGRES_FULL, _POSTGRES_LOCKED = "25006", "53100", "55P03"


class NotNow(OperationalError):
    """Not now, and nothing was written; the same may succeed in a moment."""


class Busy(NotNow):
    """Somebody else writes, and has for longer than one may wait."""


class GaveWay(NotNow):
    """Everything was taken back for somebody more urgent, or because it took too long."""


class TookTooLong(NotNow):
    """The database did not answer in time."""


class StorageAway(OSError):
    """The storage of files does not answer, not in time, or not with the file."""


@dataclass
class Patience:
    """``each`` wait may take so many seconds, and ``together`` all of them; ``lock`` is for another's lock alone.

    ``files`` is what is left of the wait for a storage on another machine. It is counted apart: a page whose pictures
    are slow is still made. Who ``takes_turns`` waits for it only while few others do.
    """

    each: float
    lock: float
    together: float = float("inf")
    files: float = float("inf")
    takes_turns: bool = False

    def left(self) -> float:
        """How long the next wait may take."""
        return max(0.0, min(self.each, self.together))

    @contextmanager
    def spent(self) -> Iterator[None]:
        """What is waited in the block is gone for the waits to come."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.together -= time.monotonic() - begun


_thread = threading.local()


def patience() -> Patience | None:
    """This thread's; none where nobody waits for an answer, as in a command."""
    held: Patience | None = getattr(_thread, "patience", None)
    return held


@contextmanager
def waiting_at_most(allowed: Patience | None) -> Iterator[None]:
    """Within the block this thread waits no longer than this."""
    before = patience()
    _thread.patience = allowed
    try:
        yield
    finally:
        _thread.patience = before


def hurry_with_files(seconds: float) -> None:
    """From here on this thread waits no longer than this for files: somebody else waits for it."""
    held = patience()
    if held is not None:
        held.files = min(held.files, seconds)


@contextmanager
def waiting_less(seconds: float) -> Iterator[None]:
    """Within the block this thread waits so long for all its questions together, and never longer than it might have.

    What is waited in the block is gone for what comes after it.
    """
    outer = patience() or Patience(each=seconds, lock=seconds)
    inner = replace(outer, each=min(outer.each, seconds), together=min(outer.together, seconds))
    before = inner.together
    try:
        with waiting_at_most(inner):
            yield
    finally:
        outer.together -= before - inner.together
        outer.files = inner.files


def storage_away_behind(error: BaseException | None) -> StorageAway | None:
    """The storage that is away, where that is what an error came of, whatever name others gave it on the way."""
    while error is not None and not isinstance(error, StorageAway):
        error = error.__cause__ or error.__context__
    return error


def is_not_now(error: BaseException | None) -> bool:
    """Whether database or storage cannot now what they can at other times, rather than being asked wrongly."""
    if isinstance(error, (NotNow, InterfaceError, StorageAway)):
        return True
    code = _sqlite_code(error)
    if code is not None:
        return code in _SQLITE_NOT_NOW
    return isinstance(error, OperationalError) or is_read_only(error)


def is_read_only(error: BaseException | None) -> bool:
    """Whether the database may be read and not written to."""
    return _sqlite_code(error) == _SQLITE_READ_ONLY or _postgres_code(error) == _POSTGRES_READ_ONLY


def is_full(error: BaseException | None) -> bool:
    """Whether the database has no room left, or its disk does not take what is written."""
    return _sqlite_code(error) in _SQLITE_FULL or _postgres_code(error) == _POSTGRES_FULL


def is_locked(error: BaseException | None) -> bool:
    """Whether somebody else's lock was in the way."""
    return isinstance(error, Busy) or _sqlite_code(error) in _SQLITE_BUSY or _postgres_code(error) == _POSTGRES_LOCKED


def _sqlite_code(error: BaseException | None) -> int | None:
    code = getattr(getattr(error, "__cause__", None), "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def _postgres_code(error: BaseException | None) -> str | None:
    code: str | None = getattr(getattr(error, "__cause__", None), "sqlstate", None)
    return code
