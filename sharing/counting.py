"""Counting who opens what was shared, without the page waiting for it or failing by it (PD5, SL7).

A request adds to a number in memory (``clinical.serving.tally``), which is written half a minute later, for all
routines together. A process that is killed loses at most half a minute of counting.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from clinical.serving import tally as counted
from sharing.models import openings

logger = logging.getLogger(__name__)


def is_opened_by_a_reader(request: HttpRequest) -> bool:
    """Whether somebody has the page before them: no program, no fetch ahead of time, nobody who works here."""
    if not counted.is_read_by_somebody(request.META):
        return False
    # Asked only of whoever brings a session along: to look at one makes the answer vary by cookies.
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated


class Tally(counted.Tally[tuple[int, date]]):
    """Openings of links to routines."""

    what = "Openings of shared links"

    def add(self, routine_id: int, day: date) -> None:
        """Count one."""
        self.count((routine_id, day))

    def keep(self, counts: Mapping[tuple[int, date], int]) -> None:
        """By routine and day."""
        openings.add(counts)

    def seconds(self) -> float:
        """As the settings say."""
        return settings.OPENINGS_WRITTEN_AFTER_SECONDS


tally = Tally()


def count_opening(request: HttpRequest, routine_id: int) -> None:
    """Count that a link to this routine was opened. Whatever goes wrong with that, the page is shown."""
    try:
        if is_opened_by_a_reader(request):
            tally.add(routine_id, timezone.localdate())
    except Exception:
        logger.exception("An opening of a shared link could not be counted.")
