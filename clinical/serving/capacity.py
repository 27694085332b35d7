"""Room for readers: how many requests of a worker may be in database work at once, so that some threads stay free.

Knows nothing of Django: gunicorn tells it how many threads there are before the site is asked anything.
"""

from __future__ import annotations

import threading
import time

#: Threads of a worker that never wait; one more that only urgent writers may wait in; and the fewest that leave enough.
FREE_THREADS, URGENT_THREADS, LEAST_THREADS = 2, 1, 8
#: One in so many of the places in the room is for whoever waits for files of another machine, and one in so many for
#: whoever stands in line for that; the others stay for pages.
ONE_FOR_FILES_IN, ONE_IN_LINE_IN = 4, 2
#: How long somebody stands in line, and for how long nobody does after one has in vain, in seconds.
IN_LINE_SECONDS, NO_LINE_SECONDS = 0.5, 5.0


class Room:
    """How many requests of this process may be in database work at once; any number where nobody has said."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self.most: int | None = None

    def size_for(self, threads: int) -> None:
        """Leave some of a worker's threads free. Raises ``ValueError`` where there are too few to leave any."""
        if threads < LEAST_THREADS:
            raise ValueError(f"Give each worker at least {LEAST_THREADS} threads: {FREE_THREADS} never wait.")
        self.most = threads - FREE_THREADS

    def enter(self, *, urgent: bool) -> bool:
        """Go in, if there is room."""
        with self._lock:
            if self.most is not None and self._inside >= self.most - (0 if urgent else URGENT_THREADS):
                return False
            self._inside += 1
            return True

    def leave(self) -> None:
        """Make room."""
        with self._lock:
            self._inside -= 1


class Turns:
    """Whose turn it is to wait for the files of another machine; any number where nobody has said how many there are.

    While it answers quickly some stand in line, since a page asks for all its pictures at once. Once one has stood
    there in vain it is slow, and whoever finds no place is told so at once: their threads are for pages.
    """

    def __init__(self, within: Room) -> None:
        self._room = within
        self._changed = threading.Condition()
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._taken, self._in_line, self._no_line_until = 0, 0, float("-inf")

    def take(self) -> bool:
        """Take a place, standing in line for it where that may help; whether there was one."""
        with self._changed:
            if not self._is_free() and not self._stood_in_line():
                return False
            self._taken += 1
            return True

    def leave(self) -> None:
        """Give it back."""
        with self._changed:
            self._taken -= 1
            self._changed.notify()

    def _is_free(self) -> bool:
        return self._room.most is None or self._taken < max(1, self._room.most // ONE_FOR_FILES_IN)

    def _stood_in_line(self) -> bool:
        is_slow = time.monotonic() < self._no_line_until
        if is_slow or self._in_line >= (self._room.most or 0) // ONE_IN_LINE_IN:
            return False
        self._in_line += 1
        try:
            is_free = self._changed.wait_for(self._is_free, IN_LINE_SECONDS)
        finally:
            self._in_line -= 1
        if not is_free:
            self._no_line_until = time.monotonic() + NO_LINE_SECONDS
        return is_free


room = Room()
turns_at_files = Turns(room)
