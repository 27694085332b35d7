"""The line writers stand in, as each database lets them: a turn taken in order, with an end to the waiting.

Each line yields inside a transaction that begins with the turn and ends it. Beside the turn there is one sign, which
urgent writers hold up while they wait and write; whoever has the turn can look for it.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.db import connection, transaction

from clinical.waiting import Busy, Patience, waiting_at_most

#: The numbers of the two locks: any will do, as long as every process of the site and nothing else in its database
#: uses them.
TURN, SIGN = 7_378_697_629, 7_378_697_630
#: How many threads of a process may stand in the system's own line at most, those included that nobody waits for any
#: more. Urgent writers are not among them: they are few, and never give up before their turn comes.
MOST_STANDING = 16

_standing = threading.Semaphore(MOST_STANDING)


class NoLine:
    """Inside somebody's transaction, or in a database in memory: nobody else is there."""

    @contextmanager
    def turn(self, seconds: float | None, *, urgent: bool) -> Iterator[None]:
        """A transaction, at once."""
        with transaction.atomic():
            yield

    def is_urgent_waiting(self) -> bool:
        """Nobody."""
        return False


class FileLine:
    """SQLite: locks of two files beside the database, which the system hands on and takes back from the dead."""

    def __init__(self, database: Path) -> None:
        self._turn, self._sign = (database.with_name(f"{database.name}-{what}") for what in ("turn", "urgent"))

    @contextmanager
    def turn(self, seconds: float | None, *, urgent: bool) -> Iterator[None]:
        """The file's lock, then the database's own: somebody may write without standing in line."""
        with ExitStack() as held:
            if urgent:
                held.enter_context(_locked(self._sign, fcntl.LOCK_SH, seconds, urgent=urgent))
            held.enter_context(_locked(self._turn, fcntl.LOCK_EX, seconds, urgent=urgent))
            with _no_longer_than(seconds):
                held.enter_context(transaction.atomic())
            yield
            # What is to follow the commit follows the turn too: it may take long, or take a turn of its own.
            later, connection.run_on_commit = connection.run_on_commit, []
        connection.run_on_commit += later
        connection.run_and_clear_commit_hooks()

    def is_urgent_waiting(self) -> bool:
        """Whether the sign cannot be taken for oneself."""
        with self._sign.open("ab") as sign:
            return not _is_free(sign.fileno(), fcntl.LOCK_EX)


class AdvisoryLine:
    """PostgreSQL: advisory locks that end with the transaction; the server queues whoever waits, on every machine."""

    @contextmanager
    def turn(self, seconds: float | None, *, urgent: bool) -> Iterator[None]:
        """The lock, waited for no longer than this by the server itself."""
        with transaction.atomic(), connection.cursor() as cursor:
            if seconds is not None:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{round(seconds * 1000)}ms"])
            with _no_longer_than(seconds):
                if urgent:
                    cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SIGN])
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
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


def line_here() -> NoLine | FileLine | AdvisoryLine:
    """The line of the site's database."""
    if connection.vendor == "postgresql":
        return AdvisoryLine()
    database = Path(str(connection.settings_dict["NAME"]))
    return NoLine() if connection.in_atomic_block or not database.is_file() else FileLine(database)


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
    """Whether the lock is there in time, waited for in the system's own line, which has no end but the turn itself.

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

    threading.Thread(target=stand, name="waits for its turn to write", daemon=True).start()
    return came.wait(seconds)
