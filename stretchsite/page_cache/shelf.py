"""What a process keeps of one generation, up to the moment at which something becomes due."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime

from stretchsite.page_cache.kept_answer import KeptAnswer

#: Whose page it is: scheme, host and path, as they were asked for.
Place = tuple[str | None, ...]

#: How far two threads that look at the clock one after the other may differ, in seconds; more means it was set back.
CLOCK_SECONDS = 1.0


class Shelf:
    """The answers made under one generation. Whoever makes one puts it on the shelf of *before* it was made.

    ``begun`` is when the generation was first seen, by the clock on the wall, in seconds since 1970. ``soonest_end``
    says when something becomes due after a moment, and may raise where the database cannot say.
    """

    def __init__(
        self, generation: str, begun: float, most_bytes: int, soonest_end: Callable[[datetime], datetime]
    ) -> None:
        self.generation, self.begun = generation, begun
        self._latest, self._ends = begun, float("inf")
        self._is_dated = False
        self._soonest_end = soonest_end
        self._most_bytes, self._bytes = most_bytes, 0
        self._answers: OrderedDict[Place, KeptAnswer] = OrderedDict()
        self._makers: dict[Place, threading.Event] = {}
        self._lock = threading.Lock()

    def holds_at(self, now: float) -> bool:
        """Whether nothing has become due since, and the clock has not been set back."""
        if now < self._latest - CLOCK_SECONDS:
            return False
        if now > self._latest:
            self._latest = now
        return now < self._ends

    def get(self, place: Place) -> KeptAnswer | None:
        """What is kept for a place; it is now the last to be forgotten."""
        kept = self._answers.get(place)
        if kept is not None:
            try:
                self._answers.move_to_end(place)
            except KeyError:  # forgotten by another thread meanwhile; it is the right answer all the same
                return kept
        return kept

    def put(self, place: Place, answer: KeptAnswer) -> None:
        """Keep it; what was asked for longest ago makes room. Raises where the database cannot say what is due."""
        if not self._is_dated:
            # Of when the generation was first seen, before anything on the shelf was made.
            self._ends = self._soonest_end(datetime.fromtimestamp(self.begun, UTC)).timestamp()
            self._is_dated = True
        with self._lock:
            before = self._answers.pop(place, None)
            self._bytes += answer.weight - (before.weight if before else 0)
            self._answers[place] = answer
            while self._bytes > self._most_bytes:
                _place, oldest = self._answers.popitem(last=False)
                self._bytes -= oldest.weight

    def begin_to_make(self, place: Place) -> threading.Event | None:
        """Nothing for whoever is the first to make this page; for others what tells them when it is done."""
        with self._lock:
            if at_work := self._makers.get(place):
                return at_work
            self._makers[place] = threading.Event()
            return None

    def end_to_make(self, place: Place) -> None:
        """It is made, or could not be."""
        with self._lock:
            self._makers.pop(place).set()
