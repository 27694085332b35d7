"""How many entries a list would have with each option of its filters: counted by the database, in one query.

The entries are grouped by what they are, in a few letters ("stretch, standing, hip"), and each group counts for every
option it stands under. So neither the number of entries nor that of options makes more queries of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Count, QuerySet, TextField, Value
from django.db.models.functions import Cast

#: Groups of entries: what each is, in letters, and how many there are.
Groups: TypeAlias = list[tuple[str, int]]
#: From a list to its entries in groups, by a name of ours: see :func:`in_groups`.
Sources: TypeAlias = Mapping[str, Callable[[Any], Any]]


@dataclass(frozen=True)
class Asked:
    """What is to be counted for one filter: among which entries, and in the groups of which source."""

    name: str
    source: str
    among: QuerySet[Any]
    #: Filters with the same are counted among the same entries.
    key: tuple[str, ...]


def in_groups(rows: QuerySet[Any], what: Any, counted: str = "pk") -> QuerySet[Any]:
    """Rows in groups that are the same: what they are, and how many different ``counted`` there are."""
    named = rows.order_by().prefetch_related(None).annotate(is_what=Cast(what, TextField()))
    return named.values("is_what").annotate(how_many=Count(counted, distinct=counted != "pk"))


def grouped(asked: Iterable[Asked], sources: Sources) -> dict[str, Groups]:
    """The groups each filter counts in, by its name. One query, however many they are."""
    parts: dict[tuple[str, ...], QuerySet[Any]] = {}
    places: dict[str, int] = {}
    for each in asked:
        key = (each.source, *each.key)
        if key not in parts:
            parts[key] = sources[each.source](each.among)
        places[each.name] = list(parts).index(key)
    found: dict[int, Groups] = defaultdict(list)
    for part, is_what, how_many in _rows(list(parts.values())):
        found[part].append((is_what or "", how_many))
    return {name: found[place] for name, place in places.items()}


def _rows(parts: Collection[QuerySet[Any]]) -> Iterable[tuple[int, str, int]]:
    numbered = [
        part.annotate(part=Value(number)).values_list("part", "is_what", "how_many")
        for number, part in enumerate(parts)
    ]
    first, *others = numbered or [None]
    if first is None:
        return ()
    return first.union(*others, all=True) if others else first


def each_once(groups: Groups, stands_under: Callable[[str], Iterable[str]]) -> Counter[str]:
    """How many stand under each option."""
    counts: Counter[str] = Counter()
    for is_what, how_many in groups:
        for value in stands_under(is_what):
            counts[value] += how_many
    return counts
