"""What every page's frame knows, without a query where the process knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from clinical.models import clinic, emergency_number
from clinical.notes.board import urgent_number


def page_chrome(request: HttpRequest) -> dict[str, Any]:
    """Whom to call in an emergency and today, by the page's language, and whose site it is.

    The name twice: Django's own page to sign in calls the host ``site_name``.
    """
    language = get_language() or settings.LANGUAGE_CODE
    known = language if language in settings.EMERGENCY_NUMBERS else settings.LANGUAGE_CODE
    numbers = {"emergency_number": emergency_number(known), "urgent_number": urgent_number(known)}
    whose = clinic()
    return {**numbers, "clinic": whose, **dict.fromkeys(("site_name", "wagtail_site_name"), whose.name)}
