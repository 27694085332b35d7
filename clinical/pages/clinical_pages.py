"""ClinicalPage: what every page that tells people what to do has in common, and what it must have to be live."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from clinical.conflicts.open_conflicts import open_conflicts, page_facts
from clinical.outputs.signs import Opening
from clinical.pages.asking import asked_first
from clinical.pages.cards import Card
from clinical.pages.concerns_kept import ConcernsNamedField
from clinical.pages.losses import refusal_to_lose
from clinical.pages.signatures import signature_refusal
from clinical.pages.sourced import source_refusal
from clinical.pages.visible import ShownClinicalPages
from clinical.publishing.approvals import BY_TWO, Approval
from clinical.publishing.from_library import KEPT_OF_LIBRARY
from clinical.publishing.gate import GatedMixin
from clinical.publishing.gated_pages import DATE_FILTERS, GatedPage, GatedPageForm
from clinical.publishing.libraries_known import said_of_library
from clinical.publishing.refusals import PublishRefused, Refusal
from clinical.safety.conflicts import PageFacts
from clinical.safety.made_from import Origin
from clinical.safety.reach import Subject
from clinical.safety.sheet import Provenance, SafetyBoard
from clinical.words.characters import says_something
from clinical.words.choices import ApprovalBasis, ReviewState
from clinical.words.concerns import Concern
from clinical.words.fields import ChoiceSetField, LinesField, lines
from clinical.words.pain_lexicon import ASK_FIRST_IF, DO_NOT


class ClinicalPageForm(GatedPageForm):
    """The editor's form of a clinical page; the author of a new page is the person writing it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and self.for_user and not self.instance.author_id:
            self.instance.author_id = self.for_user.pk


