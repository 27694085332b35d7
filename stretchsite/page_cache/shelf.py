"""What a process keeps of one generation, up to the moment at which something becomes due."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from typing import Any, TypeAlias

from django.db import Error

from clinical.serving.waiting import waiting_less
from stretchsite.page_cache.endings import soonest_end

logger = logging.getLogger(__name__)

#: What it is kept under: of a page scheme, host and path, as they were asked for.
Place: TypeAlias = tuple[Hashable, ...]

#: How long the database may take to say what is due, in seconds.
DUE_SECONDS = 1.0

#: How far two threads that look at the clock one after the other may differ, in seconds; more means it was set back.
CLOCK_SECONDS = 1.0


class Shelf:
    """The answers made under one generation, each with a ``weight`` in bytes.

    Whoever makes one puts it on the shelf of *before* it was made.

    ``begun`` is when the generation was first seen, by the clock on the wall, in seconds since 1970. ``soonest_end``
    says when something becomes due after a moment, and may raise where the database cannot say.
    """

    def __init__(
        self, generation: str, begun: float, most_bytes: int, soonest_end: Callable[[datetime], datetime]
    ) -> None:
        self.generation, self.begun = generation, begun
        self._latest, self._ends = begun, float("inf")
        self._is_dated = self._is_undated = False
        self._soonest_end = soonest_end
        self._most_bytes, self._bytes = most_bytes, 0
        self._answers: OrderedDict[Place, Any] = OrderedDict()
        self._makers: dict[Place, threading.Event] = {}
        self._lock = threading.Lock()

    def holds_at(self, now: float) -> bool:
        """Whether nothing has become due since, and the clock has not been set back."""
        if now < self._latest - CLOCK_SECONDS:
            return False
        if now > self._latest:
            self._latest = now
        return now < self._ends

    def get(self, place: Place) -> Any:
        """What is kept for a place, or nothing; it is now the last to be forgotten."""
        kept = self._answers.get(place)
        if kept is not None:
            try:
                self._answers.move_to_end(place)
            except KeyError:  # forgotten by another thread meanwhile; it is the right answer all the same
                return kept
        return kept

    def put(self, place: Place, answer: Any) -> None:
        """Keep it; what was asked for longest ago makes room. Raises where the database cannot say what is due."""
        if self._is_undated:
            return
        if not self._is_dated:
            # Asked once, even where that fails, of when the generation was first seen: before anything was made.
            self._is_undated = True
            self._ends = self._soonest_end(datetime.fromtimestamp(self.begun, UTC)).timestamp()
            self._is_dated, self._is_undated = True, False
        with self._lock:
            before = self._answers.pop(place, None)
            self._bytes += _weight(place, answer) - (_weight(place, before) if before else 0)
            self._answers[place] = answer
            while self._bytes > self._most_bytes:
                self._bytes -= _weight(*self._answers.popitem(last=False))

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


def keep(shelf: Shelf, place: Place, answer: Any) -> None:
    """Put it on the shelf; where the database cannot say what is due, or says what is no date, it is forgotten."""
    try:
        with waiting_less(DUE_SECONDS):
            shelf.put(place, answer)
    except (Error, ValueError, TypeError, OverflowError) as error:
        logger.warning("Nothing is kept: the database does not say what becomes due (%s).", type(error).__name__)


def _weight(place: Place, kept: Any) -> int:
    """What both take of the memory, in bytes: a visitor may ask for a host of any length."""
    return int(kept.weight) + sum(len(part) for part in place if isinstance(part, str))


class Shelves:
    """The shelf there is: an empty one when the generation is another, something became due, or the clock went back.

    ``clock`` is the one on the wall, in seconds since 1970.
    """

    def __init__(self, most_bytes: int, clock: Callable[[], float]) -> None:
        self._most_bytes, self._clock = most_bytes, clock
        self._shelf = self._new("", clock())
        self._changing = threading.Lock()

    def of(self, generation: str, since: float = float("inf")) -> Shelf:
        """It, for this generation and moment. A new one begins ``since`` whoever asks began to look at the clock."""
        now = self._clock()
        shelf = self._shelf
        if shelf.generation == generation and shelf.holds_at(now):
            return shelf
        with self._changing:
            if self._shelf.generation != generation or not self._shelf.holds_at(now):
                self._shelf = self._new(generation, min(now, since))
            return self._shelf

    def _new(self, generation: str, now: float) -> Shelf:
        return Shelf(generation, now, self._most_bytes, soonest_end)
