"""How far a safety note reaches: what it hangs on, and what a reader is shown (E3.1–E3.4).

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from uuid import UUID

from clinical.safety.pain import NO_PAIN, PainLimit, strictest
from clinical.words.choices import SAME_POSITION_AS, WIDER_REGION, PlaceKind, Tier


class Part(Enum):
    """What the subject is on the sheet; it decides how far a condition's notes reach (E3.1, E3.2)."""

    WHOLE = "a routine or a condition hub, on its own sheet"
    EXERCISE = "an exercise on its own sheet"
    INGREDIENT = "an exercise inside a routine"


#: The mildest tier of a condition's notes that reaches each part (E3.1, E3.2).
_MILDEST_OF_PART = {Part.WHOLE: Tier.GOOD_TO_KNOW, Part.EXERCISE: Tier.DO_NOT, Part.INGREDIENT: Tier.GET_HELP}


@dataclass(frozen=True)
class Subject:
    """Something a reader is shown, as far as safety notes care about it.

    ``among`` are the conditions of the routine an exercise is in; a routine that names none has none. ``pain`` is what
    an exercise allows; nothing else has a limit of its own. ``usual_sensation`` is what readers with the one condition
    that a page names always feel. ``origins`` are the keys of what it was copied from, whose own notes reach it too.
    """

    key: UUID
    title: str
    part: Part
    regions: frozenset[str] = frozenset()
    positions: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    among: frozenset[str] = frozenset()
    pain: PainLimit | None = None
    usual_sensation: str = ""
    equipment: frozenset[str] = frozenset()
    kind: str = ""
    origins: frozenset[str] = frozenset()

    @cached_property
    def places(self) -> dict[PlaceKind, frozenset[str]]:
        """The places it is at by what it is: each region with the wider one, each position with the one it is like."""
        return {
            PlaceKind.PAGE: frozenset([str(self.key)]) | self.origins,
            PlaceKind.REGION: self.regions | {WIDER_REGION.get(each, each) for each in self.regions},
            PlaceKind.POSITION: self.positions | {SAME_POSITION_AS.get(each, each) for each in self.positions},
            PlaceKind.EQUIPMENT: self.equipment,
            PlaceKind.KIND: frozenset([self.kind]),
        }


@dataclass(frozen=True)
class Place:
    """Where a note hangs. ``value`` is a member of the vocabulary, a condition's number, or a page's content key.

    ``name`` is a condition's, for readers.
    """

    kind: PlaceKind
    value: str = ""
    name: str = field(default="", compare=False)


def reaches(place: Place, tier: Tier, subject: Subject, *, only_with_condition: bool = False) -> bool:
    """Whether a note of this tier, hanging on this place, concerns the subject (E3.1–E3.4).

    A condition's notes reach a routine or hub whole, an exercise's own page down to tier 2, and an exercise inside
    a routine only as tier 1: advice about iron for restless legs has no business in a routine for the back. One that
    two people marked ``only_with_condition`` stays out of a routine for other conditions; a routine that names no
    condition takes it.
    """
    if place.kind is PlaceKind.EVERYTHING:
        return True
    if place.kind is not PlaceKind.CONDITION:
        return place.value != "" and place.value in subject.places[place.kind]
    if place.value not in subject.conditions:
        return False
    is_elsewhere = bool(subject.among) and place.value not in subject.among
    if only_with_condition and subject.part is Part.INGREDIENT and is_elsewhere:
        return False
    return tier <= _MILDEST_OF_PART[subject.part]


def pain_among(subjects: Iterable[Subject]) -> PainLimit:
    """The strictest limit of the exercises among these; no pain where there is none, or one has not said."""
    parts = (subject for subject in subjects if subject.part is not Part.WHOLE)
    return strictest(subject.pain or NO_PAIN for subject in parts)


def usual_sensation_among(subjects: Iterable[Subject]) -> str:
    """What the one page among these says is no reason to stop; nothing where there are several pages, or none."""
    pages = [subject for subject in subjects if subject.part is not Part.INGREDIENT]
    return pages[0].usual_sensation if len(pages) == 1 else ""
