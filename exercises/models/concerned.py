"""Which exercises are left out because of what they ask for, or name: kneeling, the floor, thin bones …"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from clinical.notes.naming import places_naming
from clinical.pages.bit_sets import Bits, Sets, any_of
from clinical.pages.concerns_kept import named_in
from clinical.pages.entries import Entries
from clinical.pages.left_out import LeavingOut, asked_for
from clinical.safety.reach import Part
from clinical.words.choices import SAME_POSITION_AS, PlaceKind, StartingPosition
from clinical.words.concerns import SORTS, Concern, meant_by
from clinical.words.exercising import Equipment
from exercises.choices import OFF_THE_FLOOR
from exercises.models.exercises import ExercisePage
from exercises.models.facets import choices, positions_in, regions_in, tag_of, words_in
from exercises.querysets import within

#: Positions in which one kneels.
KNEELING = frozenset({StartingPosition.FOUR_POINT_KNEELING, StartingPosition.KNEELING, StartingPosition.HALF_KNEELING})
#: What is held in a hand, or held on to.
HELD = frozenset(
    {
        Equipment.TOWEL,
        Equipment.SUPPORT,
        Equipment.BAND,
        Equipment.DUMBBELL,
        Equipment.WATER_BOTTLE,
        Equipment.STICK,
    }
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
    asks = dict.fromkeys(("kneeling", "floor", "holding"), _("What it asks for"))
    return asks | {concern.value: str(heading) for heading, concerns in SORTS for concern in concerns}


def leaving_out(query: QueryDict) -> LeavingOut:
    """What the query string asks to leave out of the exercises."""
    chosen, shown = asked_for(query, reasons())
    return LeavingOut(reasons(), chosen, exercises_named, shown, parts_of_reasons())


def exercises_named(entries: Entries) -> Sets:
    """For every reason the exercises that are left out for it. Two queries, and more where some were never read."""
    found = by_reason(entries, ExercisePage, Part.EXERCISE)
    found["kneeling"] = entries.where("positions", lambda text: positions_in(text) <= KNEELING)
    found["floor"] = entries.where("positions", lambda text: not positions_in(text) & OFF_THE_FLOOR)
    found["holding"] = entries.where("equipment", lambda text: words_in(text) & HELD)
    return found


def by_reason(entries: Entries, model: Any, part: Part) -> Sets:
    """For every concern the pages of a kind that name it, or on which a note that names it stands. Two queries."""
    themselves = named_in(entries, model)
    places = places_naming(Concern.values, part)
    copies = _with_copies(model, {key for there in places.values() for key in there[PlaceKind.PAGE]})
    named = {
        concern: themselves.get(concern, 0)
        | _at(entries, there)
        | entries.with_keys(pk for key in there[PlaceKind.PAGE] for pk in copies[key])
        for concern, there in places.items()
    }
    return Sets({each: any_of(named[also] for also in meant_by(each)) for each in Concern.values})


def _at(entries: Entries, places: Mapping[PlaceKind, set[str]]) -> Bits:
    """Those that a note there reaches by what they are, as ``clinical.safety.reach`` says it (E3.1)."""
    positions = {each for value in places[PlaceKind.POSITION] for each in within(SAME_POSITION_AS, value)}
    found = entries.where("uses", lambda use: tag_of(use) in places[PlaceKind.CONDITION])
    for source, read, there in (
        ("kind", words_in, places[PlaceKind.KIND]),
        ("regions", regions_in, places[PlaceKind.REGION]),
        ("positions", positions_in, positions),
        ("equipment", words_in, places[PlaceKind.EQUIPMENT]),
    ):
        if there and source in entries.columns:
            found |= entries.where(source, _stands_at(read, there))
    return found


def _stands_at(read: Callable[[str], frozenset[str]], there: set[str]) -> Callable[[str], bool]:
    return lambda text: not read(text).isdisjoint(there)


def _with_copies(model: Any, keys: Collection[str]) -> dict[str, list[int]]:
    """By key the page, and what was copied from it. One query; none without keys."""
    found: dict[str, list[int]] = defaultdict(list)
    asked = model.objects.filter(Q(content_key__in=keys) | ~Q(origins="")).order_by() if keys else model.objects.none()
    for pk, key, origins in asked.values_list("pk", "content_key", "origins"):
        for each in {str(key), *origins.split()}:
            found[each].append(pk)
    return found
