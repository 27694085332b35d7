"""Addresses right under the front page that the site keeps for itself: the search, the diary, the admin, a language."""

from __future__ import annotations

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

#: The page that says when not to exercise, and whom to ask: the menu, the front page and the search lead there.
SAFETY_SLUG = "is-it-safe"


def is_answered_by_the_site(slug: str) -> bool:
    """Whether something else than a page of prose answers at ``/slug/``: the search, the admin, another language."""
    with override(settings.LANGUAGE_CODE):
        try:
            return resolve(f"/{slug}/").url_name != "information"
        except Resolver404:
            return False
