"""What stands under an exercise's address besides its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clinical.outputs.share_card import ShareCard
from exercises.dosage_words import clock
from exercises.models.outputs import OutputRoutes
from exercises.outputs.registry import OUTPUTS
from exercises.outputs.share_card import exercise_card
from exercises.pacing import GET_READY_SECONDS

if TYPE_CHECKING:
    from exercises.sheet import ExerciseSheet


class ExerciseRoutesMixin(OutputRoutes):
    """The routes of an exercise, and the views of those outputs that have one of their own."""

    outputs = OUTPUTS

    if TYPE_CHECKING:

        def sheet(self) -> ExerciseSheet:
            """What the page gives."""

    def follow_answer(self, request: HttpRequest) -> HttpResponse:
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

    def share_card(self, sheet: ExerciseSheet) -> ShareCard:
        """What is on the picture beside a link to it."""
        return exercise_card(sheet, settings.WAGTAIL_SITE_NAME)
