"""Pages about the site that the site's own links lead to: those at the foot of every page, and the one about safety.

A link is shown only where its page is live: two people stand behind the words of the page about safety, so that
setting up makes none, and until there is one no page may lead to it.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import get_language, gettext

from clinical.pages.visible import within_dates
from clinical.safety.parts import alone, watching
from sharing import code_keys
from stretchsite.models import InformationPage
from stretchsite.page_cache.frame_keys import of_this_generation
from stretchsite.reserved import SAFETY_SLUG


class SiteLink(NamedTuple):
    """A page about the site, linked from others."""

    title: str
    url: str


class SiteLinks(NamedTuple):
    """The links at the foot of every page, and the address of the page about safety; empty where there is none."""

    foot: tuple[SiteLink, ...] = ()
    safety: str = ""


def site_links() -> SiteLinks:
    """Those of this language, in one query.

    Each process remembers them for a minute; a page that is kept has those of its own generation.
    """
    language = get_language()
    key, process = of_this_generation(f"site-links:{language}"), caches["process"]
    known: SiteLinks | None = process.get(key)
    if known is None:
        with watching() as lost:
            known = _find(language)
        if not lost:
            process.set(key, known)
        process.set(_last_known_as(language), known.safety, None)
    return known


def safety_address_last_known() -> str:
    """Where it was when this process last asked, for answers that do without a database; empty before. No query."""
    return str(caches["process"].get(_last_known_as(get_language()), ""))


def _last_known_as(language: str | None) -> str:
    return f"safety-page:{language}"


def _find(language: str | None) -> SiteLinks:
    pages = InformationPage.objects.live().filter(within_dates(), locale__language_code=language)
    rows = list(pages.order_by("path").values_list("title", "slug", "in_footer", "alias_of"))
    foot = [(title, slug) for title, slug, in_footer, alias in rows if in_footer and alias is None]
    links = (alone(f"link at the foot “{title}”", partial(_link, title, slug), None) for title, slug in foot)
    safety = _address(SAFETY_SLUG) if any(slug == SAFETY_SLUG for _title, slug, *_rest in rows) else ""
    return SiteLinks((*(link for link in links if link is not None), *_code_link()), safety)


def _code_link() -> tuple[SiteLink, ...]:
    """Where the code of a share link is typed, if links have one."""
    return (SiteLink(gettext("I have a code"), reverse("code")),) if code_keys.are_on() else ()


def _link(title: str, slug: str) -> SiteLink:
    return SiteLink(title, _address(slug))


def _address(slug: str) -> str:
    return reverse("information", kwargs={"slug": slug})
