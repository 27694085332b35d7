"""Which things answer a question: those with all that it asks for; where nothing has all of it, those nearest to it.

Near is what names the part of the body that is asked about, wherever something does, and has most of what else says
something. A complaint ("pain", "stiff") says little of what is meant: nearly every page has one, so that by it alone a
plank would answer whoever asks about a shoulder at night.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet, Window

from stretchsite.finding.matches import SAID, how_many, how_many_of, names_of, rareness, worth
from stretchsite.finding.question import Question, Wanted
from stretchsite.models.words import IndexedWord

#: How many times as much as a complaint any other word says.
LOUDER = 4


class Best(NamedTuple):
    """What answers, the best first; how many there are of each kind, by content type; and what each has at least.

    ``rows`` are the content types and keys of one slice, where they were read together with the count.
    """

    found: QuerySet[Any]
    counts: dict[int, int]
    fewest: int = 0
    rows: list[tuple[int, int]] | None = None


def having_all(found: QuerySet[Any], meant: Question, counts: dict[str, int]) -> QuerySet[Any]:
    """Those of ``matching`` that have all that is wanted; of several words only what has the rarest is looked at."""
    if len(meant.wanted) > 1:
        rarest = min(meant.wanted, key=lambda each: how_many(each, counts))
        found = found.filter(object_id__in=IndexedWord.objects.filter(stem__in=rarest.stems).values("object_id"))
    return found.filter(has=len(meant.wanted))


def best_of(
    found: QuerySet[Any], meant: Question, frequency: dict[str, int], kinds: Iterable[int], part: slice
) -> Best:
    """Those that have all, with the rows of one slice, else the nearest. One query, more where nothing has all.

    A slice that begins behind the last row costs one query more, since only a row says how many there are.
    """
    if not meant.wanted:
        return Best(found, {})
    every = len(meant.wanted)
    best = having_all(found, meant, frequency)
    rows, counts = _with_counts(best, kinds, part)
    if not rows and part.start:
        counts = _by_kind(best, kinds, "has", [every])[every]
    if sum(counts.values()):
        return Best(best, counts, every, rows or None)
    near, telling = nearest(found, meant, frequency), len(_telling(meant))
    there = _at_the_part(near, meant)
    if there is not None:
        placed = _saying_most(there, kinds, telling, half=True)
        if placed.fewest:
            return placed
    return _saying_most(near, kinds, telling)


def _saying_most(found: QuerySet[Any], kinds: Iterable[int], telling: int, *, half: bool = False) -> Best:
    """Those that say as much as any; with ``half``, those too that say half of what could be said. One query."""
    by_kind = _by_kind(found, kinds, "says", range(telling + 1))
    most = max((says for says, each in by_kind.items() if sum(each.values())), default=0)
    least = min(most, -(-telling // 2)) if half else most
    kept = [by_kind[says] for says in range(least, most + 1)]
    return Best(found.filter(says__gte=least), {kind: sum(each[kind] for each in kept) for kind in kinds}, least)


def best_few(found: QuerySet[Any], meant: Question, frequency: dict[str, int], part: slice) -> list[tuple[int, int]]:
    """The same, for one slice and without a count: the content type and the key of each. One query, or up to three."""
    keys = found.values_list("content_type_id", "object_id")
    if rows := list(having_all(keys, meant, frequency)[part]):
        return rows
    near = nearest(found, meant, frequency)
    there = _at_the_part(near, meant)
    if there is not None and (rows := list(there.values_list("content_type_id", "object_id")[part])):
        return rows
    told = list(near.values_list("content_type_id", "object_id", "says")[part])
    return [(kind, key) for kind, key, says in told if says == told[0][2]]


def best_of_one(among: Q, wanted: Wanted, part: slice) -> list[tuple[int, int]]:
    """The same of one thing that is wanted: the heaviest rows of each of its stems, straight from their index.

    Whatever is among the first few has one of its stems among the first few that have that stem. One query.
    """
    rows = IndexedWord.objects.filter(among).order_by("-weight", "object_id")
    heaviest: dict[tuple[int, int], int] = {}
    for weight, key, kind in _heaviest(rows.values_list("weight", "object_id", "content_type_id"), wanted, part.stop):
        heaviest[kind, key] = max(weight, heaviest.get((kind, key), 0))
    enough = SAID if max(heaviest.values(), default=0) >= SAID else 0
    told = sorted((-weight, key, kind) for (kind, key), weight in heaviest.items() if weight >= enough)
    return [(kind, key) for _weight, key, kind in told[part]]


def _heaviest(rows: QuerySet[Any], wanted: Wanted, number: int) -> QuerySet[Any]:
    """Rows among which are the ``number`` heaviest things. A thing has one row for each of its stems, at most."""
    each = [rows.filter(stem=stem)[:number] for stem in sorted(wanted.stems)]
    if len(each) == 1:
        return each[0]
    if connection.features.supports_slicing_ordering_in_compound:
        return each[0].union(*each[1:], all=True)
    return rows.filter(stem__in=wanted.stems)[: number * len(each)]


def nearest(found: QuerySet[Any], meant: Question, frequency: dict[str, int]) -> QuerySet[Any]:
    """The rows of ``matching`` by how much they say besides complaints (``says``), and then by how much of each."""
    louder = (rareness(each, frequency) * (1 if each.is_complaint else LOUDER) for each in meant.wanted)
    said = found.annotate(says=how_many_of(_telling(meant)), sense=worth(names_of(meant), louder))
    return said.order_by("-says", "-sense", "object_id")


def _telling(meant: Question) -> list[str]:
    """The names of what is no complaint; of all where there is nothing else."""
    named = list(zip(names_of(meant), meant.wanted, strict=True))
    return [name for name, each in named if not each.is_complaint] or [name for name, _each in named]


def _at_the_part(found: QuerySet[Any], meant: Question) -> QuerySet[Any] | None:
    """Those that name a part of the body the question names; none where it names no part."""
    stems = {stem for each in meant.wanted if each.is_body for stem in each.stems}
    if not stems:
        return None
    rows = IndexedWord.objects.filter(stem__in=stems, weight__gte=SAID)
    return found.filter(object_id__in=rows.values("object_id"))


def _with_counts(
    found: QuerySet[Any], kinds: Iterable[int], part: slice
) -> tuple[list[tuple[int, int]], dict[int, int]]:
    """One slice, and how many there are of each kind in all: to group and to count are equally dear, so both at once.

    One query, which says nothing of how many there are where the slice is empty.
    """
    names = {kind: f"all_of_{kind}" for kind in kinds}
    each = {name: Window(Count("object_id", filter=Q(content_type_id=kind))) for kind, name in names.items()}
    told = list(found.annotate(**each).values_list("content_type_id", "object_id", *names.values())[part])
    counts = dict(zip(names, told[0][2:], strict=True)) if told else dict.fromkeys(names, 0)
    return [(kind, key) for kind, key, *_counts in told], counts


def _by_kind(
    found: QuerySet[Any], kinds: Iterable[int], what: str, numbers: Iterable[int]
) -> dict[int, dict[int, int]]:
    """How many have so many of the words, by what counts them, of each kind. One query.

    Written in SQL round the question, since one count for each number and kind took the platform longer to write down
    than the database to answer.
    """
    counts = {number: dict.fromkeys(kinds, 0) for number in numbers}
    try:
        inner, values = found.order_by().values("content_type_id", what).query.sql_with_params()
    except EmptyResultSet:
        return counts
    with connection.cursor() as cursor:
        # ``what`` is a name of this file, and what is asked for stands in ``values``.
        cursor.execute(f'SELECT "{what}", content_type_id, COUNT(*) FROM ({inner}) answers GROUP BY 1, 2', values)  # noqa: S608  (names of ours alone)
        for number, kind, count in cursor.fetchall():
            if number in counts and kind in counts[number]:
                counts[number][kind] = count
    return counts
