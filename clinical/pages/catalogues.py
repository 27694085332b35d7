"""From a query string to a catalogue: which filters are in force, which page, and the addresses without each.

Filters of one group widen (region A or B); groups narrow (region A, and standing). Unknown values are left aside, so
that an old link never breaks, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from clinical.pages.bit_sets import Bits, Sets, flags_of
from clinical.pages.cards import Card, Catalogue, ChosenFilter, Facet, FacetOption, TakenOff
from clinical.pages.entries import Entries, Scan
from clinical.pages.facet_rules import FacetRule
from clinical.pages.left_out import NOTHING, SHOW, LeavingOut
from clinical.pages.pagination import page_address, page_links
from clinical.pages.remembering import Found, Question, remembered
from clinical.pages.ways_out import InForce, counts_in_memory, counts_without_each, offered

CARDS_PER_PAGE = 24


@dataclass(frozen=True)
class Narrowing:
    """A list, and how the query string narrows it.

    With ``read_by`` all of it is read into memory and asked there: only then its options are counted, and something may
    be left out. With a name of its own, ``kept_as``, what was read may be remembered. It is the whole list, whatever
    was asked of it: of what somebody ticked nothing is remembered.
    """

    shown: QuerySet[Any]
    query: QueryDict
    rules: tuple[FacetRule, ...]
    read_by: Scan | None = None
    leaving_out: LeavingOut = NOTHING
    kept_as: Question = ()

    @cached_property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """By filter the values in force."""
        return {rule.name: rule.chosen(self.query) for rule in self.rules}

    @cached_property
    def entries(self) -> Entries:
        """All of the list, before it is narrowed."""
        return self._remembered("entries", self._read)

    def _read(self) -> Entries:
        if self.read_by is None:
            raise ValueError("Nothing says how this list is read into memory.")
        entries = self.read_by.read(self.shown)
        for rule in self.rules:
            entries.under[rule.name] = entries.by_option(rule.read_in, rule.stands_under)
        return entries

    @cached_property
    def reasons(self) -> Sets:
        """For each reason there is, ticked or not, which entries it leaves out. Found where one is ticked."""
        if not self.leaving_out.chosen:
            return Sets()
        # By the words of this language lines name what they name.
        return self._remembered(("reasons", translation.get_language()), lambda: self.leaving_out.find_in(self.entries))

    def _remembered(self, what: Hashable, find: Callable[[], Found]) -> Found:
        """From memory where there is one."""
        return remembered((*self.kept_as, what), find) if self.kept_as else find()

    def by_filters(self, but_for: str = "") -> Bits:
        """What the filters leave of the list in memory, all or all but one."""
        found = self.entries.everything
        for rule in self.rules:
            if self.chosen[rule.name] and rule.name != but_for:
                found &= rule.left_by(self.chosen[rule.name], self.entries.under[rule.name])
        return found

    def keys(self) -> NDArray[np.int64]:
        """The keys of the list: what the filters leave, without what is to be left out; or that alone, if asked for."""
        left = self.leaving_out.applied(self.by_filters(), self.reasons)
        return self.entries.keys[flags_of(left, len(self.entries.keys))]

    @cached_property
    def found(self) -> QuerySet[Any]:
        """The list in the database, as the filters leave it."""
        found = self.shown
        for rule in self.rules:
            if chosen := self.chosen[rule.name]:
                found = found.filter(rule.wanted(chosen))
        return found

    def page(self, find: Callable[[QuerySet[Any]], Any], per_page: int) -> tuple[Page[Any], list[Any]]:
        """The page asked for, and what stands on it: of the list in memory, or of what is found in the database."""
        number = self.query.get("page")
        if self.read_by is None:
            page = Paginator(find(self.found), per_page).get_page(number)
            return page, list(page.object_list)
        page = Paginator(self.keys(), per_page).get_page(number)
        keys = [int(key) for key in page.object_list]
        rows = self.shown.in_bulk(keys)
        return page, [rows[key] for key in keys if key in rows]

    def _counts(self, rule: FacetRule) -> Mapping[str, int | None]:
        """How long the list would be with each option of a filter; nothing where it is not counted."""
        if self.read_by is None:
            return {}
        among = self.leaving_out.applied(self.by_filters(rule.name), self.reasons)
        return rule.counts(self.chosen[rule.name], self.entries.under[rule.name], among)

    def facet(self, rule: FacetRule) -> Facet:
        """A group of filters with what is chosen, and where it is counted, how long the list would be with each."""
        chosen = self.chosen[rule.name]
        counts = self._counts(rule)
        options = tuple(
            FacetOption(
                value,
                label,
                value in chosen,
                counts.get(value),
                self.address(rule.name, value) if rule.is_linked else "",
            )
            for value, label in rule.options
        )
        return Facet(rule.name, rule.legend, options)

    def address(self, name: str, value: str) -> str:
        """The same list with one value more, or one less where it is in force; its first page."""
        values = self._asked_before.get(name, [])
        others = [other for other in values if other != value]
        changed = others if len(others) < len(values) else [*values, value]
        return f"?{urlencode({**self._asked_before, name: changed}, doseq=True)}"

    @cached_property
    def _asked_before(self) -> dict[str, list[str]]:
        """What the address asks for, but for the page of the list and values that are no filter.

        What else stands there is some other form's; a catalogue that leaves out has none, and carries no odd link on.
        """
        known = self._known
        kept = ((name, values) for name, values in self.query.lists() if name not in {"page", SHOW})
        return {
            name: [value for value in dict.fromkeys(values) if value in known[name]] if name in known else values
            for name, values in kept
            if name in known or not self.leaving_out.options
        }

    @property
    def _known(self) -> dict[str, tuple[str, ...]]:
        named = ((name, chosen) for name, _legend, _options, chosen in self.leaving_out.named())
        return {**self.chosen, **dict(named)}

    def chips(self) -> Iterable[ChosenFilter]:
        """Each filter in force, with the address without it."""
        named = [(rule.name, rule.legend, rule.options, self.chosen[rule.name]) for rule in self.rules]
        for name, legend, options, chosen in (*named, *self.leaving_out.named()):
            for value in chosen:
                yield ChosenFilter(_in_words(legend, options, [value]), self.address(name, value))

    def take_off(self) -> tuple[TakenOff, ...]:
        """Of a list that is empty: which filter alone keeps everything back; what is looked at has none.

        One query, where the list is in the database.
        """
        if self.leaving_out.shown:
            return ()
        filters = list(self._in_force())
        if self.read_by is None:
            return offered(filters, counts_without_each(self.shown, [each.wanted for each in filters]))
        return offered(filters, counts_in_memory(self.entries.everything, [each.leaves for each in filters]))

    def _in_force(self) -> Iterable[InForce]:
        """Each group of filters as a whole, since its values widen; each reason to leave out by itself."""
        for rule in self.rules:
            if chosen := self.chosen[rule.name]:
                rest = {name: values for name, values in self._asked_before.items() if name != rule.name}
                words = _in_words(rule.legend, rule.options, chosen)
                way = InForce(words, f"?{urlencode(rest, doseq=True)}")
                if self.read_by is None:
                    yield replace(way, wanted=rule.wanted(chosen))
                else:
                    yield replace(way, leaves=rule.left_by(chosen, self.entries.under[rule.name]))
        for name, legend, options, chosen in self.leaving_out.named():
            for value in chosen:
                words = _in_words(legend, options, [value])
                yield InForce(words, self.address(name, value), leaves=~self.reasons[value])

    @property
    def holds_unknown(self) -> bool:
        """Whether the address asks for a value that one of the filters does not have."""
        return any(set(filter(None, self.query.getlist(name))) - set(chosen) for name, chosen in self._known.items())


def _in_words(legend: str, options: Iterable[tuple[str, str]], chosen: Iterable[str]) -> str:
    """A filter in force: "Position: Standing"."""
    labels = dict(options)
    return _("%(group)s: %(value)s") % {"group": legend, "value": ", ".join(labels[value] for value in chosen)}


def _all(filtered: QuerySet[Any]) -> Any:
    """Nothing is searched for."""
    return filtered


def catalogue(
    queryset: QuerySet[Any],
    query: QueryDict,
    rules: Iterable[FacetRule],
    make_cards: Callable[[list[Any]], Iterable[Card]],
    per_page: int = CARDS_PER_PAGE,
    find: Callable[[QuerySet[Any]], Any] = _all,
    read_by: Scan | None = None,
    leaving_out: LeavingOut = NOTHING,
    kept_as: Question = (),
) -> Catalogue:
    """A page of cards. Two queries for a list in the database, whatever its length, and those of ``make_cards``.

    ``find`` searches there, among what the filters leave: a search cannot be narrowed afterwards. ``read_by`` reads the
    list into memory instead, with its queries and one for the page; then options are counted, ``leaving_out`` leaves
    out, with queries of its own where something is ticked, and what was read is remembered under a name, ``kept_as``.
    An empty list in the database costs one more, for the ways out of it.
    """
    if read_by and find is not _all:
        raise ValueError("What is searched for is found in the database.")
    asked = Narrowing(queryset, query, tuple(rules), read_by, leaving_out, kept_as)
    page, rows = asked.page(find, per_page)
    chosen = tuple(asked.chips())
    facets = tuple(asked.facet(rule) for rule in asked.rules)
    return Catalogue(
        cards=tuple(make_cards(rows)),
        count=page.paginator.count,
        facets=(*facets, *leaving_out.facets()) if facets else (),
        chosen=chosen,
        pages=page_links(page.paginator.num_pages, page.number, query),
        previous_url=page_address(query, page.number - 1) if page.has_previous() else "",
        next_url=page_address(query, page.number + 1) if page.has_next() else "",
        clear_url="?",
        left_out=leaving_out.said(asked.by_filters(), asked.reasons, query) if leaving_out.chosen else (),
        asks=leaving_out.asks,
        back_url=leaving_out.back(query),
        is_asked=any(name != "page" for name in query),
        holds_unknown=asked.holds_unknown,
        take_off=asked.take_off() if chosen and not page.paginator.count and find is _all else (),
    )
