"""Which exercises are left out because of what they ask for, or name: kneeling, the floor, thin bones …"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from clinical.notes.naming import places_naming
from clinical.pages.concerns_kept import names_concern
from clinical.pages.left_out import LeavingOut, asked_for
from clinical.safety.reach import Part
from clinical.words.choices import SAME_POSITION_AS, PlaceKind, StartingPosition
from clinical.words.concerns import SORTS, Concern, meant_by
from clinical.words.exercising import Equipment
from exercises.models.exercises import ExerciseCondition, ExercisePage
from exercises.models.facets import choices, floor, needs
from exercises.querysets import starts, within, works

#: Positions in which one kneels.
KNEELING = (StartingPosition.FOUR_POINT_KNEELING, StartingPosition.KNEELING, StartingPosition.HALF_KNEELING)
#: What is held in a hand, or held on to.
HELD = (
    Equipment.TOWEL,
    Equipment.SUPPORT,
    Equipment.BAND,
    Equipment.DUMBBELL,
    Equipment.WATER_BOTTLE,
    Equipment.STICK,
)


def reasons() -> tuple[tuple[str, str], ...]:
    """Every reason to leave something out: what it asks for first, then what it names about the body."""
    asks = (
        ("kneeling", _("Kneeling")),
        ("floor", _("Getting down to the floor")),
        ("holding", _("Something to hold")),
    )
    return (*asks, *choices(Concern))


def parts_of_reasons() -> dict[str, str]:
    """Under which heading each reason is found, in their order."""
    asks = dict.fromkeys(_ASKING, _("What it asks for"))
    return asks | {concern.value: str(heading) for heading, concerns in SORTS for concern in concerns}


def leaving_out(query: QueryDict) -> LeavingOut:
    """What the query string asks to leave out of the exercises. One query, or two where copies are about."""
    chosen, shown = asked_for(query, reasons())
    return LeavingOut(reasons(), chosen, exercises_named(chosen) if chosen else {}, shown, parts_of_reasons())


def exercises_named(chosen: Collection[str]) -> dict[str, Q]:
    """By reason which exercises are left out for it."""
    concerns = [each for each in chosen if each in Concern.values]
    meant = {each: meant_by(each) for each in concerns}
    places = places_naming(sorted({also for each in concerns for also in meant[each]}), Part.EXERCISE)
    named = {also: names_concern(also) | _at(there) for also, there in places.items()}
    found = {each: reduce(or_, (named[also] for also in meant[each])) for each in concerns}
    return found | {each: _ASKING[each]() for each in chosen if each in _ASKING}


def _at(places: Mapping[PlaceKind, set[str]]) -> Q:
    """Exercises that a note on one of these places reaches, as ``clinical.safety.reach`` says it (E3.1)."""
    found = Q(kind__in=places[PlaceKind.KIND])
    for region in places[PlaceKind.REGION]:
        found |= works(region)
    for position in places[PlaceKind.POSITION]:
        for each in within(SAME_POSITION_AS, position):
            found |= starts(each)
    for thing in places[PlaceKind.EQUIPMENT]:
        found |= needs(thing)
    uses = ExerciseCondition.objects.filter(tag__in=places[PlaceKind.CONDITION])
    found |= Q(pk__in=uses.values("content_object")) if places[PlaceKind.CONDITION] else Q(pk__in=[])
    return found | pages_or_copies(ExercisePage, places[PlaceKind.PAGE])


def pages_or_copies(model: Any, keys: Collection[str]) -> Q:
    """Pages with one of these keys, and what was copied from them. One query, for the copies; none without keys."""
    if not keys:
        return Q(pk__in=[])
    copies = model.objects.exclude(origins="").values_list("pk", "origins")
    return Q(content_key__in=keys) | Q(
        pk__in=[pk for pk, origins in copies if not set(origins.split()).isdisjoint(keys)]
    )


def _only_kneeling() -> Q:
    """That there is no position to do it in but on the knees."""
    found = Q(starting_position__in=KNEELING)
    for each in StartingPosition:
        if each not in KNEELING:
            found &= ~Q(other_positions__contains=f"|{each.value}|")
    return found


def _held() -> Q:
    """That there is something to hold."""
    found = Q(pk__in=[])
    for thing in HELD:
        found |= needs(thing)
    return found


_ASKING = {"kneeling": _only_kneeling, "floor": lambda: floor("on"), "holding": _held}
