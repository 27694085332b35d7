"""The site map: every page readers may see, and no other. A large site's comes in parts, each made by itself."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps import Sitemap, views

from clinical.addresses import whole_address
from clinical.models import Withdrawal
from clinical.pages.visible import within_dates
from clinical.withdrawal.withdrawing import clinical_page_models

#: So many pages stand in one part: no more are in memory at once. A crawler would take fifty thousand.
A_PART = 500


class ShownPagesSitemap(Sitemap):
    """The platform's site map without pages whose time has run out, and without what is withdrawn."""

    limit = A_PART

    def items(self) -> Any:
        """Live, open to everybody, within their dates, not withdrawn; all in the platform's own query."""
        keys = Withdrawal.objects.open().values("content_key")
        pages = super().items().filter(within_dates())
        for model in clinical_page_models():
            pages = pages.exclude(pk__in=model.objects.filter(content_key__in=keys).values("pk"))
        return pages

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """At the host the site calls its own, whatever host the platform's settings have for it."""
        found: list[dict[str, Any]] = super().get_urls(page, site, protocol)
        for each in found if settings.CANONICAL_HOST else ():
            each["location"] = whole_address(self.request, urlunsplit(("", "", *urlsplit(each["location"])[2:])))
        return found

    @cached_property
    def paginator(self) -> Paginator[Any]:
        """The parts, counted once."""
        return Paginator(self.items(), self.limit)

    def get_latest_lastmod(self) -> None:
        """Not said of all parts together: it would take a look at every page."""


def site_map(request: HttpRequest) -> HttpResponse:
    """The whole map of a site that has one part; of a larger one where its parts are."""
    pages = ShownPagesSitemap(request)
    parts = {"pages": pages}
    if pages.paginator.num_pages == 1:
        whole: HttpResponse = views.sitemap(request, parts)
        return whole
    index: HttpResponse = views.index(request, parts, sitemap_url_name="sitemap_part")
    return index


def site_map_part(request: HttpRequest, section: str) -> HttpResponse:
    """One part, by its number in the query: ``/sitemap-pages.xml?p=2``. Raises ``Http404`` where there is none."""
    part: HttpResponse = views.sitemap(request, {"pages": ShownPagesSitemap(request)}, section=section)
    return part
