"""Condition hubs: one page for each condition and language, red flags first."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from clinical.admin.panels import review_panels, safety_panels
from clinical.models import ClinicalPage, Condition, GatedPage, SourceReference, board_for
from clinical.outputs.signs import Opening
from clinical.pages.cards import Card
from clinical.pages.listed import listed_cards
from clinical.publishing.approvals import known_to_readers, second_person_refusal
from clinical.publishing.blocks import AdviceBlocks
from clinical.publishing.from_library import once
from clinical.publishing.refusals import Refusal
from clinical.safety.reach import Part, Subject
from clinical.safety.sheet import SafetyBoard
from clinical.words.choices import ApprovalBasis, BodyRegion
from stretchsite import hubs
from stretchsite.models.right_now import RightNowMixin, RightNowPages, right_now_panel


class ConditionPage(RightNowMixin, ClinicalPage):
    """The hub of one condition: what it is, what helps, its routines and exercises, when to get help."""

    search_rank = 0
    objects: ClassVar[Any] = PageManager.from_queryset(RightNowPages)()

    condition = models.ForeignKey(
        Condition, null=True, on_delete=models.PROTECT, related_name="+", help_text=_("The tag this page explains.")
    )
    what_it_is = StreamField(AdviceBlocks(), help_text=_("Short: how it feels, why it happens, how it usually goes."))
    what_helps = StreamField(AdviceBlocks(), help_text=_("What people can do themselves, and what is not known."))
    usual_sensation = models.CharField(
        max_length=120,
        blank=True,
        help_text=_(
            "Only where the complaint itself is a sensation: what is no reason to stop, and what still is, in one "
            "sentence: “Your usual restless-legs feeling is no reason to stop; new numbness is.” It follows the stop "
            "sign wherever this condition is the only one named, and takes nothing away from it."
        ),
    )

    pictured = models.CharField(
        _("pictured by"),
        max_length=20,
        choices=BodyRegion.choices,
        blank=True,
        help_text=_("The body region on its card in lists. It says nothing about safety, and notes do not follow it."),
    )

    subpage_types: list[type] = []
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title", help_text=_("The condition’s name as patients say it.")),
                    FieldPanel("condition"),
                    FieldPanel("purpose"),
                    FieldPanel("pictured"),
                    right_now_panel(),
                    FieldPanel("what_it_is"),
                    FieldPanel("what_helps"),
                ],
                heading=_("The condition"),
            ),
            ObjectList([FieldPanel("usual_sensation"), *safety_panels()], heading=_("Safety")),
            ObjectList(review_panels(), heading=_("Evidence and review")),
            ObjectList([*Page.promote_panels, *Page.settings_panels], heading=_("Address and dates")),
        ]
    )

    search_fields = [
        *ClinicalPage.search_fields,
        index.SearchField("purpose", boost=3),
        index.SearchField("now_title", boost=2),
        index.SearchField("what_it_is"),
        index.RelatedFields("condition", [index.SearchField("name", boost=8), index.SearchField("aliases", boost=8)]),
    ]

    class Meta:
        verbose_name = _("condition page")
        verbose_name_plural = _("condition pages")
        constraints = [once("stretchsite_hub")]

    #: A condition has one page in each language.
    may_be_copied = False

    def clinical_refusal(self) -> Refusal:
        """What keeps this hub from being live."""
        refusal = super().clinical_refusal() | self.right_now_refusal()
        if not self.condition_id:
            refusal["condition"] = [_("Choose the condition this page explains.")]
        elif self._other_hub():
            refusal["condition"] = [_("This condition has a page in this language already; choose another.")]
        return refusal

    def approval_refusal(self) -> Refusal:
        """Readers who know the page are told of no other reason not to stop on the word of a library alone."""
        refusal = super().approval_refusal()
        if refusal or not self.usual_sensation:
            return refusal
        last = known_to_readers(self).values_list("usual_sensation", flat=True).first()
        is_by_one_person = self.found_approval is not None and self.found_approval.basis == ApprovalBasis.SAME_PERSON
        if last == self.usual_sensation or (last is None and not is_by_one_person):
            return {}
        why = gettext("What is no reason to stop would be another than now, and that takes a second person. Submit it.")
        return second_person_refusal(self, why)

    def _other_hub(self) -> bool:
        if self.alias_of_id:
            return False
        others = ConditionPage.objects.live().filter(condition=self.condition_id, locale_id=self.locale_id)
        return others.filter(alias_of__isnull=True).exclude(pk=self.pk).exists()

    def follow_up(self, *, whole: bool) -> None:
        """A live hub is what the condition's chips link to."""
        super().follow_up(whole=whole)
        if self.live and whole and not self.alias_of_id:
            Condition.objects.filter(pk=self.condition_id).exclude(hub=self.pk).update(hub=self.pk)

    def subjects(self) -> list[Subject]:
        """The hub as the rules of safety notes see it."""
        conditions = frozenset({str(self.condition_id)} if self.condition_id else ())
        said = self.usual_sensation
        return [Subject(self.content_key, self.title, Part.WHOLE, conditions=conditions, usual_sensation=said)]

    def listed_subjects(self) -> list[Subject]:
        """The same where it stands in a list."""
        return self.subjects()

    def opening(self) -> Opening:
        """What its readers read before all else."""
        hub = hubs.hub_of(self)
        return Opening(hub.signs, (hub.title, hub.purpose))

    def card(self) -> Card:
        """What a list shows of it."""
        return hubs.card(self)

    def board(self) -> SafetyBoard:
        """The notes in force on it."""
        return board_for(self.subjects(), self.language)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The hub as a value and nothing else."""
        context = super().get_context(request, *args, **kwargs)
        hub = hubs.hub_of(self)
        context.update(
            hub=hub,
            freshness=hub.provenance.freshness(timezone.localdate()),
            page_language=hub.language,
            breadcrumb=[(_("Conditions"), reverse("conditions")), (self.title, "")],
        )
        return context


class HubSource(SourceReference):
    """Where a hub's statements come from."""

    page = ParentalKey(ConditionPage, on_delete=models.CASCADE, related_name="sources")


class ConditionIndexPage(GatedPage):
    """All conditions that have a page."""

    site_needs_it = True

    introduction = models.TextField(blank=True, help_text=_("One or two sentences above the list."))

    content_panels = [*Page.content_panels, "introduction"]
    max_count_per_parent = 1
    subpage_types = [ConditionPage]

    class Meta:
        verbose_name = _("list of conditions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A card for each hub."""
        context = super().get_context(request, *args, **kwargs)
        shown = ConditionPage.objects.shown().filter(locale_id=self.locale_id).order_by("title")
        context.update(cards=listed_cards(shown, hubs.card), breadcrumb=[(self.title, "")])
        return context
