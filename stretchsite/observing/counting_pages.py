"""Counting how often public pages are opened: outermost, so that what the page cache answers counts too.

Only pages themselves: no share link, no admin, no feed, no file, no list of a search. Nothing is kept of who asks: what
a program or a fetch ahead of time asks, or somebody with a session of the admin, is not counted at all.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from clinical.serving import tally as counted
from stretchsite.observing.seen import PAGE

logger = logging.getLogger(__name__)

#: In seconds. Wherever a day begins, it begins with one.
QUARTER = 900

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class Totals(counted.Tally[tuple[int, int]]):
    """Openings of public pages, by page and quarter of an hour: which day that is, is asked when they are written."""

    what = "Openings of pages"

    def keep(self, counts: Mapping[tuple[int, int], int]) -> None:
        """By page and day."""
        from stretchsite.models.daily_totals import add_totals

        by_day: Counter[tuple[int, date]] = Counter()
        for (page, quarter), count in counts.items():
            by_day[page, timezone.localdate(datetime.fromtimestamp(quarter * QUARTER, UTC))] += count
        add_totals(by_day)

    def seconds(self) -> float:
        """As the settings say."""
        return settings.TOTALS_WRITTEN_AFTER_SECONDS


class CountsPages:
    """The application with counting round it. Whatever goes wrong with that, the page is answered."""

    def __init__(self, application: Application, totals: Totals | None = None) -> None:
        self._application = application
        self.totals = totals or Totals()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer, and count what was answered."""
        said: list[str] = []

        def listen(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            said[:] = [status[:3]]
            return start_response(status, headers, *error)

        answer = self._application(environ, listen)
        page = environ.get(PAGE)
        if page and said and said[0] in {"200", "304"}:
            self._count_one(page, environ)
        return answer

    def _count_one(self, page: int, environ: Environ) -> None:
        try:
            works_here = f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "")
            if not works_here and counted.is_read_by_somebody(environ):
                self.totals.count((page, int(time.time() // QUARTER)))
        except Exception:
            logger.exception("An opening of a page could not be counted.")
