"""One writer at a time: whatever is written together is written whole, alone, or not at all.

Neither database queues its writers. On PostgreSQL two that publish at once lock each other out for good in the search
index, which every publication brings up to date for all rows. On SQLite those who wait ask again and again, and who
asks at the wrong moments is passed over until patience ends. So here they stand in line. Readers never wait.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

#: The number of the lock: any will do, as long as every process of the site and nothing else in its database uses it.
TURN = 7_378_697_629


@contextmanager
def one_writer_at_a_time() -> Iterator[None]:
    """A transaction that begins when every other writer's has ended. Inside another transaction it waits for nobody.

    Take the turn before anything is written: whoever has written first and then waits may be waited for.
    """
    with _in_line(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        yield


@contextmanager
def _in_line() -> Iterator[None]:
    """On SQLite: the lock of a file beside the database, which the system hands on and takes back from the dead."""
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or connection.in_atomic_block or not database.is_file():
        yield
        return
    with database.with_name(f"{database.name}-turn").open("ab") as line:
        fcntl.flock(line, fcntl.LOCK_EX)
        yield
