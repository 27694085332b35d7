"""What stands under a routine's address besides its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinical.addresses import whole_address
from clinical.models import clinic
from clinical.outputs.qr_code import qr_inline
from clinical.outputs.share_card import ShareCard
from clinical.safety.parts import alone
from exercises.models.outputs import OutputRoutesMixin
from routines.outputs.calendar_choices import calendar_choices
from routines.outputs.paper import paper_asked
from routines.outputs.registry import OUTPUTS
from routines.outputs.share_card import routine_card

if TYPE_CHECKING:
    from routines.sheet import RoutineSheet


class RoutineRoutesMixin(OutputRoutesMixin):
    """The routes of a routine, and the views of those outputs that have one of their own."""

    outputs = OUTPUTS

    if TYPE_CHECKING:
        render: Any
        slug: str
        as_needed: bool

        def sheet(self) -> RoutineSheet:
            """What the page gives."""

    @property
    def audited_outputs(self) -> tuple[str, ...]:
        """All but the calendar of what is done as needed: nothing of it can be planned."""
        calendar = next(output.segment for output in OUTPUTS if output.name == "calendar")
        return tuple(each for each in super().audited_outputs if not (self.as_needed and each == calendar))

    def follow_answer(self, request: HttpRequest) -> HttpResponse:
        """The routine to follow along, complete without a script; with one, a guided player."""
        sheet = self.sheet()
        return self.render(
            request,
            template="routines/follow.html",
            context_overrides={
                "rows": sheet.rows,
                "total_words": sheet.minutes_words,
                "back": sheet.url,
                "data_address": f"{sheet.url}sheet.json",
            },
        )

    def share_answer(self, request: HttpRequest) -> HttpResponse:
        """How to take it along: the link and its code, the paper, the calendar."""
        sheet = self.sheet()
        address = whole_address(request, sheet.url)
        today = timezone.localdate()
        context = {
            "page": self,
            "sheet": sheet,
            "freshness": sheet.provenance.freshness(today),
            "address": address,
            "qr": alone("code", lambda: qr_inline(address), ""),
            "asked": paper_asked({}, sheet.language),
            "choices": calendar_choices(sheet, today),
            "calendar_address": f"{sheet.url}routine.ics",
            "downloads": [each for each in OUTPUTS if each.on_pages and each.label and not each.has_choices],
            "page_language": sheet.language,
            "breadcrumb": [(_("Routines"), reverse("routines")), (sheet.title, sheet.url), (_("Take it with you"), "")],
        }
        return render(request, "routines/routine_share.html", context)

    def share_card(self, sheet: RoutineSheet) -> ShareCard:
        """What is on the picture beside a link to it."""
        return routine_card(sheet, clinic().name)
