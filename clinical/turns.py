"""One writer at a time: whatever is written together is written whole, alone, or not at all.

SQLite has one writer anyway. On PostgreSQL two that publish at once lock each other out for good in the search index,
which every publication brings up to date for all rows; there they wait for their turn instead. Readers never wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

#: The number of the lock: any will do, as long as every process of the site and nothing else in its database uses it.
TURN = 7_378_697_629


@contextmanager
def one_writer_at_a_time() -> Iterator[None]:
    """A transaction that begins when every other writer's has ended. Inside another of its kind it waits for nobody.

    Take the turn before anything is written: whoever has written first and then waits may be waited for.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        yield
