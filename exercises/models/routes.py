"""What stands under an exercise's address besides its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.contrib.routable_page.models import path

from clinical.outputs.answers import data_answer
from clinical.outputs.share_card import ShareCard
from clinical.pages.link_previews import LinkPreviewMixin
from exercises.dosage_words import clock
from exercises.models.redrawing import drawing
from exercises.outputs.share_card import exercise_card
from exercises.outputs.sheet_data import exercise_sheet_data
from exercises.pacing import GET_READY_SECONDS

if TYPE_CHECKING:
    from exercises.sheet import ExerciseSheet


class ExerciseRoutesMixin(LinkPreviewMixin):
    """The routes of an exercise. The platform's routing asks for the slash; the addresses of files have none."""

    #: What the audit of everything live makes once: the page, and what stands under its address.
    audited_outputs = ("", "follow", "sheet.json")

    if TYPE_CHECKING:

        def sheet(self) -> ExerciseSheet:
            """What the page gives."""

    @path("follow/")
    def follow(self, request: HttpRequest) -> HttpResponse:
        """The exercise to follow along, complete without a script; with one, a timer."""
        sheet = self.sheet()
        return self.render(
            request,
            template="exercises/follow.html",
            context_overrides={
                "items": (sheet,),
                "total_words": clock(sheet.seconds + GET_READY_SECONDS),
                "back": sheet.url,
                "data_address": f"{sheet.url}sheet.json",
            },
        )

    @path("sheet.json/")
    def sheet_json(self, request: HttpRequest) -> HttpResponse:
        """The sheet as data."""
        return data_answer(exercise_sheet_data(self.sheet(), timezone.localdate()))

    @path("card.png/")
    def card_png(self, request: HttpRequest) -> HttpResponse:
        """The picture beside a link to it."""
        return self.card_answer(request)

    def share_card(self, sheet: ExerciseSheet) -> ShareCard:
        """What is on that picture."""
        return exercise_card(sheet, settings.WAGTAIL_SITE_NAME)

    def card_drawing(self, fingerprint: str) -> str:
        """The drawing in the colours of a light page."""
        return drawing(fingerprint, "light")
