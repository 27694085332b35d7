"""What is asked of the large site, and how long each answer may take: the table of the aims."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.http import urlencode

#: So many entries a page of the catalogue shows.
A_PAGE = 24
#: Two filters at once, some that leave much and some that leave little.
TWO_FACETS = (
    "region=hip&kind=stretch",
    "position=supine&floor=on",
    "region=low_back&minutes=3",
    "kind=strength&level=regression",
)
#: Words few pages have, and words very many have.
SELECTIVE = ("4711", "groin 812", "bridge 333", "tennis elbow", "carpal tunnel", "hamstirng 555", "nothing of the kind")
COMMON = ("stretch", "calf stretch", "back", "seated", "gentle thigh", "breathe out", "slow back stretch", "hip")
#: Words as they grow under somebody's fingers.
TYPED = ("cal", "calf", "calf st", "ham", "hamstr", "nec", "seated s", "lower ba", "sho", "squ")


@dataclass(frozen=True)
class Site:
    """The site as it is: how many exercises, where they stand in the admin, and the cookie of somebody signed in."""

    exercises: int
    index_key: int
    cookie: str

    @classmethod
    def told(cls, line: str) -> Site:
        """From the line in which the process that made it says so."""
        return cls(**json.loads(line))


@dataclass(frozen=True)
class Question:
    """One row of the table: addresses asked in turn, ``rounds`` times each.

    The middle of the answers may take ``most`` milliseconds, and ``growth`` times what it took at the smallest size; 0
    where nobody has said.
    """

    name: str
    addresses: tuple[str, ...]
    most: float = 0
    growth: float = 0
    rounds: int = 10
    is_desk: bool = False


@dataclass(frozen=True)
class Taken:
    """What the answers to a question took: the milliseconds of each, and on a processor the average of all.

    ``refused`` is how many of them were no page, but words that say "not now".
    """

    milliseconds: Sequence[float]
    busy: float = 0
    refused: int = 0


def questions(site: Site) -> list[Question]:
    """All of them."""
    return [*_of_readers(site.exercises), *_of_the_desk(site)]


def _of_readers(exercises: int) -> Iterable[Question]:
    last = -(-exercises // A_PAGE)
    pages = {"first": 1, "middle": max(1, last // 2), "last": last}
    for name, page in pages.items():
        # Not the address the page cache keeps: this is what making the page costs.
        yield Question(f"catalogue, {name} page", (f"/exercises/?page={page}",), 50, 4, rounds=20)
    for name, page in {"first": 1, "a middle": max(1, last // 40), "last": last}.items():
        addresses = tuple(f"/exercises/?{facets}&page={page}" for facets in TWO_FACETS)
        yield Question(f"catalogue, two facets, {name} page", addresses, 50, 4)
    left_out = tuple(f"/exercises/?{facets}&without=kneeling&without=sore_joints" for facets in TWO_FACETS)
    yield Question("catalogue, two facets, something left out", left_out, rounds=5)
    yield Question("catalogue of routines, two facets", ("/routines/?region=hip&kind=stretch",), 50, 4, rounds=20)
    yield Question("search, selective words", _searches("/search/", SELECTIVE), 60, rounds=5)
    yield Question("search, common words", _searches("/search/", COMMON), 150, rounds=5)
    yield Question("suggestions as you type", _searches("/search/suggestions/", TYPED), 40, 2, rounds=5)


def _of_the_desk(site: Site) -> Iterable[Question]:
    last = -(-site.exercises // 50)
    index = f"/admin/pages/{site.index_key}/"
    kind = {"page_type": "exercises.exercisepage"}
    yield Question("admin, list of pages", (index, f"{index}?p={max(1, last // 2)}"), 400, rounds=5, is_desk=True)
    yield Question("admin, pages found", _searches("/admin/pages/search/", COMMON[:3]), 400, rounds=3, is_desk=True)
    chooser = (f"/admin/choose-page/{site.index_key}/?{urlencode(kind)}",)
    yield Question("exercise chooser", chooser, 200, rounds=5, is_desk=True)
    found = _searches("/admin/choose-page/search/", COMMON[:3], **kind)
    yield Question("exercise chooser, searched", found, 200, rounds=3, is_desk=True)
    offers = ("/admin/share/programme/", "/admin/share/programme/?q=calf", "/admin/share/programme/?region=hip")
    yield Question("programme, exercises to add", offers, rounds=3, is_desk=True)


def _searches(place: str, words: Iterable[str], **more: str) -> tuple[str, ...]:
    return tuple(f"{place}?{urlencode({'q': each, **more})}" for each in words)
