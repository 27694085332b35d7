"""Places for searches: how many of a process may be at work at once, and how many may wait for one to end.

Knows nothing of Django. The others of a process's threads stay free for pages.
"""

from __future__ import annotations

import threading


class Places:
    """Places to search in; as many may wait as may search."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting = 0
        self.taken = 0

    def take(self, most: int, seconds: float) -> bool:
        """Take one of so many places, waiting so long for it; whether there was one.

        Where as many wait already as may search, nobody else begins to.
        """
        with self._changed:
            if self.taken >= most and not self._waited(most, seconds):
                return False
            self.taken += 1
            return True

    def _waited(self, most: int, seconds: float) -> bool:
        if self._waiting >= most:
            return False
        self._waiting += 1
        try:
            return self._changed.wait_for(lambda: self.taken < most, seconds)
        finally:
            self._waiting -= 1

    def leave(self) -> None:
        """Give one back."""
        with self._changed:
            self.taken -= 1
            self._changed.notify_all()


places = Places()
