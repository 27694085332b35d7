"""One writer at a time: whatever is written together is written whole, alone, or not at all.

Neither database queues its writers. On PostgreSQL two that publish at once lock each other out for good in the search
index, which every publication brings up to date for all rows. On SQLite those who wait ask again and again, and who
asks at the wrong moments is passed over until patience ends. So here they stand in line. Readers never wait.

A request waits a few seconds and is then told (``Busy``); a command waits as long as it takes. Whoever takes something
off the site or ends a link is urgent and is not sent away: who has held the lock for a while gives way (``GaveWay``).
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection, transaction

from clinical.serving.waiting import Busy, GaveWay, Patience, is_locked, patience, waiting_at_most

#: The numbers of the two locks: any will do, as long as every process of the site and nothing else in its database
#: uses them.
WRITERS, SIGN = 7_378_697_629, 7_378_697_630
#: How many threads of a process may stand in the system's own line at most, those included that nobody waits for any
#: more. Urgent writers are not among them: they are few, and never give up before they have the lock.
MOST_IN_LINE = 16

#: How long a request waits for the lock; of eight that publish back to back the last waits three and a half seconds.
LOCK_SECONDS = 4.0
#: How long an urgent one does; longer than anybody may hold the lock.
URGENT_SECONDS = 50.0
#: How many requests of one process may wait at once: the next is told at once, and the threads stay free for readers.
MOST_WAITING = 4
#: After so many seconds the lock is given up for an urgent writer; what usually is written takes a few tenths.
GRACE_SECONDS = 1.0
#: The longest one request may hold the lock, in seconds.
LONGEST_SECONDS = 30.0
#: How often whoever holds it looks, in seconds.
LOOKING_SECONDS = 0.25

_standing = threading.Semaphore(MOST_IN_LINE)
_thread = threading.local()
_waiting = threading.Semaphore(MOST_WAITING)


class NoLock:
    """Inside somebody's transaction, or in a database in memory: nobody else is there."""

    @contextmanager
    def hold(self, seconds: float | None, *, urgent: bool) -> Iterator[None]:
        """A transaction, at once."""
        with transaction.atomic():
            yield

    def is_urgent_waiting(self) -> bool:
        """Nobody."""
        return False


class FileLock:
    """SQLite: locks of two files beside the database, which the system hands on and takes back from the dead."""

    def __init__(self, database: Path) -> None:
        self._lock, self._sign = (database.with_name(f"{database.name}-{what}") for what in ("turn", "urgent"))

    @contextmanager
    def hold(self, seconds: float | None, *, urgent: bool) -> Iterator[None]:
        """The file's lock, then the database's own: somebody may write without standing in line."""
        with ExitStack() as held:
            if urgent:
                held.enter_context(_locked(self._sign, fcntl.LOCK_SH, seconds, urgent=urgent))
            held.enter_context(_locked(self._lock, fcntl.LOCK_EX, seconds, urgent=urgent))
            with _no_longer_than(seconds):
                held.enter_context(transaction.atomic())
            yield
            # What is to follow the commit follows the lock too: it may take long, or take the lock itself.
            later, connection.run_on_commit = connection.run_on_commit, []
        connection.run_on_commit += later
        connection.run_and_clear_commit_hooks()

    def is_urgent_waiting(self) -> bool:
        """Whether the sign cannot be taken for oneself."""
        with self._sign.open("ab") as sign:
            return not _is_free(sign.fileno(), fcntl.LOCK_EX)


class AdvisoryLock:
    """PostgreSQL: advisory locks that end with the transaction; the server queues whoever waits, on every machine."""

    @contextmanager
    def hold(self, seconds: float | None, *, urgent: bool) -> Iterator[None]:
        """The lock, waited for no longer than this by the server itself."""
        with transaction.atomic(), connection.cursor() as cursor:
            if seconds is not None:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{round(seconds * 1000)}ms"])
            with _no_longer_than(seconds):
                if urgent:
                    cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SIGN])
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
            if seconds is not None:
                cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
            yield

    def is_urgent_waiting(self) -> bool:
        """Whether the sign cannot be taken for oneself."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [SIGN])
            (is_free,) = cursor.fetchone()
            if is_free:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [SIGN])
            return not is_free


def lock_here() -> NoLock | FileLock | AdvisoryLock:
    """The lock of the site's database."""
    if connection.vendor == "postgresql":
        return AdvisoryLock()
    database = Path(str(connection.settings_dict["NAME"]))
    return NoLock() if connection.in_atomic_block or not database.is_file() else FileLock(database)


