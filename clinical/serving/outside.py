"""Questions to a server on another machine: each has an end, and one that is away is left alone for a moment.

The time-outs of a client do not end every wait: not the one for a name to be found, nor for an answer that comes byte
by byte. So each question is asked in a thread of its own, and whoever waits for it goes on without it when their
patience for files (``clinical.serving.waiting``) is at its end. Whoever has none, as a command, waits long. Of a
worker's readers a few wait at once: one that answers late must not hold the threads and the room that pages need.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar, cast

from clinical.serving.capacity import turns_at_files
from clinical.serving.waiting import Patience, StorageAway, patience

T = TypeVar("T")

#: How many questions one process asks at once; more wait for their turn, and no longer than for an answer.
AT_ONCE = 16
#: So many questions may still be under way that nobody waits for any more: an answer that comes byte by byte may take
#: hours. With more of them nothing is asked until some have ended.
MOST_GIVEN_UP = 64
#: How long a command waits for one answer, in seconds.
COMMAND_SECONDS = 60.0
#: For how long nobody asks a server again that was away, in seconds.
LEFT_ALONE_SECONDS = 5.0


class Outside:
    """A server on another machine."""

    def __init__(self) -> None:
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._counting = threading.Lock()
        self._given_up = 0
        self._left_alone_until = float("-inf")

    def asked(self, question: Callable[[], T], most: float) -> T:
        """The answer, within ``most`` seconds and what is left of one's patience.

        Raises ``StorageAway`` where there is none, and whatever the question itself raises.
        """
        held = patience()
        if held is None:
            return self._answer(question, COMMAND_SECONDS)
        if time.monotonic() < self._left_alone_until:
            raise StorageAway("The storage was away a moment ago, and is not asked again yet")
        if held.files <= 0:
            raise StorageAway("The storage has been waited for as long as one request may")
        if not held.takes_turns:
            return self._within(held, question, most)
        if not turns_at_files.take():
            raise StorageAway("The storage is slow, and as many wait for it already as may")
        try:
            return self._within(held, question, most)
        finally:
            turns_at_files.leave()

    def _within(self, held: Patience, question: Callable[[], T], most: float) -> T:
        begun = time.monotonic()
        try:
            return self._answer(question, min(most, held.files))
        finally:
            held.files -= time.monotonic() - begun

    def leave_alone(self) -> None:
        """It is away: readers are answered without it, and are not made to wait to find that out anew."""
        self._left_alone_until = time.monotonic() + LEFT_ALONE_SECONDS

    def _answer(self, question: Callable[[], T], seconds: float) -> T:
        until = time.monotonic() + seconds
        if not self._places.acquire(timeout=seconds):
            raise self._away(seconds)
        try:
            return self._asked_beside(question, until)
        finally:
            self._places.release()

    def _asked_beside(self, question: Callable[[], T], until: float) -> T:
        """In a thread that nobody waits for at the end of the process, since some questions never end."""
        if self._given_up >= MOST_GIVEN_UP:
            self.leave_alone()
            raise StorageAway("The storage has not ended what it was asked before")
        answer: Future[T] = Future()
        seconds = max(0.0, until - time.monotonic())
        threading.Thread(target=self._ask, args=(question, answer), name="storage", daemon=True).start()
        try:
            return answer.result(seconds)
        except TimeoutError as late:
            with self._counting:
                if answer.done():  # the question's own, or just in time
                    return answer.result()
                self._given_up += 1
                answer.cancel()
            raise self._away(seconds) from late

    def _ask(self, question: Callable[[], T], answer: Future[T]) -> None:
        found, error = None, None
        try:
            found = question()
        except BaseException as raised:  # whatever it is, it is whoever asked that must hear of it
            error = raised
        with self._counting:
            if answer.cancelled():
                self._given_up -= 1
            elif error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(cast("T", found))

    def _away(self, seconds: float) -> StorageAway:
        self.leave_alone()
        return StorageAway(f"The storage has not answered within {seconds:.1f} seconds")
