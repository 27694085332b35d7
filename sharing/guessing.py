"""Counting the attempts to guess an address of a share link (SL12).

Only misses count, and only per network: a whole clinic may stand behind one address, so a link that exists opens
however many others were mistyped beside it. They are counted over all processes, and never under the writers' lock.
"""

from __future__ import annotations

from clinical.serving.rate_limits import Limit, take

MOST_MISSES = 20
WINDOW_SECONDS = 5 * 60

#: How long who tries again waits where a miss could not be counted in time: a guess must not get by for that.
SECONDS_UNCOUNTED = 30

_misses = Limit("misses", MOST_MISSES, WINDOW_SECONDS)


def seconds_to_wait(network: str) -> int:
    """Count one more miss; how long this network has to wait when it has had too many, else 0."""
    return take((_misses, network), uncounted=SECONDS_UNCOUNTED)
