"""A translation and its original: the page of the same key in the site's own language (H08).

The platform copies once and lets the copy go its own way. Notes and withdrawals reach translations by their key; and a
translation is never shown where its original is not.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _


def missing_original(page: Any) -> list[str]:
    """Why this translation may not be live; nothing for an original, or a page that was never a translation."""
    if page.language == settings.LANGUAGE_CODE:
        return []
    originals = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE, live=False)
    return [_("The page it is a translation of is not published; publish that first.")] if originals else []


def take_translations_off(page: Any) -> None:
    """What is not shown in the site's own language is not shown in another."""
    if page.live or page.language != settings.LANGUAGE_CODE:
        return
    for translated in page.get_translations().filter(live=True, alias_of__isnull=True):
        translated.unpublish()
