"""A part of a page that cannot be shown loses itself, and not the page; what keeps readers safe never does.

Pure. One mechanism for every output: a card, a link, a figure, a picture, a block of data is made by ``alone`` (in a
template: ``{% part %}``). Where that fails, it is left out, the log says which part of what, and whoever is watching is
told: nothing that lacks a part may be remembered or kept. A safety note, a board or an emergency number is made by
``never_lost``: where that fails nothing may be shown without it, so it raises through every ``alone`` round it, and the
whole output answers 503 with the stop signs and the number (``clinical.middleware``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from django.db import InterfaceError, OperationalError

from clinical.safety.sheet import MissingSafety

T = TypeVar("T")

_logger = logging.getLogger(__name__)

#: Where the database itself does not answer, no part of the page is at fault.
_NOT_OF_ONE_PART = (MissingSafety, OperationalError, InterfaceError)


@dataclass(frozen=True)
class Lost:
    """A part that was left out, and why, in the words of the exception."""

    part: str
    why: str

    def __str__(self) -> str:
        return f"{self.part}: {self.why}"


@dataclass(frozen=True)
class _Watch:
    where: str
    lost: list[Lost]


_watches: ContextVar[tuple[_Watch, ...]] = ContextVar("watches", default=())


@contextmanager
def watching(where: str = "") -> Iterator[list[Lost]]:
    """Collects what is lost while it lasts. ``where`` says in the log what it was lost from."""
    watch = _Watch(where, [])
    before = _watches.set((*_watches.get(), watch))
    try:
        yield watch.lost
    finally:
        _watches.reset(before)


def alone(part: str, make: Callable[[], T], without: T) -> T:
    """What ``make`` gives; where it fails, ``without``: the page goes on without this part."""
    try:
        return make()
    except _NOT_OF_ONE_PART:
        raise
    except Exception as error:  # whatever it is, it is this part's alone
        _lose(part, error)
        return without


def _lose(part: str, error: Exception) -> None:
    watches = _watches.get()
    where = next((watch.where for watch in reversed(watches) if watch.where), "a page")
    _logger.error("%s: left out %s, which could not be shown", where, part, exc_info=error)
    for watch in watches:
        watch.lost.append(Lost(part, in_words(error)))


@contextmanager
def never_lost(part: str) -> Iterator[None]:
    """For what keeps readers safe, as a decorator or a block: any failure in it is ``MissingSafety``."""
    try:
        yield
    except _NOT_OF_ONE_PART:
        raise
    except Exception as error:
        raise MissingSafety(f"{part} could not be shown: {in_words(error)}") from error


def in_words(error: Exception) -> str:
    """An exception as a line: its class and what it says."""
    return f"{type(error).__name__}: {error}"
