"""What stands under a routine's address besides its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.contrib.routable_page.models import path

from clinical.outputs.answers import AskedWrongly, data_answer, file_answer, made_answer, refusal_answer, with_tag
from clinical.outputs.file_cache import Made, kept
from clinical.outputs.qr_code import qr_inline
from clinical.outputs.share_card import ShareCard
from clinical.pages.link_previews import LinkPreviewMixin
from clinical.safety.parts import alone
from exercises.dosage_words import clock
from exercises.models.redrawing import drawing, on_paper
from routines.outputs import handout as handouts
from routines.outputs.calendar import calendar, sessions_asked, suggested_times, suggested_weeks
from routines.outputs.paper import Paper, paper_asked
from routines.outputs.share_card import routine_card
from routines.outputs.sheet_data import routine_sheet_data

if TYPE_CHECKING:
    from routines.sheet import RoutineSheet


class RoutineRoutesMixin(LinkPreviewMixin):
    """The routes of a routine. The platform's routing asks for the slash; the addresses of files have none."""

    #: What the audit of everything live makes once: the page, and what stands under its address. Paper takes long.
    audited_outputs = ("", "follow", "share", "sheet.json", "routine.ics")

    if TYPE_CHECKING:
        slug: str

        def sheet(self) -> RoutineSheet:
            """What the page gives."""

        def get_view_restrictions(self) -> Any:
            """What the page gives."""

    @path("follow/")
    def follow(self, request: HttpRequest) -> HttpResponse:
        """The routine to follow along, complete without a script; with one, a guided player."""
        sheet = self.sheet()
        return self.render(
            request,
            template="routines/follow.html",
            context_overrides={
                "items": sheet.items,
                "total_words": clock(sheet.total_seconds),
                "back": sheet.url,
                "data_address": f"{sheet.url}sheet.json",
            },
        )

    @path("sheet.json/")
    def sheet_json(self, request: HttpRequest) -> HttpResponse:
        """The sheet as data."""
        return data_answer(routine_sheet_data(self.sheet(), timezone.localdate()))

    @path("handout.pdf/")
    def handout_pdf(self, request: HttpRequest) -> HttpResponse:
        """The sheet on paper; kept while its content stands, unless only some may see it."""
        sheet = self.sheet()
        try:
            asked = paper_asked(request.GET, sheet.language)
        except AskedWrongly as refusal:
            return refusal_answer(request, refusal, sheet.url)
        paper = Paper(
            address=request.build_absolute_uri(sheet.url),
            printed_on=timezone.localdate(),
            site_name=settings.WAGTAIL_SITE_NAME,
            asked=asked,
        )
        digest = handouts.digest(sheet, paper)
        return with_tag(request, digest, lambda: self._handout_answer(sheet, paper, digest))

    def _handout_answer(self, sheet: RoutineSheet, paper: Paper, digest: str) -> HttpResponse:
        def make() -> Made:
            return handouts.handout_made(sheet, paper, on_paper)

        folder = f"handouts/{sheet.key}/{paper.asked.name}"
        made = make() if self.get_view_restrictions().exists() else kept(folder, digest, ".pdf", make)
        return made_answer(made, "application/pdf", f"{self.slug}.pdf")

    @path("routine.ics/")
    def routine_ics(self, request: HttpRequest) -> HttpResponse:
        """The sessions as a calendar file."""
        sheet, today = self.sheet(), timezone.localdate()
        try:
            sessions = sessions_asked(request.GET, request.GET.getlist("time"), sheet, today)
        except AskedWrongly as refusal:
            return refusal_answer(request, refusal, sheet.url)
        return file_answer(calendar(sheet, sessions, today), "text/calendar; charset=utf-8", f"{self.slug}.ics")

    @path("share/")
    def share(self, request: HttpRequest) -> HttpResponse:
        """How to take it along: the link and its code, the paper, the calendar."""
        sheet = self.sheet()
        address = request.build_absolute_uri(sheet.url)
        today = timezone.localdate()
        context = {
            "page": self,
            "sheet": sheet,
            "freshness": sheet.provenance.freshness(today),
            "address": address,
            "qr": alone("code", lambda: qr_inline(address), ""),
            "asked": paper_asked({}, sheet.language),
            "today": today,
            "times": suggested_times(sheet),
            "weeks": suggested_weeks(sheet),
            "page_language": sheet.language,
            "breadcrumb": [(_("Routines"), reverse("routines")), (sheet.title, sheet.url), (_("Take it with you"), "")],
        }
        return render(request, "routines/routine_share.html", context)

    @path("card.png/")
    def card_png(self, request: HttpRequest) -> HttpResponse:
        """The picture beside a link to it."""
        return self.card_answer(request)

    def share_card(self, sheet: RoutineSheet) -> ShareCard:
        """What is on that picture."""
        return routine_card(sheet, settings.WAGTAIL_SITE_NAME)

    def card_drawing(self, fingerprint: str) -> str:
        """The drawing in the colours of a light page."""
        return drawing(fingerprint, "light")
