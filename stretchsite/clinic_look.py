"""A clinic's logo and colours as files of the site: each under an address that is another when it is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from clinical.clinic.clinic_known import clinic_as_stored, logo_bytes
from clinical.models import clinic
from clinical.pages.link_previews import A_YEAR


@csrf_exempt
@require_safe
def clinic_logo(request: HttpRequest, digest: str) -> HttpResponse:
    """``/clinic/<digest>.png``: the logo, if it is still this one."""
    return _for_good(logo_bytes(digest), "image/png")


@csrf_exempt
@require_safe
def clinic_style(request: HttpRequest, digest: str) -> HttpResponse:
    """``/clinic/<digest>.css``: the colours, if they are these, which another process may just have changed."""
    whose = clinic()
    if whose.style_digest != digest:
        whose = clinic_as_stored()
    return _for_good(whose.style.encode() if whose.style_digest == digest else b"", "text/css; charset=utf-8")


def _for_good(content: bytes, content_type: str) -> HttpResponse:
    if not content:
        raise Http404
    answer = HttpResponse(content, content_type=content_type)
    patch_cache_control(answer, public=True, max_age=A_YEAR, immutable=True)
    return answer
