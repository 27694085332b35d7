"""How often something may be tried: one count for all processes, exact when many ask at once, waiting for no writer.

On SQLite the counts lie in a small file of their own beside the database, since everybody who writes to the database
waits for whoever is writing there. On PostgreSQL they are rows of the table of ``RateCount``, which all machines share;
only whoever counts the same thing waits, for the length of one statement.

A count knows what is limited and a keyed digest of whose it is, never a name or an address, and how long it holds.
"""

from __future__ import annotations

import fcntl
import logging
import math
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.crypto import salted_hmac

from clinical.serving.waiting import is_locked

logger = logging.getLogger(__name__)

#: What keys are made with. Counts that are running depend on it.
SALT = "clinical.rate_limits"

#: How long one count waits for another on SQLite. Each takes less than a thousandth of it.
SECONDS_FOR_THE_FILE = 2

_TABLE = "clinical_ratecount"
_MAKE = f"CREATE TABLE IF NOT EXISTS {_TABLE} (key TEXT PRIMARY KEY, count INTEGER NOT NULL, ends REAL NOT NULL)"
_COUNT = f"""
    INSERT INTO {_TABLE} (key, count, ends) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN {_TABLE}.ends <= %s THEN 1 ELSE {_TABLE}.count + 1 END,
        ends = CASE WHEN {_TABLE}.ends <= %s THEN excluded.ends ELSE {_TABLE}.ends END
    RETURNING count, ends
"""  # noqa: S608  (every value is a parameter; the name of the table is a constant)
_GIVE_BACK = f"UPDATE {_TABLE} SET count = count - 1 WHERE key = %s AND count > 0"  # noqa: S608  (as above)
_READ = f"SELECT key, ends FROM {_TABLE} WHERE count >= %s AND ends > %s AND key IN "  # noqa: S608  (as above)
_FORGET = f"DELETE FROM {_TABLE} WHERE key = %s"  # noqa: S608  (as above)
_FORGET_OLD = f"DELETE FROM {_TABLE} WHERE ends <= %s"  # noqa: S608  (as above)

Ask = Callable[[str, list[Any]], list[tuple[Any, ...]]]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Limit:
    """So many tries within so many seconds, which begin with the first. At most twice as many get by in any such time.

    ``name`` says what is limited; counts of different limits have nothing to do with each other.
    """

    name: str
    most: int
    seconds: int

    def key(self, whose: str) -> str:
        """What the count is kept under: nobody can tell from it whose it is."""
        return f"{self.name}:{salted_hmac(SALT, whose, algorithm='sha256').hexdigest()[:32]}"


#: What is tried, and whose count it is: of an account, a network, everybody.
Try = tuple[Limit, str]


class _UsedUp(Exception):
    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def take(*tries: Try, uncounted: int = 0) -> int:
    """Count one try against each limit, or against none when one of them is used up: then the seconds to wait, else 0.

    Name limits in the same order wherever several are taken together, so that no two wait for each other. Where
    counting itself fails, it is logged and nobody waits: better one guess too many than a safety officer kept out.
    ``uncounted``, where only what opens nothing is counted, says how long to wait when the file was not free in time.
    """
    now = time.time()

    def count_each(ask: Ask) -> None:
        for limit, whose in tries:
            count, ends = ask(_COUNT, [limit.key(whose), now + limit.seconds, now, now])[0]
            if count > limit.most:
                raise _UsedUp(max(1, math.ceil(ends - now)))

    try:
        _with_counts(count_each)
    except _UsedUp as used_up:
        return used_up.seconds
    except (DatabaseError, sqlite3.Error, OSError) as error:
        if is_locked(error) or getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            # Whoever tries often enough brings this about at will: a line each, and nobody is sent an error.
            logger.warning("A try could not be counted in time: too many at once.")
            return uncounted
        logger.exception("A try could not be counted.")
    return 0


