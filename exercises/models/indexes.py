"""The catalogue of exercises."""

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
from exercises import assembly
from exercises.models.concerned import leaving_out
from exercises.models.exercises import ExercisePage
from exercises.models.facets import READ_BY, facet_rules
from exercises.models.ingredients import CARD_COLUMNS


class ExerciseIndexPage(GatedPage):
    """All exercises, filtered in the query string by what they are, and without what is to be left out."""

    site_needs_it = True

    introduction = models.TextField(blank=True, help_text=gettext_lazy("One or two sentences above the list."))

    content_panels = [*Page.content_panels, "introduction"]
    max_count_per_parent = 1
    subpage_types = [ExercisePage]

    class Meta:
        verbose_name = gettext_lazy("list of exercises")

    def catalogue(self, request: HttpRequest) -> Catalogue:
        """The list as asked for."""
        shown = ExercisePage.objects.shown().filter(locale_id=self.locale_id).order_by("title", "pk")
        shown = shown.only(*CARD_COLUMNS)
        return catalogue(
            shown,
            request.GET,
            facet_rules(),
            lambda found: with_figures_in_time(listed_cards(found, assembly.card)),
            read_by=READ_BY,
            leaving_out=leaving_out(request.GET),
            kept_as=("exercises", self.locale_id),
        )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page; where something is to be left out, for nobody to keep."""
        return kept_nowhere(request, super().serve(request, *args, **kwargs))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The catalogue and nothing else."""
        context = super().get_context(request, *args, **kwargs)
        context.update(catalogue=self.catalogue(request), breadcrumb=[(self.title, "")])
        return context
