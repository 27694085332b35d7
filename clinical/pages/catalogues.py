"""From a query string to a catalogue: which filters are in force, which page, and the addresses without each.

Filters of one group widen (region A or B); groups narrow (region A, and standing). Unknown values are left aside, so
that an old link never breaks, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from clinical.pages.cards import Card, Catalogue, ChosenFilter, Facet, FacetOption, TakenOff
from clinical.pages.facet_counts import Asked, Groups, Sources, each_once, grouped
from clinical.pages.left_out import NOTHING, SHOW, LeavingOut
from clinical.pages.pagination import page_address, page_links
from clinical.pages.remembering import Found, Question, remembered
from clinical.pages.ways_out import InForce, counts_without_each, offered

CARDS_PER_PAGE = 24


def _itself(is_what: str) -> tuple[str, ...]:
    return (is_what,)


@dataclass(frozen=True)
class FacetRule:
    """One group of filters: its name in the query string, its options, and what choosing one means.

    ``counted_in`` names the source its options are counted in, if they are counted, and ``stands_under`` says of one of
    that source's groups which options it has. ``through`` leads from what is asked to the entries themselves, where
    it is asked of something in them, such as the exercises of a routine. With ``is_linked`` each option has an address.
    """

    name: str
    legend: str
    options: tuple[tuple[str, str], ...]
    condition: Callable[[str], Q]
    counted_in: str = ""
    stands_under: Callable[[str], Iterable[str]] = _itself
    through: Callable[[Q], Q] = lambda wanted: wanted
    is_linked: bool = False

    def chosen(self, query: QueryDict) -> tuple[str, ...]:
        """The values of this group in the query string that really are options."""
        asked = set(query.getlist(self.name))
        return tuple(value for value, _label in self.options if value in asked)

    def wanted(self, chosen: Collection[str]) -> Q:
        """What the list is narrowed to by these values."""
        return self.through(_any_of(map(self.condition, chosen)))

    def counts(self, groups: Groups, chosen: Collection[str]) -> dict[str, int]:
        """How long the list would be with each option."""
        return each_once(groups, self.stands_under)


class OnlyWhatIsThere(FacetRule):
    """A group that is ticked for what somebody has: the list keeps what needs nothing else.

    ``NOTHING_AT_ALL`` is the option for what needs nothing.
    """

    NOTHING_AT_ALL = "nothing"

    def wanted(self, chosen: Collection[str]) -> Q:
        """What needs none of the things that were not ticked."""
        things = (value for value, _label in self.options if value != self.NOTHING_AT_ALL)
        return ~self.through(_any_of(self.condition(thing) for thing in things if thing not in chosen))

    def counts(self, groups: Groups, chosen: Collection[str]) -> dict[str, int]:
        """With one thing more there is what could be done before, and what needed this alone."""
        more = each_once(groups, lambda is_what: _one_of(set(self.stands_under(is_what)) - set(chosen)))
        return {value: more[""] + more[value] for value, _label in self.options}


def _one_of(missing: set[str]) -> Iterable[str]:
    """What is missing, where that is one thing; an empty word where nothing is."""
    return missing or {""} if len(missing) < 2 else ()


def _any_of(conditions: Iterable[Q]) -> Q:
    wanted = Q(pk__in=[])
    for condition in conditions:
        wanted |= condition
    return wanted


@dataclass(frozen=True)
class Narrowing:
    """A list, and how the query string narrows it. ``sources`` count the options; without them nothing is counted.

    With a name of its own, ``kept_as``, what it holds may be remembered.
    """

    shown: QuerySet[Any]
    query: QueryDict
    rules: tuple[FacetRule, ...]
    sources: Sources = field(default_factory=dict)
    leaving_out: LeavingOut = NOTHING
    kept_as: Question = ()

    @cached_property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """By filter the values in force."""
        return {rule.name: rule.chosen(self.query) for rule in self.rules}

    def by_filters(self, but_for: str = "") -> QuerySet[Any]:
        """What the filters leave, all or all but one."""
        found = self.shown
        for rule in self.rules:
            if self.chosen[rule.name] and rule.name != but_for:
                found = found.filter(rule.wanted(self.chosen[rule.name]))
        return found

    @cached_property
    def found(self) -> QuerySet[Any]:
        """The list: what the filters leave, without what is to be left out; or only that, where it is asked for."""
        return self.leaving_out.applied(self.by_filters())

    @cached_property
    def _counts(self) -> dict[str, dict[str, int]]:
        """By filter how long the list would be with each option; of those that are counted."""
        return self._remembered("counts", self._counted)

    def _counted(self) -> dict[str, dict[str, int]]:
        counted = [rule for rule in self.rules if rule.counted_in in self.sources]
        groups = grouped(map(self._asked, counted), self.sources)
        return {rule.name: dict(rule.counts(groups[rule.name], self.chosen[rule.name])) for rule in counted}

    def _remembered(self, what: Hashable, find: Callable[[], Found]) -> Found:
        """From memory where there is one. What somebody ticked about their body is remembered nowhere."""
        if not self.kept_as or self.leaving_out.chosen:
            return find()
        return remembered((*self.kept_as, what, *self.chosen.items()), find)

    def page(self, found: Any, per_page: int) -> tuple[Page[Any], list[Any]]:
        """The page asked for of what was found, and what stands on it."""
        paginator = Paginator(found, per_page)
        if not self.kept_as:
            page = paginator.get_page(self.query.get("page"))
            return page, list(page.object_list)
        paginator.count = self._remembered("count", found.count)
        page = paginator.get_page(self.query.get("page"))
        start = (page.number - 1) * per_page
        keys = self._remembered(page.number, lambda: list(found.values_list("pk", flat=True)[start : start + per_page]))
        rows = self.shown.in_bulk(keys)
        return page, [rows[key] for key in keys if key in rows]

    def _asked(self, rule: FacetRule) -> Asked:
        but_for = rule.name if self.chosen[rule.name] else ""
        return Asked(
            rule.name,
            rule.counted_in,
            but_for,
            lambda: self.leaving_out.applied(self.by_filters(but_for)) if but_for else self.found,
        )

    def facet(self, rule: FacetRule) -> Facet:
        """A group of filters with what is chosen, and where it is counted, how long the list would be with each."""
        chosen = self.chosen[rule.name]
        counts = self._counts.get(rule.name)
        options = tuple(
            FacetOption(
                value,
                label,
                value in chosen,
                None if counts is None else counts.get(value, 0),
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
        """Of a list that is empty: which filter alone keeps everything back. One query; what is looked at has none."""
        if self.leaving_out.shown:
            return ()
        filters = list(self._in_force())
        return offered(filters, self._remembered("take off", lambda: counts_without_each(self.shown, filters)))

    def _in_force(self) -> Iterable[InForce]:
        """Each group of filters as a whole, since its values widen; each reason to leave out by itself."""
        for rule in self.rules:
            if chosen := self.chosen[rule.name]:
                rest = {name: values for name, values in self._asked_before.items() if name != rule.name}
                words = _in_words(rule.legend, rule.options, chosen)
                yield InForce(words, rule.wanted(chosen), f"?{urlencode(rest, doseq=True)}")
        for name, legend, options, chosen in self.leaving_out.named():
            for value in chosen:
                without = ~self.leaving_out.named_by[value]
                yield InForce(_in_words(legend, options, [value]), without, self.address(name, value))

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
    sources: Sources | None = None,
    leaving_out: LeavingOut = NOTHING,
    kept_as: Question = (),
) -> Catalogue:
    """A page of cards. Two queries for the list, whatever its length, one for all counts, and those of ``make_cards``.

    ``find`` searches among what the filters leave: a search cannot be narrowed afterwards. ``sources`` count the
    options of the filters; ``leaving_out`` is what is to be left out, and costs two queries more where there is any; an
    empty list costs one more, for the ways out of it. What a list with a name, ``kept_as``, holds may be remembered;
    it costs a query more where it is not.
    """
    if kept_as and find is not _all:
        raise ValueError("What is searched for is not in the name under which a list is kept.")
    leaving_out = leaving_out.looked_up(queryset)
    asked = Narrowing(queryset, query, tuple(rules), sources or {}, leaving_out, kept_as)
    page, rows = asked.page(find(asked.found), per_page)
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
        left_out=leaving_out.said(asked.by_filters(), query) if leaving_out.chosen else (),
        asks=leaving_out.asks,
        back_url=leaving_out.back(query),
        is_asked=any(name != "page" for name in query),
        holds_unknown=asked.holds_unknown,
        take_off=asked.take_off() if chosen and not page.paginator.count and find is _all else (),
    )
