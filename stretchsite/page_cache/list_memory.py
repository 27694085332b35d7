"""What lists hold, by generation: all entries of each, in order, and what they are.

The page cache keeps whole pages without filters. With filters there is no end of pages, but what is dear about them is
finding and counting: so what is counted is kept here, under the same generation, up to the same moment and by the same
clock, and the page is made of it anew. It is the same whatever was asked: of what a reader ticked nothing is in it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from clinical.pages.remembering import Memory, Question
from stretchsite.page_cache.frame_keys import is_seen
from stretchsite.page_cache.generations import Generations
from stretchsite.page_cache.shelf import Shelves, keep

#: What one process keeps of it at most, in bytes.
MOST_BYTES = 16 * 1024 * 1024
#: How long a thread waits for another that is finding something, before it finds it itself, in seconds.
FINDING_SECONDS = 2.0
#: What an answer takes besides what it holds, and how many times the letters it is written in; roughly.
_OVERHEAD, _OF_A_LETTER = 1024, 4


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer, and what it takes of the memory, in bytes."""

    found: Any
    weight: int


class ListMemory:
    """A memory for ``clinical.pages.remembering``: answers what was found under the generation there is.

    One thread at a time finds anything: whoever comes meanwhile waits a while, and mostly finds it there.
    """

    def __init__(self, generations: Generations, shelves: Shelves) -> None:
        self._generations, self._shelves = generations, shelves
        # What is found may ask for something else that is remembered.
        self._finding = threading.RLock()

    def since(self, begun: float) -> Memory:
        """The memory for a request that began at this second since 1970, and may have looked at the clock since."""
        return partial(self._answer, begun)

    def _answer(self, begun: float, question: Question, find: Callable[[], Any]) -> Any:
        """From memory, or found and kept. Where the generation is not known for sure, found and forgotten."""
        if kept := self._kept(begun, question):
            return kept.found
        is_alone = self._finding.acquire(timeout=FINDING_SECONDS)
        try:
            return self._found(begun, question, find)
        finally:
            if is_alone:
                self._finding.release()

    def _kept(self, begun: float, question: Question) -> Any:
        generation = self._generations.current()
        return self._shelves.of(generation, begun).get(question) if generation else None

    def _found(self, begun: float, question: Question, find: Callable[[], Any]) -> Any:
        # Asked anew, of whatever generation it is now: another may have found it meanwhile.
        generation = self._generations.current()
        if not generation:
            return find()
        shelf = self._shelves.of(generation, begun)
        kept = shelf.get(question)
        if kept is None:
            # Asked before anything is counted: what follows is no older than this generation.
            # What became due since the request began may be missing from it: then it is not of this shelf.
            may_be_kept = shelf.begun <= begun and is_seen(generation)
            kept = _Answer(found := find(), _OVERHEAD + weight_of(question, found))
            if may_be_kept:
                keep(shelf, question, kept)
        return kept.found


def weight_of(question: Question, found: Any) -> int:
    """What both take, in bytes; roughly. An answer of many parts says so itself."""
    said = getattr(found, "weight", None)
    return int(said) if said is not None else _OF_A_LETTER * len(repr((question, found)))
