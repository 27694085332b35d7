"""What stands under a routine's address besides its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import path

from clinical.outputs.answers import data_answer
from exercises.dosage_words import clock
from routines.outputs.sheet_data import routine_sheet_data

if TYPE_CHECKING:
    from routines.sheet import RoutineSheet


class RoutineRoutes:
    """The routes of a routine. The platform's routing asks for the slash; the addresses of files have none."""

    if TYPE_CHECKING:

        def sheet(self) -> RoutineSheet:
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
        return data_answer(routine_sheet_data(self.sheet()))
