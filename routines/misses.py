"""Counting the attempts to guess an address of a share link (SL12).

Only misses count, and only per network: a whole clinic may stand behind one address, so a link that exists opens
however many others were mistyped beside it. They are counted over all processes, and never under the writers' lock.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from clinical.limits import Limit
from routines.networks import network_of

MOST_MISSES = 20
WINDOW_SECONDS = 5 * 60

_misses = Limit("misses", MOST_MISSES, WINDOW_SECONDS)


def reader_network(request: HttpRequest) -> str:
    """The network the reader is in: as the proxy in front says, where one is trusted."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.TRUST_FORWARDED_FOR else ""
    return network_of(forwarded.rpartition(",")[2] or request.META.get("REMOTE_ADDR", ""))


def seconds_to_wait(network: str) -> int:
    """Count one more miss; how long this network has to wait when it has had too many, else 0."""
    return _misses.seconds_to_wait(network)
