"""The platform's search of all pages: what is withdrawn is known without a query for each page that is not live."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.views.pages.search import SearchView

from clinical.admin.listings import with_withdrawals


class SearchPages(SearchView):
    """The search in the menu."""

    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        """Fetched along with the pages, however many are found."""
        return with_withdrawals(None, super().annotate_queryset(pages), self.request)
