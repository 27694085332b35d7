"""A small view for the editor of a routine."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.forms import ModelForm, modelform_factory
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

from exercises.assembly import dosage_line
from exercises.dosage import FIELDS
from routines.models import RoutineItem
from routines.panels import item_line


@cache
def _row_form() -> type[ModelForm[Any]]:
    return modelform_factory(RoutineItem, fields=["exercise", "side", *FIELDS])


def one_line(request: HttpRequest) -> JsonResponse:
    """A row in one line, as it is filled in now, and the exercise's own dosage. Nothing is written."""
    form = _row_form()(request.GET)
    form.is_valid()
    item = form.instance
    head = render_to_string("routines/panels/item_line.html", {"line": item_line(item)})
    return JsonResponse({"head": head, "usual": dosage_line(item.exercise) if item.exercise_id else ""})
