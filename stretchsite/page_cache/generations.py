"""Which generation the content is of, asked of the database before anything is answered from memory.

Never guessed: where the database does not answer, or a trigger that moves the generation is missing, it is empty, and
whoever asked goes to Django, which says in words what cannot be done.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from stretchsite.page_cache.move_triggers import GENERATION

logger = logging.getLogger(__name__)

#: How the row is asked for.
QUESTION = f"SELECT value FROM {GENERATION} WHERE id = 1"  # noqa: S608  (our own table)
#: After a failure nobody asks for so many seconds; where a trigger is missing, for so many.
PAUSE_SECONDS, OFF_SECONDS = 1.0, 60.0
#: How often it is made sure that every trigger is there, in seconds.
VERIFIED_SECONDS = 60.0
#: How many missing triggers are named.
MOST_NAMED = 5


class Generations(Protocol):
    """Says the generation; empty where it is not known for sure."""

    #: How long after a commit a process may still answer what was there before, in seconds.
    settled_seconds: float

    def current(self) -> str:
        """It, no older than the rule of this database allows."""

    def at_once(self) -> str:
        """It, read now."""


class Pause:
    """Nobody asks for a while after a failure: readers must not wait for it one after the other."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = float("-inf")

    def is_on(self) -> bool:
        """Whether to leave it for now."""
        return self._clock() < self._until

    def begin(self, seconds: float) -> None:
        """From now on."""
        self._until = self._clock() + seconds


def say_off(missing: Iterable[str]) -> None:
    """Tell the log that nothing is kept, and why: what is missing, as far as a line holds it."""
    names = sorted(missing)
    named = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    logger.error("No page is kept: %d triggers are missing; run manage.py migrate: %s", len(names), named)
