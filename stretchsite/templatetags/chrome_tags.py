"""What stands round every public page."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from django import template
from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import get_language, gettext, to_locale

from clinical.pages.visible import within_dates
from clinical.safety.parts import alone, watching
from sharing import code_keys
from stretchsite.models import InformationPage
from stretchsite.page_cache.frame_keys import of_this_generation

register = template.Library()


class FooterLink(NamedTuple):
    """A page linked from the foot of every page."""

    title: str
    url: str


@register.filter
def as_locale(language: str) -> str:
    """A language as message programs name it: "en_GB"."""
    return to_locale(language)


@register.simple_tag
def footer_links() -> tuple[FooterLink, ...]:
    """The information pages of this language that ask for it, and where a code is typed.

    Each process remembers them for a minute; a page that is kept has those of its own generation.
    """
    return alone("links at the foot", lambda: _links(get_language()), ())


def _links(language: str | None) -> tuple[FooterLink, ...]:
    key, process = of_this_generation(f"footer:{language}"), caches["process"]
    known: tuple[FooterLink, ...] | None = process.get(key)
    if known is None:
        with watching() as lost:
            known = _find_links(language)
        if not lost:
            process.set(key, known)
    return known


def _find_links(language: str | None) -> tuple[FooterLink, ...]:
    pages = InformationPage.objects.live().filter(within_dates(), in_footer=True, locale__language_code=language)
    rows = pages.filter(alias_of__isnull=True).order_by("path").values_list("title", "slug")
    links = (alone(f"link at the foot “{title}”", partial(_link, title, slug), None) for title, slug in rows)
    return (*(link for link in links if link is not None), *_code_link())


def _code_link() -> tuple[FooterLink, ...]:
    """Where the code of a share link is typed, if links have one."""
    return (FooterLink(gettext("I have a code"), reverse("code")),) if code_keys.are_on() else ()


def _link(title: str, slug: str) -> FooterLink:
    return FooterLink(title, reverse("information", kwargs={"slug": slug}))
