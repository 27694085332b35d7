"""Whoever is told that something is off the site, or on it, is right everywhere.

On PostgreSQL another process may answer what was there before for half a second. So a request to the admin that changed
what readers may see is answered when that time is over. On SQLite every request asks, and nobody waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import connection

from stretchsite.page_cache.generations import Generations
from stretchsite.page_cache.lease import SETTLED_SECONDS

_READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def settled(
    generations: Generations,
    application: Callable[[dict[str, Any], Any], Iterable[bytes]],
    environ: dict[str, Any],
    start_response: Any,
) -> Iterable[bytes]:
    """Pass it on; where it has moved the generation, or that cannot be told, answer when every process knows."""
    seconds = generations.settled_seconds
    if not seconds or environ["REQUEST_METHOD"] in _READING or not environ["PATH_INFO"].startswith("/admin/"):
        return application(environ, start_response)
    before = generations.at_once()
    response = application(environ, start_response)
    if not before or generations.at_once() != before:
        time.sleep(seconds)
    return response


def wait_until_settled() -> None:
    """For a program that changes something and then says so."""
    if settings.PAGE_CACHE and connection.vendor == "postgresql":
        time.sleep(SETTLED_SECONDS)
