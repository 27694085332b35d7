"""Counting the attempts to guess an address of a share link (SL12).

Only misses count, and only per network: a whole clinic may stand behind one address, so a link that exists opens
however many others were mistyped beside it. The count lives in a cache all processes share, one write a miss.
"""

from __future__ import annotations

import logging
import time

from django.core.cache import caches
from django.db import DatabaseError

MOST_MISSES = 20
WINDOW_SECONDS = 5 * 60

logger = logging.getLogger(__name__)


def seconds_to_wait(network: str) -> int:
    """Count one more miss; how long this network has to wait when it has had too many, else 0.

    Where counting fails, nobody waits: a reader with a mistyped address is still told what to do.
    """
    key, now = f"misses:{network}", time.time()
    try:
        count, ends = caches["misses"].get(key) or (0, now + WINDOW_SECONDS)
        if count >= MOST_MISSES:
            return max(1, round(ends - now))
        caches["misses"].set(key, (count + 1, ends), timeout=max(1, ends - now))
    except DatabaseError:
        logger.exception("A miss could not be counted.")
    return 0


def forget_old_misses() -> None:
    """Remove every count: a few minutes' worth, once a day. The cache itself removes old ones only when it is full."""
    caches["misses"].clear()
