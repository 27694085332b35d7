"""What readers may see now: pages that are live, open to everybody, and within their own dates.

A page says from when and until when it is shown. The clock's job (``publish_scheduled``) takes it off when its time is
over; here the dates are read again with every request, so that nothing is shown too long because that job has stopped.
"""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q
from django.utils import timezone
from wagtail.query import PageQuerySet


def within_dates() -> Q:
    """Rows of pages whose time has begun and is not over."""
    now = timezone.now()
    begun = Q(go_live_at__isnull=True) | Q(go_live_at__lte=now)
    return begun & (Q(expire_at__isnull=True) | Q(expire_at__gt=now))


def is_within_dates(page: Any) -> bool:
    """The same of one page in memory; costs no query."""
    now = timezone.now()
    return not (page.go_live_at and page.go_live_at > now) and not (page.expire_at and page.expire_at <= now)


def is_shown(page: Any) -> bool:
    """Whether something else may name or link this page: it is live and its time has not run out."""
    return bool(page.live) and is_within_dates(page)


class ShownPages(PageQuerySet):
    """Questions about any page readers see."""

    def shown(self) -> Self:
        """Those readers may see: live, within their dates, and open to everybody."""
        return self.live().filter(within_dates()).public()
