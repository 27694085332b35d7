"""What a list was found to hold a moment ago, where somebody can say for how long that is true.

Nobody here can, so everything is found anew unless a server lends its memory (``stretchsite.page_cache.list_memory``),
which knows whether anything was written since. Without one, and in tests, nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeAlias, TypeVar

Found = TypeVar("Found")
#: What was asked for, in full: two questions with different answers never share one.
Question: TypeAlias = tuple[Hashable, ...]
#: From a question, and how it is answered, to its answer.
Memory: TypeAlias = Callable[[Question, Callable[[], Any]], Any]


def _none(_question: Question, find: Callable[[], Any]) -> Any:
    return find()


_memory: ContextVar[Memory] = ContextVar("memory", default=_none)


@contextmanager
def remembering_in(memory: Memory) -> Iterator[None]:
    """Within the block this thread may answer from this memory."""
    token = _memory.set(memory)
    try:
        yield
    finally:
        _memory.reset(token)


def remembered(question: Question, find: Callable[[], Found]) -> Found:
    """The answer, from memory where it is true still. Nobody may change it: others are given the same."""
    answer: Found = _memory.get()(question, find)
    return answer
