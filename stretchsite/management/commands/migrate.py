"""Django's ``migrate``, which on PostgreSQL makes no site stand still behind a table that somebody holds (R-F16).

A migration that alters a table waits until nobody uses it, and meanwhile everybody else waits behind the migration.
So it waits less long than a reader does, gives up, and says so; what it had not finished is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

from clinical.serving.waiting import is_locked

#: A reader has three seconds for all questions of a page (``clinical.web.admission``): whoever waits is still answered.
SECONDS = 2

GAVE_UP = (
    f"Somebody was using a table for longer than {SECONDS} seconds, so the migration gave up, for the site to go on. "
    "What it had not finished is as it was before: run it again. While a library is loaded, wait until it is done."
)


class Command(migrate.Command):
    """The same words and options as Django's."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate. Raises ``CommandError`` in words where a table was not free in time."""
        try:
            with _waiting_shortly(connections[options["database"]]):
                super().handle(*args, **options)
        except OperationalError as error:
            if not is_locked(error):
                raise
            raise CommandError(GAVE_UP) from error


@contextmanager
def _waiting_shortly(connection: Any) -> Iterator[None]:
    """Within the block the server lets nothing this connection asks wait longer for a lock."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{SECONDS}s'")
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