@contextmanager
def _no_longer_than(seconds: float | None) -> Iterator[None]:
    """Waiting for a lock has its own measure; the second more lets the database say itself that it was too long."""
    if seconds is None:
        yield
        return
    with waiting_at_most(Patience(each=seconds + 1, lock=seconds)):
        yield


@contextmanager
def _locked(path: Path, how: int, seconds: float | None, *, urgent: bool) -> Iterator[None]:
    """The lock of a file. Raises ``Busy`` when it is not free in time."""
    with path.open("ab") as file:
        if seconds is None:
            fcntl.flock(file, how)
        elif not _is_free(file.fileno(), how) and not _comes_in_time(file.fileno(), how, seconds, urgent):
            raise Busy("Somebody else is writing.")
        yield


def _is_free(file: int, how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _comes_in_time(file: int, how: int, seconds: float, urgent: bool) -> bool:
    """Whether the lock is there in time, waited for in the system's own line, which has no end but the lock itself.

    Asking again and again instead would pass some of many over. A thread waits in the line; where nobody waits for it
    any more, the lock goes as it comes, with the last that held the file open.
    """
    if not urgent and not _standing.acquire(blocking=False):
        return False
    came = threading.Event()
    ours = os.dup(file)

    def stand() -> None:
        try:
            fcntl.flock(ours, how)
            came.set()
        finally:
            os.close(ours)
            if not urgent:
                _standing.release()

    threading.Thread(target=stand, name="waits for the write lock", daemon=True).start()
    return came.wait(seconds)


@contextmanager
def write_lock(*, urgent: bool = False) -> Iterator[None]:
    """A transaction that begins when every other writer's has ended. Inside another one it waits for nobody.

    Take the lock before anything is written: whoever has written first and then waits may be waited for. Raises
    ``Busy`` for a request that has waited long enough, and ``GaveWay`` when everything was taken back for others.
    """
    if getattr(_thread, "is_writing", False):
        with transaction.atomic():
            yield
        return
    lock = lock_here()
    with ExitStack() as held:
        with _one_of_few_waiting(urgent):
            held.enter_context(lock.hold(_seconds(urgent), urgent=urgent))
        hold = _Held(lock.is_urgent_waiting, is_urgent=urgent)
        _thread.is_writing = True
        held.callback(setattr, _thread, "is_writing", False)
        with connection.execute_wrapper(hold):
            yield
        hold.refuse_if_taken_back()


def _seconds(urgent: bool) -> float | None:
    if patience() is None:
        return None
    return URGENT_SECONDS if urgent else LOCK_SECONDS


@contextmanager
def _one_of_few_waiting(urgent: bool) -> Iterator[None]:
    """As long as one waits. A lock that was not free in time is said as ``Busy``, whoever noticed."""
    is_counted = patience() is not None and not urgent
    if is_counted and not _waiting.acquire(blocking=False):
        raise Busy("Too many wait already.")
    try:
        yield
    except OperationalError as error:
        if is_locked(error) and not isinstance(error, Busy):
            raise Busy("Somebody else is writing.") from error
        raise
    finally:
        if is_counted:
            _waiting.release()


class _Held:
    """The lock somebody holds: before each question it asks whether to go on.

    What is taken back stays taken back, even where somebody on the way swallows the exception, as the platform's tasks
    do: nothing can be asked any more, and the end raises again.
    """

    def __init__(self, is_urgent_waiting: Callable[[], bool], *, is_urgent: bool) -> None:
        self._is_urgent_waiting = is_urgent_waiting
        self._is_urgent = is_urgent
        self._begun = self._looked = time.monotonic()
        self._why = ""

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Ask, unless it is time to give way. Going back to a savepoint is part of that, and never refused."""
        if not sql.startswith(("ROLLBACK", "RELEASE")):
            self._look()
            self.refuse_if_taken_back()
        return execute(sql, params, many, context)

    def refuse_if_taken_back(self) -> None:
        """Raise ``GaveWay`` when everything is taken back."""
        if self._why:
            raise GaveWay(self._why)

    def _look(self) -> None:
        now = time.monotonic()
        if self._is_urgent or self._why or now - self._looked < LOOKING_SECONDS:
            return
        self._looked = now
        held = now - self._begun
        if patience() is not None and held > LONGEST_SECONDS:
            self._why = "It took too long."
        elif held > GRACE_SECONDS and self._is_urgent_waiting():
            self._why = "Somebody more urgent writes."
