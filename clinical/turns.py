"""One writer at a time: whatever is written together is written whole, alone, or not at all.

Neither database queues its writers. On PostgreSQL two that publish at once lock each other out for good in the search
index, which every publication brings up to date for all rows. On SQLite those who wait ask again and again, and who
asks at the wrong moments is passed over until patience ends. So here they stand in line. Readers never wait.

A request waits a few seconds and is then told (``Busy``); a command waits as long as it takes. Whoever takes something
off the site or ends a link is urgent and is not sent away: who has held the turn for a while gives way (``GaveWay``).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction

from clinical.lines import line_here
from clinical.waiting import Busy, GaveWay, is_locked, patience

#: How long a request waits for its turn; of eight that publish back to back the last waits three and a half seconds.
TURN_SECONDS = 4.0
#: How long an urgent one does; longer than anybody may hold the turn.
URGENT_SECONDS = 50.0
#: How many requests of one process may wait at once: the next is told at once, and the threads stay free for readers.
MOST_WAITING = 4
#: After so many seconds a turn is given up for an urgent writer; what usually is written takes a few tenths.
GRACE_SECONDS = 1.0
#: The longest one request may hold the turn, in seconds.
LONGEST_SECONDS = 30.0
#: How often whoever holds it looks, in seconds.
LOOKING_SECONDS = 0.25

_thread = threading.local()
_waiting = threading.Semaphore(MOST_WAITING)


@contextmanager
def one_writer_at_a_time(*, urgent: bool = False) -> Iterator[None]:
    """A transaction that begins when every other writer's has ended. Inside another turn it waits for nobody.

    Take the turn before anything is written: whoever has written first and then waits may be waited for. Raises
    ``Busy`` for a request that has waited long enough, and ``GaveWay`` when everything was taken back for others.
    """
    if getattr(_thread, "is_writing", False):
        with transaction.atomic():
            yield
        return
    line = line_here()
    with ExitStack() as held:
        with _one_of_few_waiting(urgent):
            held.enter_context(line.turn(_seconds(urgent), urgent=urgent))
        turn = _Turn(line.is_urgent_waiting, is_urgent=urgent)
        _thread.is_writing = True
        held.callback(setattr, _thread, "is_writing", False)
        with connection.execute_wrapper(turn):
            yield
        turn.refuse_if_taken_back()


def _seconds(urgent: bool) -> float | None:
    if patience() is None:
        return None
    return URGENT_SECONDS if urgent else TURN_SECONDS


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


class _Turn:
    """The turn somebody has: before each question it asks whether to go on.

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
