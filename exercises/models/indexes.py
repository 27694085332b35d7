"""The catalogue of exercises."""

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
from clinical.words.choices import NAMED_BY_WIDER_REGION, NOT_ADVISED_AGAINST, BodyRegion, StartingPosition
from exercises import assembly
from exercises.models.exercises import ExerciseCondition, ExercisePage
from exercises.models.ingredients import CARD_COLUMNS
from exercises.querysets import starts, works


class ExerciseIndexPage(GatedPage):
    """All exercises, filtered by condition, body region and position in the query string."""

    site_needs_it = True

    introduction = models.TextField(blank=True, help_text=gettext_lazy("One or two sentences above the list."))

    content_panels = [*Page.content_panels, "introduction"]
    max_count_per_parent = 1
    subpage_types = [ExercisePage]

    class Meta:
        verbose_name = gettext_lazy("list of exercises")

    def catalogue(self, request: HttpRequest) -> Catalogue:
        """The list as asked for."""
        shown = ExercisePage.objects.shown().filter(locale_id=self.locale_id).order_by("title")
        shown = shown.only(*CARD_COLUMNS)
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
                pk__in=ExerciseCondition.objects.filter(tag__slug=slug, evidence__in=NOT_ADVISED_AGAINST).values(
                    "content_object"
                )
            ),
        ),
        FacetRule("region", _("Body area"), _regions(), works),
        FacetRule("position", _("Position"), choices(StartingPosition), starts),
    ]


def _regions() -> tuple[tuple[str, str], ...]:
    return tuple(each for each in choices(BodyRegion) if each[0] not in NAMED_BY_WIDER_REGION)


def choices(vocabulary: type[models.TextChoices]) -> tuple[tuple[str, str], ...]:
    """A vocabulary's values and words, as a facet's options."""
    return tuple((member.value, str(member.label)) for member in vocabulary)