def give_back(*tries: Try) -> None:
    """Take back what was counted for a try that turned out well."""
    _do((_GIVE_BACK, [limit.key(whose)]) for limit, whose in tries)


def forget(*tries: Try) -> None:
    """Begin these counts afresh."""
    _do((_FORGET, [limit.key(whose)]) for limit, whose in tries)


def forget_old() -> None:
    """Remove what holds no more; once a day is enough."""
    _do([(_FORGET_OLD, [time.time()])])


def waits(limit: Limit, whose: Iterable[str]) -> dict[str, int]:
    """Who of these has to wait, and how many seconds. Nobody, where the counts cannot be read."""
    now, names = time.time(), {limit.key(name): name for name in whose}
    if not names:
        return {}
    places = ", ".join(["%s"] * len(names))
    try:
        found = _with_counts(lambda ask: ask(f"{_READ} ({places})", [limit.most, now, *names]))
    except (DatabaseError, sqlite3.Error, OSError):
        logger.exception("Counts could not be read.")
        return {}
    return {names[key]: max(1, math.ceil(ends - now)) for key, ends in found}


def _do(statements: Iterable[tuple[str, list[Any]]]) -> None:
    asked = list(statements)
    try:
        _with_counts(lambda ask: [ask(statement, values) for statement, values in asked])
    except (DatabaseError, sqlite3.Error, OSError):
        logger.exception("A count could not be changed.")


def _with_counts(work: Callable[[Ask], Answer]) -> Answer:
    """What this makes of the counts. A file of them that is damaged, wherever it is, begins anew."""
    try:
        with _counts() as ask:
            return work(ask)
    except sqlite3.OperationalError:  # it is locked, full or away, and may be sound
        raise
    except sqlite3.DatabaseError:
        logger.exception("The counts cannot be read: they begin anew.")
    _begin_anew(_file())
    with _counts() as ask:
        return work(ask)


def _begin_anew(path: Path) -> None:
    """Put a damaged file aside while nobody has it open, unless somebody else has just done so."""
    with _held(path, fcntl.LOCK_EX):
        if not _is_sound(path):
            for part in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    Path(f"{path}{part}").replace(f"{path}{part}.damaged")


def _is_sound(path: Path) -> bool:
    """Whether every page can be read, and the index says what the table says."""
    try:
        with closing(_opened(path)) as file:
            return bool(file.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


@contextmanager
def _held(path: Path, how: int) -> Iterator[None]:
    """Held together by all who count, and alone by whoever puts the file aside: never from under somebody's hands."""
    with Path(f"{path}-lock").open("ab") as lock:
        fcntl.flock(lock, how)
        yield


@contextmanager
def _counts() -> Iterator[Ask]:
    """The counts, in a transaction: what fails inside has counted nothing."""
    if connection.vendor == "sqlite":
        with _in_the_file() as ask:
            yield ask
        return
    with transaction.atomic(), connection.cursor() as cursor:

        def ask(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

        yield ask


@contextmanager
def _in_the_file() -> Iterator[Ask]:
    """Opened for each count, so that no thread and no process holds it."""
    path = _file()
    with _held(path, fcntl.LOCK_SH), closing(_opened(path)) as file:
        file.execute("BEGIN IMMEDIATE")
        try:
            yield lambda statement, values: file.execute(statement.replace("%s", "?"), values).fetchall()
        except BaseException:
            with suppress(sqlite3.DatabaseError):  # where the file is damaged, nothing was written
                file.execute("ROLLBACK")
            raise
        file.execute("COMMIT")


def _opened(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=SECONDS_FOR_THE_FILE, isolation_level=None)
    file.execute("PRAGMA synchronous = OFF")
    file.execute("PRAGMA journal_mode = WAL")
    file.execute(_MAKE)
    return file


def _file() -> Path:
    return Path(settings.RATE_COUNTS_FILE or f"{connection.settings_dict['NAME']}-counts")
