"""Of an empty list, which one of its filters, taken off alone, brings entries back, and how many: one question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from clinical.pages.cards import TakenOff

#: More ways out than these are a list to read, and no help.
MOST_OFFERED = 6


@dataclass(frozen=True)
class InForce:
    """A filter in force: its words, what it narrows the list to, and the address of the list without it."""

    label: str
    wanted: Q
    url: str


def counts_without_each(shown: QuerySet[Any], filters: Iterable[InForce]) -> list[int]:
    """How long the list would be without each of them, all others left in force. One query."""
    every = list(filters)
    asked = {f"without_{place}": Count("pk", filter=_others(every, place)) for place in range(len(every))}
    counts = shown.order_by().aggregate(**asked) if asked else {}
    return [counts[name] for name in asked]


def offered(filters: Iterable[InForce], counts: Iterable[int]) -> tuple[TakenOff, ...]:
    """Those that bring something back, the most first."""
    found = [TakenOff(each.label, each.url, count) for each, count in zip(filters, counts, strict=True) if count]
    return tuple(sorted(found, key=lambda each: -each.count)[:MOST_OFFERED])


def _others(filters: list[InForce], place: int) -> Q | None:
    """What all but one of them want together; nothing where there is no other."""
    others = Q()
    for each in filters[:place] + filters[place + 1 :]:
        others &= each.wanted
    return others or None
