"""What readers may be shown of clinical pages: the one question of every list, search, card and map of the site."""

from __future__ import annotations

from typing import Any, Self

from wagtail.models import Page

from clinical.models.withdrawals import Withdrawal
from clinical.querysets import ShownPages, is_shown


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
