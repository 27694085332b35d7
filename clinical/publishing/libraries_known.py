"""Whose words a page of a library is made from, where it names nothing of its own: what its library says of itself.

The libraries stand in an app above; it says here how they are read. They are remembered in each process as the
clinic's name is (``clinical.clinic.clinic_known``), so that no page asks for them, and none is kept with old words.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache

from clinical.safety.made_from import Origin

#: Under which name the process remembers them; the page cache adds its generation.
KNOWN_AS = "libraries"
#: For how long, in seconds.
REMEMBERED_SECONDS = 10

_Said = dict[str, dict[str, str]]
_readers: list[Callable[[], _Said]] = []


def register_libraries(read: Callable[[], _Said]) -> None:
    """Say how they are read: by the id of each the fields of an ``Origin``."""
    _readers[:] = [read]


def said_of_library(identifier: str) -> Origin | None:
    """What the library with this id says. Nothing where it is none, or says nothing. Mostly without a query."""
    if not identifier:
        return None
    said = (cache.get_or_set(KNOWN_AS, _read, REMEMBERED_SECONDS) or {}).get(identifier)
    return Origin(**said) if said else None


def forget_libraries() -> None:
    """Ask again the next time: one was loaded or changed."""
    cache.delete(KNOWN_AS)


def _read() -> _Said:
    return {name: said for read in _readers for name, said in read().items()}
