"""What stands round every public page."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import get_language

from clinical.querysets import within_dates
from stretchsite.models import InformationPage

register = template.Library()


class FooterLink(NamedTuple):
    """A page linked from the foot of every page."""

    title: str
    url: str


@register.simple_tag
def footer_links() -> list[FooterLink]:
    """The information pages of this language that ask for it; each process remembers them for a minute."""
    language = get_language()
    return caches["process"].get_or_set(f"footer:{language}", lambda: _find_links(language))


def _find_links(language: str | None) -> list[FooterLink]:
    pages = InformationPage.objects.live().filter(within_dates(), in_footer=True, locale__language_code=language)
    rows = pages.order_by("path").values_list("title", "slug")
    return [FooterLink(title, reverse("information", kwargs={"slug": slug})) for title, slug in rows]
