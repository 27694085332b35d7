"""The site-wide search: one ranked list of conditions, routines, exercises and information pages by words.

What is found, and in which order, the database says (``stretchsite.finding``): no more is fetched than one page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from clinical.pages.cards import Card, Catalogue
from clinical.pages.catalogues import CARDS_PER_PAGE
from clinical.pages.listed import cards_alone, listed_cards
from clinical.pages.pagination import page_links
from clinical.words.characters import readable
from stretchsite.finding.help_first import is_in_despair, needs_help
from stretchsite.finding.matches import SHORTEST_BEGINNING, content_language
from stretchsite.finding.question import LONGEST_READ, both_ends
from stretchsite.finding.ranked_pages import RankedPages
from stretchsite.finding.stems import without_unseen
from stretchsite.models import ConditionPage, InformationPage

#: A longer question is answered by its first words, and its reader told so. Longer than ``LONGEST_READ`` it is a
#: mistake or an attack, and looked at for signs of something serious alone, in its first and its last words.
LONGEST_QUERY = 200
#: A page's number has so many digits at most.
LONGEST_NUMBER = 5
#: As many as are seen at once beside a keyboard on a telephone.
MOST_SUGGESTIONS = 6


@dataclass(frozen=True)
class Kind:
    """One sort of page among what was found: its name in the address, its words, how many, and where it alone is."""

    name: str
    label: str
    count: int
    url: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Found:
    """The answer to a search. ``problem`` says in words why there is none, ``read_as`` how a typing error was read.

    ``is_cut``: only the first words of ``query`` were looked for. ``is_partly``: no page has all of its words, and
    ``has_most`` says whether these have most of them.
    """

    query: str
    catalogue: Catalogue
    problem: str = ""
    is_refused: bool = False
    is_cut: bool = False
    read_as: str = ""
    is_partly: bool = False
    has_most: bool = False
    needs_help: bool = False
    in_despair: bool = False
    kinds: tuple[Kind, ...] = ()
    right_now: tuple[tuple[str, str], ...] = ()


def search_everything(address: QueryDict) -> Found:
    """Search all sorts of page at once, the best first; of one sort alone where the address says so."""
    query = _asked(address)
    nothing = Catalogue(cards=(), count=0)
    if len(query) > LONGEST_READ:
        return _refused(query, nothing)
    if not query:
        return Found("", nothing)
    ranked = RankedPages(query, address.get("kind", ""), part=_part(address.get("page", "")))
    counted: Any = ranked  # sliced and counted like a queryset
    paginator = Paginator(counted, CARDS_PER_PAGE)
    page = paginator.get_page(address.get("page"))
    links = page_links(paginator.num_pages, page.number, address)
    around = {link.label: link.url for link in links}
    return Found(
        query,
        Catalogue(
            cards=_cards(list(page.object_list)),
            count=ranked.count(),
            pages=links,
            previous_url=around.get(str(page.number - 1), ""),
            next_url=around.get(str(page.number + 1), ""),
        ),
        is_cut=len(query) > LONGEST_QUERY,
        read_as=ranked.read_as,
        is_partly=ranked.is_partly,
        has_most=ranked.has_most,
        needs_help=ranked.needs_help,
        in_despair=is_in_despair(ranked.meant, content_language()),
        kinds=_kinds(ranked, address),
        right_now=() if ranked.count() else ConditionPage.objects.offered_right_now(content_language()),
    )


def _part(page: str) -> slice:
    """What a page of the list holds; of an odd number the first page, and the paginator says which it is."""
    number = int(page) if page.isdecimal() and len(page) <= LONGEST_NUMBER else 1
    start = max(0, number - 1) * CARDS_PER_PAGE
    return slice(start, start + CARDS_PER_PAGE)


def _asked(address: QueryDict) -> str:
    return readable(without_unseen(address.get("q", "")))


def _refused(query: str, nothing: Catalogue) -> Found:
    """What is said of a question that is not looked for. No queries."""
    language = content_language()
    read = both_ends(query, language)
    return Found(
        query[:LONGEST_QUERY],
        nothing,
        _("That is too long to search for. Write at most %d characters.") % LONGEST_QUERY,
        is_refused=True,
        needs_help=any(needs_help(part, language) for part in read),
        in_despair=any(is_in_despair(part, language) for part in read),
    )


@dataclass(frozen=True)
class Suggested:
    """What is offered while a question is typed, and why help is first among it, if it is."""

    cards: tuple[Card, ...] = ()
    needs_help: bool = False
    in_despair: bool = False


def suggestions(address: QueryDict) -> Suggested:
    """The best few for a question whose last word is not finished; none for one that is too short or too long."""
    query = _asked(address)
    if not SHORTEST_BEGINNING <= len(query) <= LONGEST_READ:
        return Suggested()
    ranked = RankedPages(query, is_typing=True)
    in_despair = is_in_despair(ranked.meant, content_language())
    return Suggested(_cards(ranked[:MOST_SUGGESTIONS]), ranked.needs_help, in_despair)


def _cards(pages: list[Any]) -> tuple[Card, ...]:
    """A card for each that can be shown, in order; the notes of all clinical pages are asked for once."""
    made: dict[int, Card] = {}

    def keep(page: Any) -> Card:
        made[page.pk] = _information_card(page) if isinstance(page, InformationPage) else page.card()
        return made[page.pk]

    listed_cards([page for page in pages if not isinstance(page, InformationPage)], keep)
    cards_alone([page for page in pages if isinstance(page, InformationPage)], keep)
    return tuple(made[page.pk] for page in pages if page.pk in made)


def _information_card(page: InformationPage) -> Card:
    return Card(page.title, reverse("information", kwargs={"slug": page.slug}), page.introduction, "information")


def _kinds(ranked: RankedPages, address: QueryDict) -> tuple[Kind, ...]:
    """Everything, and each sort of which something was found."""
    words = {
        "": _("Everything"),
        "condition": _("Conditions"),
        "routine": _("Routines"),
        "exercise": _("Exercises"),
        "information": _("About this site"),
    }
    counts = {"": sum(ranked.counts.values()), **ranked.counts}
    return tuple(
        Kind(name, words[name], count, _narrowed(address, name), name == ranked.kind)
        for name, count in counts.items()
        if count or name == ranked.kind
    )


def _narrowed(address: QueryDict, kind: str) -> str:
    narrowed = address.copy()
    narrowed.pop("page", None)
    narrowed.pop("kind", None)
    if kind:
        narrowed["kind"] = kind
    return f"?{narrowed.urlencode()}"
