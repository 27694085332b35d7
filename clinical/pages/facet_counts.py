"""How many entries a list would have with each option of its filters: counted by the database, in one query.

The entries are grouped by what they are, in a few letters ("stretch/standing/hip"), and each group counts for every
option it stands under. So neither the number of entries nor that of options makes more queries of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, F, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

#: Groups of entries: what each is, in letters, and how many there are.
Groups: TypeAlias = list[tuple[str, int]]
#: From the keys of a list to its entries in groups, by a name of ours: see :func:`in_groups`.
Sources: TypeAlias = Mapping[str, Callable[[Any], Any]]


@dataclass(frozen=True)
class Asked:
    """What is to be counted for one filter: in the groups of which source, and among which entries.

    Filters with the same ``key`` are counted among the same entries.
    """

    name: str
    source: str
    key: str
    among: Callable[[], QuerySet[Any]]


def in_groups(model: Any, what: Any, counted: str = "pk", **of: Any) -> QuerySet[Any]:
    """Rows in groups that are the same: what they are, and how many different ``counted`` there are."""
    named = F(what) if isinstance(what, str) else what
    rows = QuerySet(model).order_by().filter(**of).annotate(is_what=Cast(named, TextField()))
    return rows.values("is_what").annotate(how_many=Count(counted, distinct=counted != "pk"))


def grouped(asked: Iterable[Asked], sources: Sources) -> dict[str, Groups]:
    """The groups each filter counts in, by its name. One query, however many they are."""
    keys: dict[str, Any] = {}
    parts: dict[tuple[str, str], QuerySet[Any]] = {}
    places: dict[str, tuple[str, str]] = {}
    for each in asked:
        if each.key not in keys:
            keys[each.key] = _keys(each.among())
        place = places[each.name] = (each.source, each.key)
        if place not in parts and keys[each.key] is not None:
            parts[place] = sources[each.source](keys[each.key])
    found: dict[int, Groups] = defaultdict(list)
    for part, is_what, how_many in _rows(parts.values()):
        found[part].append((is_what or "", how_many))
    numbers = {place: number for number, place in enumerate(parts)}
    return {name: found[numbers[place]] if place in numbers else [] for name, place in places.items()}


def _keys(among: QuerySet[Any]) -> RawSQL | None:
    """The keys of a list as a piece of a question: Django words it once, and not once for each source.

    Nothing where the list is empty whatever the database holds.
    """
    try:
        sql, values = among.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    return RawSQL(sql, values)  # noqa: S611  (Django's own words and values, as it would write them itself)


def _rows(parts: Collection[QuerySet[Any]]) -> Iterable[tuple[int, str, int]]:
    numbered = [
        part.annotate(part=Value(number)).values_list("part", "is_what", "how_many")
        for number, part in enumerate(parts)
    ]
    if len(numbered) < 2:
        return numbered[0] if numbered else ()
    return numbered[0].union(*numbered[1:], all=True)


def each_once(groups: Groups, stands_under: Callable[[str], Iterable[str]]) -> Counter[str]:
    """How many stand under each option."""
    counts: Counter[str] = Counter()
    for is_what, how_many in groups:
        for value in stands_under(is_what):
            counts[value] += how_many
    return counts
