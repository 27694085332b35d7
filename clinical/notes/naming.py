"""Where notes in force hang that name something about a reader's body, such as thin bones: by concern, in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.conf import settings

from clinical.notes.targets import placements_naming
from clinical.safety.parts import never_lost
from clinical.safety.reach import Part, Place, Subject, reaches
from clinical.words.choices import PlaceKind, Tier


@never_lost("What the safety notes name")
def places_naming(concerns: Collection[str], part: Part) -> dict[str, dict[PlaceKind, set[str]]]:
    """For each concern the places its notes hang on, by kind, as far as they reach what is shown as ``part`` (E3.1).

    A note is one in all its languages: it names what any of them names, in the most cautious tier of all. What hangs on
    everything is left aside: it tells nothing apart.
    """
    if not concerns:
        return {}
    placements = placements_naming(concerns, (settings.LANGUAGE_CODE,))
    named: dict[UUID, set[str]] = defaultdict(set)
    tiers: dict[UUID, Tier] = {}
    for each in placements:
        named[each.note.key] |= set(each.note.concerns)
        tiers[each.note.key] = min(each.note.tier, tiers.get(each.note.key, each.note.tier))
    found: dict[str, dict[PlaceKind, set[str]]] = {concern: defaultdict(set) for concern in concerns}
    for each in placements:
        if _reaches(each.place, tiers[each.note.key], part):
            for concern in named[each.note.key] & set(concerns):
                found[concern][each.place.kind].add(each.place.value)
    return found


def _reaches(place: Place, tier: Tier, part: Part) -> bool:
    """Whether a note that hangs there is on the page of something that is there."""
    if place.kind is PlaceKind.EVERYTHING:
        return False
    there = Subject(UUID(int=0), "", part, conditions=frozenset([place.value]))
    return place.kind is not PlaceKind.CONDITION or reaches(place, tier, there)
