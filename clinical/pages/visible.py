"""What readers may be shown of clinical pages: the one question of every list, search, card and map of the site."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from clinical.pages.asked_once import answers
from clinical.publishing.withdrawals import Withdrawal


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

    def private_q(self) -> Q:
        """Which pages are not open to everybody; asked once for all sorts of page within ``asked_once``."""
        known = answers()
        if "restricted" not in known:
            # The platform looks through every page for those that are, even where there are none.
            some = PageViewRestriction.objects.exists()
            known["restricted"] = super().private_q() if some else Q(pk__in=[])
        restricted: Q = known["restricted"]
        return restricted

    def shown(self) -> Self:
        """Those readers may see: live, within their dates, and open to everybody."""
        return self.live().filter(within_dates()).public()


class ShownClinicalPages(ShownPages):
    """Questions about clinical pages, whatever they are."""

    def shown(self) -> Self:
        """Those readers may see: live, within their dates, open to everybody, and not withdrawn.

        What is withdrawn goes off the site anyway; this holds even where a publish and a withdrawal met half-way.
        """
        return super().shown().not_withdrawn()

    def not_withdrawn(self) -> Self:
        """Those no open withdrawal names. A plain ``in``, since the search takes nothing else."""
        return self.exclude(content_key__in=Withdrawal.objects.open().values("content_key"))


def shown_page(page: Page | None) -> Any:
    """A page chosen for readers to go to, as its own class; nothing when it is off the site or withdrawn itself."""
    if page is None or not is_shown(page):
        return None
    own = page.specific
    return None if own.is_withdrawn() else own
