"""Pictures for readers, from whatever storage they are in, under the site's own address.

Where they are in a folder of this machine the web server in front sends them; the site is asked for the others. Each
has a random name and never changes, so whoever has it need not ask again; but for those that show somebody, whose
consent may end: of these each reader's browser asks each time. Only sizes made for readers are given here.
"""

from __future__ import annotations

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from clinical.pictures.consents import BY_CONSENT
from clinical.serving.waiting import StorageAway

#: Where sizes for readers are kept, and how long a browser may keep one, in seconds.
FOLDER, A_YEAR = "images", 31_536_000
_NAME = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?P<kind>jpg|jpeg|png|webp|avif)")
_KINDS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}


@require_safe
def shown_picture(request: HttpRequest, name: str) -> HttpResponse:
    """One size of a picture. While the storage is away 503: the page shows its alternative text meanwhile."""
    named = _NAME.fullmatch(name)
    if not named:
        raise Http404
    try:
        with default_storage.open(f"{FOLDER}/{name}") as file:
            content: bytes = file.read()
    except StorageAway:
        raise
    except OSError as lost:
        raise Http404 from lost
    response = HttpResponse(content, content_type=_KINDS[named["kind"]])
    response["Content-Security-Policy"] = "default-src 'none'"
    if name.startswith(BY_CONSENT):
        patch_cache_control(response, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
