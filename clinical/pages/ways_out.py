"""Of an empty list, which one of its filters, taken off alone, brings entries back, and how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from clinical.pages.bit_sets import Bits
from clinical.pages.cards import TakenOff

#: More ways out than these are a list to read, and no help.
MOST_OFFERED = 6


@dataclass(frozen=True)
class InForce:
    """A filter in force: its words, the address of the list without it, and what it narrows the list to.

    That is ``wanted`` of the database, or what it ``leaves`` of a list in memory.
    """

    label: str
    url: str
    wanted: Q = field(default_factory=Q)
    leaves: Bits = 0


def counts_in_memory(everything: Bits, filters: Sequence[Bits]) -> list[int]:
    """How long the list would be without each of them, all others left in force."""
    counts = []
    for place in range(len(filters)):
        left = everything
        for each in (*filters[:place], *filters[place + 1 :]):
            left &= each
        counts.append(left.bit_count())
    return counts


def counts_without_each(shown: QuerySet[Any], filters: Sequence[Q]) -> list[int]:
    """The same of a list in the database. One query, and each filter in it once.

    To ask the database for "all but this one", once for each of them, would make a question that grows with the square
    of what somebody ticked; so it says which each entry passes, and the counting is done here.
    """
    passes = {f"passes_{place}": Case(When(each, then=1), default=0) for place, each in enumerate(filters)}
    counts = [0] * len(passes)
    entries = shown.order_by().annotate(**passes).values_list(*passes) if passes else ()
    for passed in entries:
        missed = [place for place, is_passed in enumerate(passed) if not is_passed]
        for place in missed or range(len(passed)):
            counts[place] += len(missed) < 2
    return counts


def offered(filters: Iterable[InForce], counts: Iterable[int]) -> tuple[TakenOff, ...]:
    """Those that bring something back, the most first."""
    found = [TakenOff(each.label, each.url, count) for each, count in zip(filters, counts, strict=True) if count]
    return tuple(sorted(found, key=lambda each: -each.count)[:MOST_OFFERED])
