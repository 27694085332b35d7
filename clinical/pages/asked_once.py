"""What was answered already, remembered while one search lasts.

A search looks for several sorts of page; what is the same for all of them need not be asked for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asked_once(known: dict[Any, Any] | None = None) -> Iterator[None]:
    """Within the block the same question is asked once; in several blocks of one search, where they share ``known``."""
    before = _answers.set({} if known is None else known)
    try:
        yield
    finally:
        _answers.reset(before)


def answers() -> dict[Any, Any]:
    """What was answered so far, by question; outside such a block nothing, and nothing is remembered."""
    known = _answers.get()
    return {} if known is None else known
