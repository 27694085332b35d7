"""The site map: every page readers may see, and no other."""

from __future__ import annotations

from typing import Any

from wagtail.contrib.sitemaps import Sitemap

from clinical.models import Withdrawal
from clinical.pages.visible import within_dates
from clinical.withdrawal.withdrawing import clinical_page_models


class ShownPagesSitemap(Sitemap):
    """The platform's site map without pages whose time has run out, and without what is withdrawn."""

    def items(self) -> Any:
        """Live, open to everybody, within their dates, not withdrawn; all in the platform's own query."""
        keys = Withdrawal.objects.open().values("content_key")
        pages = super().items().filter(within_dates())
        for model in clinical_page_models():
            pages = pages.exclude(pk__in=model.objects.filter(content_key__in=keys).values("pk"))
        return pages
