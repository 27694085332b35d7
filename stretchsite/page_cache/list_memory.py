"""What lists were found to hold, by generation: the numbers beside the filters, and which entries stand on a page.

The page cache keeps whole pages without filters. With filters there is no end of pages, but what is dear about them is
the counting: so the numbers are kept here, under the same generation, up to the same moment and by the same clock, and
the page is made of them anew. What a reader ticked about their body is not among it (0043).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from clinical.pages.remembering import Memory, Question
from stretchsite.page_cache.frame_keys import is_seen
from stretchsite.page_cache.generations import Generations
from stretchsite.page_cache.shelf import Shelves, keep

#: What one process keeps of it at most, in bytes.
MOST_BYTES = 8 * 1024 * 1024
#: What an answer takes besides what it holds, and how many times the letters it is written in; roughly.
_OVERHEAD, _OF_A_LETTER = 1024, 4


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer, and what it takes of the memory, in bytes."""

    found: Any
    weight: int


class ListMemory:
    """A memory for ``clinical.pages.remembering``: answers what was found under the generation there is."""

    def __init__(self, generations: Generations, shelves: Shelves) -> None:
        self._generations, self._shelves = generations, shelves

    def since(self, begun: float) -> Memory:
        """The memory for a request that began at this second since 1970, and may have looked at the clock since."""
        return partial(self._answer, begun)

    def _answer(self, begun: float, question: Question, find: Callable[[], Any]) -> Any:
        """From memory, or found and kept. Where the generation is not known for sure, found and forgotten."""
        generation = self._generations.current()
        if not generation:
            return find()
        shelf = self._shelves.of(generation, begun)
        kept = shelf.get(question)
        if kept is None:
            # Asked before anything is counted: what follows is no older than this generation.
            # What became due since the request began may be missing from it: then it is not of this shelf.
            may_be_kept = shelf.begun <= begun and is_seen(generation)
            kept = _Answer(found := find(), _OVERHEAD + _OF_A_LETTER * len(repr((question, found))))
            if may_be_kept:
                keep(shelf, question, kept)
        return kept.found
