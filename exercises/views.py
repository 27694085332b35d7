"""The finished drawings of the exercise library, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from exercises.models.redrawing import drawing

A_YEAR = 31_536_000


@require_safe
def figure(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """A finished drawing. What its address names never changes, so whoever has it need not ask again."""
    svg = drawing(fingerprint)
    if not svg:
        raise Http404
    response = HttpResponse(svg, content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
