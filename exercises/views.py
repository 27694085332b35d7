"""Small views of the exercise library: its finished drawings for everybody, the rest in the admin."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from exercises.assembly import dosage_line
from exercises.models import ExercisePage
from exercises.models.redrawing import drawing

A_YEAR = 31_536_000


def usual_dosage(request: HttpRequest, pk: int) -> JsonResponse:
    """The exercise's own dosage in words, for the row of a routine where it was just chosen."""
    exercise = get_object_or_404(ExercisePage, pk=pk)
    return JsonResponse({"title": exercise.title, "line": dosage_line(exercise)})


@require_safe
def figure(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """A finished drawing. What its address names never changes, so whoever has it need not ask again."""
    svg = drawing(fingerprint)
    if not svg:
        raise Http404
    response = HttpResponse(svg, content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
