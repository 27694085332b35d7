"""The site-wide search: conditions, routines, exercises and information pages by words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from clinical.pages.cards import Card, Catalogue
from clinical.pages.catalogues import CARDS_PER_PAGE, page_links
from clinical.pages.listed import cards_alone, listed_cards
from clinical.withdrawal.withdrawing import clinical_page_models
from clinical.words.characters import readable
from stretchsite.asked_once import asked_once
from stretchsite.models import InformationPage

#: A longer question is a mistake or an attack.
LONGEST_QUERY = 200
#: What one search looks at of each sort; more than anybody pages through.
MOST_OF_A_SORT = 96


@dataclass(frozen=True)
class Found:
    """The answer to a search. ``problem`` says in words why there is none."""

    query: str
    catalogue: Catalogue
    problem: str = ""
    is_refused: bool = False


def search_everything(asked: QueryDict) -> Found:
    """Search all sorts of page, conditions first, then routines, exercises and the pages about the site."""
    query = readable(asked.get("q", ""))
    nothing = Catalogue(cards=(), count=0)
    if len(query) > LONGEST_QUERY:
        problem = _("That is too long to search for. Write at most %d characters.") % LONGEST_QUERY
        return Found(query[:LONGEST_QUERY], nothing, problem, is_refused=True)
    if not query:
        return Found("", nothing)
    cards = _cards(query)
    paginator = Paginator(cards, CARDS_PER_PAGE)
    page = paginator.get_page(asked.get("page"))
    links = page_links(paginator.num_pages, page.number, asked)
    around = {link.label: link.url for link in links}
    return Found(
        query,
        Catalogue(
            cards=tuple(page.object_list),
            count=len(cards),
            pages=links,
            previous_url=around.get(str(page.number - 1), ""),
            next_url=around.get(str(page.number + 1), ""),
        ),
    )


def _cards(query: str) -> tuple[Card, ...]:
    """Those of clinical pages together, so that their notes are asked for once."""
    questions = [model.listed() for model in sorted(clinical_page_models(), key=lambda model: model.search_rank)]
    with asked_once():
        found = [page for pages in questions for page in _matching(pages, query)]
        about_the_site = _matching(InformationPage.objects.shown(), query)
    information = cards_alone(about_the_site, _information_card)
    return (*listed_cards(found, lambda page: page.card()), *information)


def _matching(pages: Any, query: str) -> list[Any]:
    return list(pages.search(query)[:MOST_OF_A_SORT])


def _information_card(page: InformationPage) -> Card:
    return Card(page.title, reverse("information", kwargs={"slug": page.slug}), page.introduction, "information")
