"""The catalogue of routines."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from clinical.models import GatedPage
from clinical.pages.cards import Catalogue
from clinical.pages.catalogues import catalogue
from clinical.pages.left_out import kept_nowhere
from clinical.pages.listed import listed_cards, with_figures_in_time
from routines import assembly
from routines.models.routine_facets import READ_BY, facet_rules, leaving_out
from routines.models.routines import RoutinePage, with_items


class RoutineIndexPage(GatedPage):
    """All routines, filtered in the query string by what is in them, and without what is to be left out."""

    site_needs_it = True

    introduction = models.TextField(blank=True, help_text=gettext_lazy("One or two sentences above the list."))

    content_panels = [*Page.content_panels, "introduction"]
    max_count_per_parent = 1
    subpage_types = [RoutinePage]

    class Meta:
        verbose_name = gettext_lazy("list of routines")

    def catalogue(self, request: HttpRequest) -> Catalogue:
        """The list as asked for."""
        shown = with_items(RoutinePage.objects.shown().filter(locale_id=self.locale_id).order_by("title", "pk"))
        return catalogue(
            shown,
            request.GET,
            facet_rules(),
            lambda found: with_figures_in_time(listed_cards(found, assembly.card)),
            read_by=READ_BY,
            leaving_out=leaving_out(request.GET),
            kept_as=("routines", self.locale_id),
        )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page; where something is to be left out, for nobody to keep."""
        return kept_nowhere(request, super().serve(request, *args, **kwargs))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The catalogue and nothing else."""
        context = super().get_context(request, *args, **kwargs)
        context.update(catalogue=self.catalogue(request), breadcrumb=[(self.title, "")])
        return context
