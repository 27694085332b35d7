"""The catalogue of routines."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from clinical.models import Condition, GatedPage
from clinical.pages.cards import Catalogue
from clinical.pages.catalogues import FacetRule, catalogue
from clinical.pages.listed import listed_cards
from clinical.words.choices import NOT_ADVISED_AGAINST, BodyRegion, Moment
from exercises.models.indexes import choices
from exercises.querysets import works
from routines import assembly
from routines.models.routines import RoutineCondition, RoutineItem, RoutinePage, with_items


class RoutineIndexPage(GatedPage):
    """All routines, filtered by condition, body region and moment in the query string."""

    site_needs_it = True

    introduction = models.TextField(blank=True, help_text=gettext_lazy("One or two sentences above the list."))

    content_panels = [*Page.content_panels, "introduction"]
    max_count_per_parent = 1
    subpage_types = [RoutinePage]

    class Meta:
        verbose_name = gettext_lazy("list of routines")

    def catalogue(self, request: HttpRequest) -> Catalogue:
        """The list as asked for."""
        shown = with_items(RoutinePage.objects.shown().filter(locale_id=self.locale_id).order_by("title"))
        return catalogue(shown, request.GET, facet_rules(), lambda found: listed_cards(found, assembly.card))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The catalogue and nothing else."""
        context = super().get_context(request, *args, **kwargs)
        context.update(catalogue=self.catalogue(request), breadcrumb=[(self.title, "")])
        return context


def facet_rules() -> list[FacetRule]:
    """What the catalogue can be filtered by. One query, for the conditions."""
    conditions = tuple(Condition.objects.values_list("slug", "name"))
    return [
        FacetRule(
            "condition",
            _("Used for"),
            conditions,
            lambda slug: Q(
                pk__in=RoutineCondition.objects.filter(tag__slug=slug, evidence__in=NOT_ADVISED_AGAINST).values(
                    "content_object"
                )
            ),
        ),
        FacetRule(
            "region",
            _("Body area"),
            choices(BodyRegion),
            lambda region: Q(pk__in=RoutineItem.objects.filter(works(region, "exercise__")).values("page")),
        ),
        FacetRule("moment", _("When"), choices(Moment), lambda moment: Q(moments__contains=f"|{moment}|")),
    ]
