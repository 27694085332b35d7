"""PostgreSQL whose every wait has an end of our own.

All waits of a psycopg connection go through its ``wait``: questions, commits, the question whether it still answers.
One that takes longer than may be waited is ended here, and the connection closed: what the server would still say to
it would be taken for the answer to the next question.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import psycopg
from django.db.backends.postgresql import base as postgresql
from psycopg import errors

from clinical.serving.waiting import Patience, TookTooLong, patience, waiting_at_most

#: Between asking whether a connection still answers and taking it for dead, in seconds; usually a thousandth.
USABLE_SECONDS = 1.0
#: The shortest time libpq gives a new connection.
LEAST_CONNECTING_SECONDS = 2


def _with_an_end(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """The same connection, waiting no longer than its thread may."""
    wait = connection.wait

    def wait_at_most(gen: Generator[Any, Any, Any], *args: Any, **kwargs: Any) -> Any:
        allowed = patience()
        if allowed is None:
            return wait(gen, *args, **kwargs)
        try:
            with allowed.spent():
                return wait(gen, *args, **{**kwargs, "timeout": allowed.left()})
        except errors._WaitTimeout as error:
            connection.pgconn.finish()
            raise psycopg.OperationalError("the database did not answer in time; the connection is closed") from error

    connection.wait = wait_at_most  # type: ignore[method-assign]  # the one place all waits go through
    return connection


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """Django's, with an end to each wait."""

    def get_connection_params(self) -> dict[str, Any]:
        """With as long to connect as may be waited."""
        params: dict[str, Any] = super().get_connection_params()
        allowed = patience()
        if allowed is not None:
            params["connect_timeout"] = max(LEAST_CONNECTING_SECONDS, math.floor(allowed.left()))
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        """A new one; nobody who has no time left begins to connect."""
        allowed = patience()
        if allowed is None:
            return _with_an_end(super().get_new_connection(conn_params))
        if allowed.left() < 1:
            raise TookTooLong("No time is left to connect to the database.")
        with allowed.spent():
            connection = super().get_new_connection(conn_params)
        return _with_an_end(connection)

    def is_usable(self) -> bool:
        """Whether it answers, and soon: it is also asked between two requests, where nobody is counting."""
        if self.connection is None or self.connection.closed:
            return False
        allowed = patience()
        seconds = min(USABLE_SECONDS, allowed.left()) if allowed else USABLE_SECONDS
        with allowed.spent() if allowed else nullcontext(), waiting_at_most(Patience(each=seconds, lock=0)):
            return bool(super().is_usable())

    @contextmanager
    def ending_after(self, seconds: float) -> Iterator[None]:
        """Within the block the server itself ends each question that takes longer; after it, none.

        A client that gives up ends its own wait only: the server would go on with the question. It is said for the
        whole connection, since the questions of a page are not one transaction, and past Django's count of questions.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            self.connection.execute(f"SET statement_timeout = {max(1, round(seconds * 1000))}", prepare=False)
        try:
            yield
        finally:
            self._end_none()

    def _end_none(self) -> None:
        """As it was; a connection that cannot be told so is not used again."""
        if self.connection is None or self.connection.closed:
            return
        try:
            self.connection.execute("RESET statement_timeout", prepare=False)
        except psycopg.Error:
            self.close()
