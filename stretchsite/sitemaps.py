"""The site map: every page readers may see, and no other."""

from __future__ import annotations

from typing import Any

from wagtail.contrib.sitemaps import Sitemap

from clinical.querysets import within_dates


class ShownPagesSitemap(Sitemap):
    """The platform's site map without pages whose time has run out."""

    def items(self) -> Any:
        """Live, open to everybody, within their dates."""
        return super().items().filter(within_dates())
