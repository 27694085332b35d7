"""How a page stands on a home screen: a web app manifest, for the site as a whole and for what one patient was given.

Pure. Where it begins is said relative to where the manifest stands, so no address of a link is in it.
"""

from __future__ import annotations

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import get_language

ICON_SIZES = (192, 512)
CONTENT_TYPE = "application/manifest+json"


def app_manifest(*, name: str, short_name: str, description: str, start: str) -> dict[str, object]:
    """The manifest as data. ``start`` is the page that the sign on the home screen opens."""
    icons = [
        {"src": static(f"stretchsite/app-icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in ICON_SIZES
    ]
    return {
        "name": name,
        "short_name": short_name,
        "description": description,
        "lang": get_language() or settings.LANGUAGE_CODE,
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf7f2",
        "theme_color": "#0b6660",
        "icons": icons,
    }
