"""The search of the API: the site's own, in the same order, and whether help comes first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from clinical.notes.board import emergency_number, urgent_number
from clinical.words.characters import readable
from stretchsite.api.answering import answered, json_answer
from stretchsite.api.data import FoundData, HelpFirstData
from stretchsite.api.listing import listed, page_numbers
from stretchsite.api.parameters import PAGE, PER_PAGE, Refused, Words, read
from stretchsite.finding.help_first import is_in_despair
from stretchsite.finding.matches import content_language
from stretchsite.finding.ranked_pages import MODELS, RankedPages
from stretchsite.finding.stems import without_unseen
from stretchsite.site_links import site_links

PARAMETERS = (
    Words(name="q", description="What is looked for.", is_needed=True),
    Words(name="kind", description="Only pages of this sort.", options=tuple(MODELS)),
    PAGE,
    PER_PAGE,
)


@answered
def search(request: HttpRequest) -> HttpResponse:
    """What answers, the best first. A number of queries that does not grow with what was found."""
    asked = read(PARAMETERS, request.GET)
    words = readable(without_unseen(asked["q"]))
    if not words.strip():
        raise Refused([("q", _("write a word at least."))])
    ranked = RankedPages(words, asked["kind"])
    pages = page_numbers(request.GET, asked["page"], ranked.count(), asked["per_page"])
    first = (asked["page"] - 1) * asked["per_page"]
    found = ranked[first : first + asked["per_page"]]
    data = FoundData(
        **pages,
        results=tuple(listed(page) for page in found),
        help_first=_help_first(ranked),
        read_as=ranked.read_as,
    )
    return json_answer(data)


def _help_first(ranked: Any) -> HelpFirstData:
    language = content_language()
    urgent = urgent_number(language)
    return HelpFirstData(
        needs_help=ranked.needs_help,
        in_despair=is_in_despair(ranked.meant, language),
        emergency_number=emergency_number(language).number,
        urgent_number=urgent.number if urgent else "",
        safety_page=site_links().safety,
    )
