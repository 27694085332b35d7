"""The front page, and the pages that explain the site itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from clinical.models import GatedPage, board_of_help
from clinical.outputs.signs import sign_card
from clinical.pages.listed import listed_cards
from clinical.pages.visible import ShownPages
from clinical.publishing.blocks import AdviceBlocks, prose
from clinical.publishing.from_library import KEPT_OF_LIBRARY, once
from clinical.publishing.gated_pages import DATE_FILTERS
from clinical.words.choices import BodyRegion
from exercises.models import ExerciseIndexPage
from routines import assembly as routine_assembly
from routines.models import RoutineIndexPage, RoutinePage
from routines.models.indexes import with_items
from stretchsite import hubs
from stretchsite.models.conditions import ConditionIndexPage, ConditionPage
from stretchsite.reserved import SAFETY_SLUG, is_answered_by_the_site

#: How many routines the front page offers to start with when nobody has chosen any.
ROUTINES_TO_START_WITH = 3
#: The body areas on the front page, those people look for most.
BODY_AREAS = (
    BodyRegion.NECK,
    BodyRegion.LOW_BACK,
    BodyRegion.HIP,
    BodyRegion.BACK_THIGH,
    BodyRegion.FRONT_THIGH,
    BodyRegion.LOWER_LEG,
)


class InformationPage(GatedPage):
    """A page about the site: privacy, accessibility, how content is reviewed. Two people stand behind its words."""

    needed_slugs = frozenset({SAFETY_SLUG})

    introduction = models.TextField(help_text=_("What this page answers, in a sentence or two."))
    body = StreamField(AdviceBlocks())
    in_footer = models.BooleanField(default=True, help_text=_("Linked from the foot of every page."))
    from_library = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    library_id = models.CharField(max_length=60, blank=True, editable=False)
    library_digest = models.CharField(max_length=64, blank=True, editable=False)

    content_panels = [*Page.content_panels, "introduction", "body", "in_footer"]
    subpage_types: list[type] = []
    search_fields = [
        *Page.search_fields,
        *DATE_FILTERS,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    exclude_fields_in_copy = list(KEPT_OF_LIBRARY)
    objects: ClassVar[Any] = PageManager.from_queryset(ShownPages)()

    class Meta:
        verbose_name = _("information page")
        constraints = [once("stretchsite_information")]

    def is_of_the_site(self) -> bool:
        """It stands right under the front page, where the search, the diary and the admin stand as well."""
        return is_answered_by_the_site(self.slug)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The prose, cleaned; on the page that help leads to every sign in force to get help for."""
        context = super().get_context(request, *args, **kwargs)
        context.update(body=prose(self.body), breadcrumb=[(self.title, "")])
        if self.slug == SAFETY_SLUG:
            board = board_of_help(self.content_key, self.language)
            card = sign_card(board)
            says_whom = card.group("emergency") and card.group("today")
            context.update(board=board, signs=card, says_whom_to_call=says_whom)
        return context


class HomePage(GatedPage):
    """The front page: search, body areas, routines to start with, conditions. Two people stand behind its words."""

    site_needs_it = True

    introduction = models.TextField(blank=True, help_text=_("One sentence under the title."))

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        HelpPanel(_("Choose up to three routines; without any, the first ones by name are shown.")),
        InlinePanel("starting_routines", label=_("routine to start with"), max_num=ROUTINES_TO_START_WITH),
    ]
    max_count_per_parent = 1
    subpage_types = [ConditionIndexPage, ExerciseIndexPage, RoutineIndexPage, InformationPage]

    class Meta:
        verbose_name = _("home page")

    def start_here(self) -> list[RoutinePage]:
        """The routines chosen for the front page, or the first by name."""
        chosen = [row.routine_id for row in self.starting_routines.all()]
        shown = with_items(RoutinePage.objects.shown().filter(locale_id=self.locale_id))
        if not chosen:
            return list(shown.order_by("title")[:ROUTINES_TO_START_WITH])
        found = {routine.pk: routine for routine in shown.filter(pk__in=chosen)}
        return [found[pk] for pk in chosen if pk in found]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Cards and links, as values."""
        context = super().get_context(request, *args, **kwargs)
        conditions = list(ConditionPage.objects.shown().filter(locale_id=self.locale_id).order_by("title"))
        context.update(
            right_now=ConditionPage.objects.offered_right_now(self.language),
            body_areas=tuple(
                (str(area.label), f"{reverse('exercises')}?{urlencode({'region': area.value})}", area.value)
                for area in BODY_AREAS
            ),
            start_here=listed_cards(self.start_here(), routine_assembly.card),
            conditions=listed_cards(conditions, hubs.card),
        )
        return context


class StartingRoutine(Orderable):
    """A routine the front page offers to start with. Choosing it is part of what two people approved."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="starting_routines")
    routine = models.ForeignKey(RoutinePage, on_delete=models.RESTRICT, related_name="+")

    class Meta(Orderable.Meta):
        pass
