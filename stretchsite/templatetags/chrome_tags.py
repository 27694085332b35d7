"""What stands round every public page."""

from __future__ import annotations

from django import template
from django.utils.translation import to_locale

from clinical.safety.parts import alone
from stretchsite.site_links import SiteLink, SiteLinks, site_links

register = template.Library()


@register.filter
def as_locale(language: str) -> str:
    """A language as message programs name it: "en_GB"."""
    return to_locale(language)


@register.simple_tag
def footer_links() -> tuple[SiteLink, ...]:
    """The information pages of this language that ask for it, and where a code is typed."""
    return alone("links at the foot", site_links, SiteLinks()).foot


@register.simple_tag
def safety_link() -> str:
    """The address of the page about safety; empty where none is live, so that no link leads to nothing."""
    return alone("link to the page about safety", site_links, SiteLinks()).safety
