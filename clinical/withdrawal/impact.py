"""What a change down here would do further up: a registry that the upper floors fill when the application starts.

A lower floor knows nothing of the upper ones; what it must ask them before it changes, it asks through here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.urls import reverse

#: Given a page as it is about to go live, what would break on pages that use it, in words that say what to do.
Objector = Callable[[Any], Iterable[str]]

#: How many of the things affected are named and linked; the others are counted.
MOST_NAMED = 20


@dataclass(frozen=True)
class Affected:
    """One sort of thing that something's withdrawal reaches: in words, how many, and the first of them with links."""

    what: str
    count: int
    named: tuple[tuple[str, str], ...] = ()

    @property
    def others(self) -> int:
        """How many are counted and not named."""
        return self.count - len(self.named)


@dataclass(frozen=True)
class Touched:
    """What of one person's something withdrawn touches: the key of what is withdrawn, in words, and where it is."""

    key: UUID
    words: str
    address: str


#: Given a clinical page or a note, what its withdrawal would reach on a floor. A fixed number of queries.
Reach = Callable[[Any], Iterable[Affected]]

#: Given the same, whom it concerns and why, in a line for each. A fixed number of queries.
Concern = Callable[[Any], Iterable[tuple[Any, str]]]

#: Given a person and the keys of what is withdrawn: what of theirs each touches, in words, and where to look at it. A
#: fixed number of queries.
Touch = Callable[[Any, Collection[UUID]], Iterable["Touched"]]

_objectors: list[Objector] = []
_reaches: list[Reach] = []
_concerns: list[Concern] = []
_concerns_of_harm: list[Concern] = []
_touches: list[Touch] = []


def register_objector(objector: Objector) -> None:
    """Ask this function whenever a clinical page is about to go live. Called from ``AppConfig.ready()``."""
    if objector not in _objectors:
        _objectors.append(objector)


def objections(page: Any) -> list[str]:
    """What would break elsewhere if this page went live as it is; empty when nothing would."""
    return [objection for objector in _objectors for objection in objector(page)]


def register_reach(reach: Reach) -> None:
    """Ask this function before anything is withdrawn. Called from ``AppConfig.ready()``."""
    if reach not in _reaches:
        _reaches.append(reach)


def affected_by(thing: Any) -> list[Affected]:
    """Everything the withdrawal of this page or note would reach, floor by floor; what is not affected is left out."""
    return [affected for reach in _reaches for affected in reach(thing) if affected.count]


def register_concern(concern: Concern, *, of_harm: bool = False) -> None:
    """Ask this function whom to write to when something is taken off, or, ``of_harm``, only when it is withdrawn."""
    asked = _concerns_of_harm if of_harm else _concerns
    if concern not in asked:
        asked.append(concern)


def concerned_by(things: Sequence[Any], *, harm: bool = True) -> dict[Any, list[str]]:
    """Everybody whom it concerns that these pages or notes, one in every language, go: each with why, said once.

    ``harm`` is whether they are withdrawn; else they are taken off for another reason.
    """
    found: dict[Any, dict[str, None]] = {}
    for concern in [*_concerns, *(_concerns_of_harm if harm else ())]:
        for person, why in chain.from_iterable(map(concern, things)):
            found.setdefault(person, {})[why] = None
    return {person: list(reasons) for person, reasons in found.items()}


def register_touch(touch: Touch) -> None:
    """Ask this function what of a person's is touched by what is withdrawn. Called from ``AppConfig.ready()``."""
    if touch not in _touches:
        _touches.append(touch)


def touched_of(person: Any, keys: Collection[UUID]) -> dict[UUID, list[Touched]]:
    """What of this person's is touched by the things with these keys, by key; what touches nothing is left out."""
    found: dict[UUID, list[Touched]] = {}
    for touch in _touches:
        for touched in touch(person, keys):
            found.setdefault(touched.key, []).append(touched)
    return found


def affected_pages(what: str, pages: Any) -> Affected:
    """Pages of a queryset as :class:`Affected`, each linked to where it is edited. Two queries, however many."""
    named = pages.order_by("title").values_list("title", "pk")[:MOST_NAMED]
    return Affected(
        what, pages.count(), tuple((title, reverse("wagtailadmin_pages:edit", args=[pk])) for title, pk in named)
    )
