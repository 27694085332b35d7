"""From a query string to a catalogue: which filters are in force, which page, and the addresses without each.

Filters of one group widen (region A or B); groups narrow (region A, and standing). Unknown values are ignored, so
that an old link never breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from clinical.pages.cards import Card, Catalogue, ChosenFilter, Facet, FacetOption, PageLink

CARDS_PER_PAGE = 24


@dataclass(frozen=True)
class FacetRule:
    """One group of filters: its name in the query string, its options, and what choosing one means."""

    name: str
    legend: str
    options: tuple[tuple[str, str], ...]
    condition: Callable[[str], Q]

    def chosen(self, query: QueryDict) -> tuple[str, ...]:
        """The values of this group in the query string that really are options."""
        asked = set(query.getlist(self.name))
        return tuple(value for value, _label in self.options if value in asked)


def catalogue(
    queryset: QuerySet[Any],
    query: QueryDict,
    rules: Iterable[FacetRule],
    make_cards: Callable[[list[Any]], Iterable[Card]],
    per_page: int = CARDS_PER_PAGE,
    find: Callable[[QuerySet[Any]], Any] = lambda filtered: filtered,
) -> Catalogue:
    """A page of cards. Two queries for the list, whatever its length, and those of ``make_cards``.

    ``find`` searches among what the filters leave: a search cannot be narrowed afterwards.
    """
    rules = list(rules)
    for rule in rules:
        values = rule.chosen(query)
        if values:
            wanted = Q()
            for value in values:
                wanted |= rule.condition(value)
            queryset = queryset.filter(wanted)
    paginator = Paginator(find(queryset), per_page)
    page = paginator.get_page(query.get("page"))
    return Catalogue(
        cards=tuple(make_cards(list(page.object_list))),
        count=paginator.count,
        facets=tuple(_facet(rule, query) for rule in rules),
        chosen=tuple(chosen for rule in rules for chosen in _chosen(rule, query)),
        pages=page_links(paginator.num_pages, page.number, query),
        previous_url=_address(query, page=page.number - 1) if page.has_previous() else "",
        next_url=_address(query, page=page.number + 1) if page.has_next() else "",
        clear_url="?",
    )


def page_links(count: int, current: int, query: QueryDict) -> tuple[PageLink, ...]:
    """First, last and the pages round this one, with a gap where some are left out. None for a single page."""
    if count < 2:
        return ()
    near = sorted({1, count, *range(max(1, current - 2), min(count, current + 2) + 1)})
    links: list[PageLink] = []
    for before, number in zip([number - 1 for number in near[:1]] + near, near, strict=False):
        if number - before > 1:
            links.append(PageLink("…", ""))
        links.append(PageLink(str(number), _address(query, page=number), number == current))
    return tuple(links)


def _facet(rule: FacetRule, query: QueryDict) -> Facet:
    chosen = rule.chosen(query)
    options = tuple(FacetOption(value, label, value in chosen) for value, label in rule.options)
    return Facet(rule.name, rule.legend, options)


def _chosen(rule: FacetRule, query: QueryDict) -> Iterable[ChosenFilter]:
    labels = dict(rule.options)
    for value in rule.chosen(query):
        left = query.copy()
        left.setlist(rule.name, [other for other in query.getlist(rule.name) if other != value])
        left.pop("page", None)
        yield ChosenFilter(_("%(group)s: %(value)s") % {"group": rule.legend, "value": labels[value]}, _encode(left))


def _address(query: QueryDict, page: int) -> str:
    asked = query.copy()
    asked["page"] = str(page)
    return _encode(asked)


def _encode(query: QueryDict) -> str:
    return f"?{query.urlencode()}"
