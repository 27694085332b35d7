"""Room for readers: how many requests of a worker may be in database work at once, so that some threads stay free.

Knows nothing of Django: gunicorn tells it how many threads there are before the site is asked anything.
"""

from __future__ import annotations

import threading

#: Threads of a worker that never wait; one more that only urgent writers may wait in; and the fewest that leave enough.
FREE_THREADS, URGENT_THREADS, LEAST_THREADS = 2, 1, 8


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


room = Room()