class ClinicalPage(RoutablePageMixin, GatedPage):
    """Abstract: provenance, review and the publish gate, for exercises, routines and condition hubs.

    Its other outputs are routes under its own address, so that language, view restrictions and site apply to them too.
    """

    base_form_class = ClinicalPageForm
    stands_on = GatedMixin.stands_on
    pain_leads: ClassVar[dict[str, str]] = {"donts": DO_NOT, "check_first_if": ASK_FIRST_IF}
    exclude_fields_in_copy = [*KEPT_OF_LIBRARY, "came_published"]
    search_fields = [
        *Page.search_fields,
        index.SearchField("title", boost=10),
        *DATE_FILTERS,
        index.FilterField("content_key"),
    ]

    purpose = models.CharField(
        max_length=255,
        help_text=_("One line for patients: what it is good for. “A gentle floor stretch for the back of the thigh.”"),
    )
    who_it_is_for = models.TextField(help_text=_("Who it suits, in a sentence or two."))
    check_first_concerns = ChoiceSetField(
        _("ask first: whom it concerns"),
        vocabulary=Concern,
        blank=True,
        default="",  # a fingerprint reads it as nothing said, so that what was approved before there was it holds
        max_length=400,
        help_text=_("Who should ask a clinician before starting. A routine says each of them once."),
    )
    check_first_if = LinesField(
        verbose_name=_("ask first if"),
        blank=True,
        help_text=_("What the list above does not have, one a line, completing “Ask first if …”: “kneeling hurts”."),
    )
    evidence_summary = models.TextField(
        help_text=_("What is known about it, and what is not. Never more than the sources say.")
    )
    dos = LinesField(_("do"), blank=True, help_text=_("One a line, starting with a verb: “keep your back long”."))
    donts = LinesField(_("do not"), blank=True, help_text=_("One a line, completing “Do not …”: “bounce or force it”."))

    review_state = models.CharField(max_length=20, choices=ReviewState.choices, default=ReviewState.REVIEWED)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who wrote it."),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The colleague who checked it; the author only in a practice of one, and readers are told."),
    )
    reviewed_on = models.DateField(null=True, blank=True, help_text=_("Change it only after reading the whole page."))
    review_due = models.DateField(null=True, blank=True, help_text=_("At most three years after the review."))
    from_library = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    library_id = models.CharField(max_length=60, blank=True, editable=False)
    library_digest = models.CharField(max_length=64, blank=True, editable=False)
    origin = models.JSONField(
        null=True, blank=True, editable=False, help_text=_("Whose words it was made from, and under which licence.")
    )
    came_published = models.BooleanField(
        default=False, editable=False, help_text=_("Loaded from a library file that was asked to be published.")
    )

    origins = models.TextField(
        blank=True, editable=False, help_text=_("Of a copy: the content keys of what it goes back to, by spaces.")
    )
    copied_from = models.CharField(
        max_length=255,
        blank=True,
        editable=False,
        help_text=_("Of a copy: what it was copied from, and whose that is."),
    )

    concerns_ready = ConcernsNamedField()

    objects: ClassVar[Any] = PageManager.from_queryset(ShownClinicalPages)()

    class Meta:
        abstract = True

    #: Where it stands among what a search finds, the lowest first.
    search_rank = 9
    #: Whether a colleague may make a draft of their own of it.
    may_be_copied = True
    #: Whether it is about one exercise: its notes are counted more strictly where its author is warned of too many.
    is_one_exercise = False

    def subjects(self) -> list[Subject]:
        """The page, and whatever is shown on it, as the rules of safety notes see it."""
        raise NotImplementedError

    def listed_subjects(self) -> list[Subject]:
        """The same where it stands in a list, without a query of its own for what :meth:`listed` fetches along."""
        raise NotImplementedError

    def board(self) -> SafetyBoard:
        """The notes in force on it."""
        raise NotImplementedError

    def opening(self) -> Opening:
        """What its readers read before there is anything to do: its own lines, and the card of safety signs."""
        raise NotImplementedError

    def card(self) -> Card:
        """What a list shows of it."""
        raise NotImplementedError

    def facts(self) -> PageFacts:
        """The page as the rules of conflicts see it; what is done on it, and how much, the concrete class adds."""
        return page_facts(self)

    def clinical_refusal(self) -> Refusal:
        """Somebody should always ask first, and the page says who; and where it knows what it says from."""
        says_who = self.check_first_concerns or says_something(self.check_first_if)
        unsaid = _("Say who should ask a clinician first, here or in the list above.")
        refusal = super().clinical_refusal() | ({} if says_who else {"check_first_if": [unsaid]})
        return refusal | source_refusal(self)

    def completeness_errors(self) -> Refusal:
        """What its author must still mend; whether its advice contradicts itself is asked of what is whole."""
        refusal = super().completeness_errors()
        conflicts = [] if refusal else open_conflicts(self)
        return refusal | ({NON_FIELD_ERRORS: [conflict.words for conflict in conflicts]} if conflicts else {})

    def approval_refusal(self) -> Refusal:
        """Readers who know the page lose no serious warning on the word of a library alone."""
        return super().approval_refusal() or refusal_to_lose(self)

    @classmethod
    def listed(cls) -> models.QuerySet[Any]:
        """Those readers may see, with what their cards need."""
        return cls.objects.shown()

    def approval_asked_for(self) -> dict[str, Any]:
        """The reviewer the page names, and nobody else; for an example, the library it came from."""
        if self.review_state == ReviewState.UNREVIEWED:
            return {"basis": ApprovalBasis.LIBRARY}
        is_one = self.review_state == ReviewState.SAME_PERSON
        bases = (ApprovalBasis.SAME_PERSON,) if is_one else BY_TWO
        return {"basis__in": bases, "approver": self.reviewer_id}

    def signature_refusal(self) -> Refusal:
        """Who stands behind the page."""
        return signature_refusal(self)

    def stamp(self, approval: Approval) -> None:
        """Name on the page who approved it, when, until when that holds, and who wrote it."""
        is_one = approval.basis == ApprovalBasis.SAME_PERSON
        self.review_state = ReviewState.SAME_PERSON if is_one else ReviewState.REVIEWED
        self.reviewer_id = approval.approver_id
        self.reviewed_on, self.review_due = approval.reviewed_on, approval.review_due
        if is_one:
            # Who corrects a comma of a colleague's page and approves that is not its author.
            self.author_id = self.author_id or approval.approver_id
        elif approval.writers and self.author_id not in approval.writers:
            self.author_id = approval.writers[-1]

    @property
    def do_list(self) -> tuple[str, ...]:
        """The do's, one by one."""
        return lines(self.dos)

    @property
    def dont_list(self) -> tuple[str, ...]:
        """The don'ts, one by one, each completing "do not"."""
        return lines(self.donts)

    @staticmethod
    def public_names() -> dict[str, Any]:
        """What to ask for with a page so that :meth:`provenance` need not ask for the people again."""
        people = (("author", "name"), ("author", "role"), ("reviewer", "name"), ("reviewer", "role"))
        return {f"{person}_{what}": models.F(f"{person}__practitioner__{what}") for person, what in people}

    def _public(self, person: str) -> tuple[str, str]:
        """Name and role of the author or reviewer as readers may know them."""
        if f"{person}_name" in self.__dict__:
            return self.__dict__[f"{person}_name"] or "", self.__dict__[f"{person}_role"] or ""
        account = getattr(self, person)
        return (account.public_name(), account.public_role()) if account else ("", "")

    def provenance(self) -> Provenance:
        """Who stands behind the page, as a value. One query for the sources, one for each person not yet known."""
        (author, author_role), (reviewer, reviewer_role) = self._public("author"), self._public("reviewer")
        state = ReviewState(self.review_state)
        is_one = state == ReviewState.SAME_PERSON
        if is_one:
            reviewer = reviewer_role = ""
        return Provenance(
            review_state=state,
            author=author,
            author_role=author_role,
            reviewer=reviewer,
            reviewer_role=reviewer_role,
            reviewed_on=self.reviewed_on,
            review_due=self.review_due,
            evidence_summary=self.evidence_summary,
            who_it_is_for=self.who_it_is_for,
            check_first=asked_first(self),
            sources=tuple(source.as_value() for source in self.sources.all()),
            published_on=timezone.localdate(self.last_published_at) if self.last_published_at else None,
            is_by_several=is_one and self.author_id != self.reviewer_id,
            origin=Origin(**self.origin) if self.origin else said_of_library(self.from_library),
        )

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """A withdrawn page is still found, to say that it is withdrawn; ``clinical.wagtail_hooks`` answers for it."""
        if not self.live and self.is_withdrawn():
            return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Serve the page in its own language."""
        with translation.override(self.language):
            response = super().serve(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show the page as readers would see it; one that is too unfinished for that says what it still needs."""
        with translation.override(self.language):
            try:
                # Past the routes: a preview is of the page itself, in the platform's own way.
                return super(RoutablePageMixin, self).serve_preview(request, mode_name).render()
            except ValueError:  # a figure or choice no sheet can be made without
                missing = self.completeness_errors()
                if not missing:
                    raise
                needs = PublishRefused(str(self), missing).sentences()
                return render(request, "clinical/unfinished_preview.html", {"page": self, "needs": needs})
