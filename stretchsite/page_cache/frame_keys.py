"""The generation a page is being made under, for what each process remembers of the frame round every page.

What is remembered for a minute or an hour (links at the foot, where a site begins) would otherwise be built into a page
that is kept for longer. So while a page is made to be kept, the name of each such memory carries the generation.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache.backends.base import default_key_func
from django.db import connection

from clinical.clinic.clinic_known import KNOWN_AS
from clinical.publishing.libraries_known import KNOWN_AS as LIBRARIES
from stretchsite.page_cache.generations import QUESTION

_thread = threading.local()


@contextmanager
def made_under(generation: str) -> Iterator[None]:
    """Within the block this thread makes a page to be kept under this generation."""
    _thread.generation = generation
    try:
        yield
    finally:
        _thread.generation = ""


def is_seen_here() -> bool:
    """Whether a page is being made to be kept, and the connection its content comes from sees that very generation.

    Asked before any of the content. A connection to a file that has been replaced since, or one that still sees what
    was there before, would have its page kept under a generation that it is not of.
    """
    generation = getattr(_thread, "generation", "")
    return bool(generation) and is_seen(generation)


def is_seen(generation: str) -> bool:
    """Whether the connection that content comes from sees this generation."""
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        row = cursor.fetchone()
    return row is not None and row[0] == generation


def of_this_generation(key: str) -> str:
    """The name under which the process remembers something while a page is made to be kept; else the name itself."""
    generation = getattr(_thread, "generation", "")
    return f"{key}:{generation}" if generation else key


def key_of(key: str, key_prefix: str, version: int) -> str:
    """``KEY_FUNCTION`` of the default cache: as Django's own, but for three memories of what stands on pages.

    Where sites begin, as the platform remembers it, whose site it is, and what libraries say of themselves.
    """
    from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY  # a cache may be asked for before there are models

    name = of_this_generation(key) if key in {SITE_ROOT_PATHS_CACHE_KEY, KNOWN_AS, LIBRARIES} else key
    return str(default_key_func(name, key_prefix, version))
