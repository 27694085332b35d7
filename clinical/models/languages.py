"""From a page's locale to its language, without a query for every page."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Locale

_known: dict[int, str] = {}


def language_of(locale_id: int | None) -> str:
    """The language code of a locale. Locales are almost never changed, so they are remembered; see ``forget``."""
    if locale_id is None:
        return settings.LANGUAGE_CODE
    if locale_id not in _known:
        _known.update(Locale.objects.values_list("pk", "language_code"))
    return _known.get(locale_id, settings.LANGUAGE_CODE)


def forget() -> None:
    """Look the locales up again; tests that build their own database need it."""
    _known.clear()
