"""What stands under an exercise's address besides its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import path

from clinical.outputs.answers import data_answer
from exercises.outputs.sheet_data import exercise_sheet_data

if TYPE_CHECKING:
    from exercises.sheet import ExerciseSheet


class ExerciseRoutes:
    """The routes of an exercise. The platform's routing asks for the slash; the addresses of files have none."""

    if TYPE_CHECKING:

        def sheet(self) -> ExerciseSheet:
            """What the page gives."""

    @path("sheet.json/")
    def sheet_json(self, request: HttpRequest) -> HttpResponse:
        """The sheet as data."""
        return data_answer(exercise_sheet_data(self.sheet()))
