"""What every answer under ``/s/`` and ``/code/`` says to browsers, caches and crawlers, whatever its status (SL8)."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: An address of a share link, or where its code is typed, with or without a language before it.
UNDER_S = re.compile(r"^/(?:[a-z]{2}(?:-[a-z0-9]+)*/)?(?:s|code)(?:/|$)", re.IGNORECASE)

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet, noimageindex",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ShareLinkHeaders:
    """Stands outermost, so that no answer gets past it: not an error, not a redirect.

    Nothing of what is answered may be kept, so there is nothing to ask again about: the ETag goes, cookies go.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say on every answer under one of them that it is nobody else's business."""
        response = self.get_response(request)
        if UNDER_S.match(request.path_info):
            for name, value in HEADERS.items():
                response[name] = value
            del response["ETag"]
            response.cookies.clear()
        return response
