"""Small views of the exercise library in the admin."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from exercises.assembly import dosage_line
from exercises.models import ExercisePage


def usual_dosage(request: HttpRequest, pk: int) -> JsonResponse:
    """The exercise's own dosage in words, for the row of a routine where it was just chosen."""
    exercise = get_object_or_404(ExercisePage, pk=pk)
    return JsonResponse({"title": exercise.title, "line": dosage_line(exercise)})
