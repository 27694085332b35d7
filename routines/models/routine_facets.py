"""What the catalogue of routines is filtered by: what is in them, what they are for, and when they are done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from clinical.notes.naming import places_naming
from clinical.pages.catalogues import FacetRule, OnlyWhatIsThere
from clinical.pages.concerns_kept import names_concern
from clinical.pages.facet_counts import in_groups
from clinical.pages.joined_words import ColumnsJoined, JoinedWords
from clinical.pages.left_out import LeavingOut, asked_for
from clinical.safety.reach import Part
from clinical.words.choices import NOT_ADVISED_AGAINST, Moment, PlaceKind, StartingPosition
from clinical.words.concerns import Concern, meant_by
from clinical.words.exercising import ExerciseKind
from exercises.models import ExercisePage
from exercises.models.concerned import exercises_named, pages_or_copies, parts_of_reasons, reasons
from exercises.models.facets import (
    Traits,
    choices,
    condition_rule,
    equipment_options,
    floor,
    floor_options,
    letters,
    needs,
    of_kind,
    region_rule,
    traits,
)
from exercises.models.minutes import minutes_rule
from exercises.querysets import starts, works
from routines.models.routines import RoutineCondition, RoutineItem, RoutinePage


def _with(wanted: Q) -> Q:
    """Routines in which an exercise is so."""
    return Q(pk__in=RoutineItem.objects.filter(wanted).values("page"))


def _throughout(wanted: Q) -> Q:
    """Routines in which every exercise is so."""
    return ~_with(~wanted)


def _by_exercises(keys: Any) -> Any:
    rows = RoutineItem.objects.filter(page=OuterRef("pk")).order_by().values("page")
    joined = rows.annotate(all_of_them=JoinedWords(letters("exercise__"))).values("all_of_them")
    return in_groups(RoutinePage, Subquery(joined), pk__in=keys)


#: From the keys of a list of routines to its groups, by what they are counted in.
SOURCES: dict[str, Callable[[Any], Any]] = {
    "exercises": _by_exercises,
    "routine": lambda keys: in_groups(
        RoutinePage, ColumnsJoined(F("moments"), Coalesce("minutes_ready", 0)), pk__in=keys
    ),
    "condition": lambda keys: in_groups(
        RoutineCondition, "tag__slug", "content_object", evidence__in=NOT_ADVISED_AGAINST, content_object__in=keys
    ),
}


def _uses(**of: Any) -> Any:
    return RoutineCondition.objects.filter(evidence__in=NOT_ADVISED_AGAINST, **of)


@lru_cache(maxsize=5000)
def _all_traits(is_what: str) -> tuple[Traits, ...]:
    """What each exercise of a routine is, from the letters of all of them."""
    return tuple(traits(each) for each in is_what.split(",") if each)


def facet_rules() -> list[FacetRule]:
    """What the catalogue can be filtered by. One query, for the conditions."""
    return [
        condition_rule(_uses),
        region_rule(
            condition=lambda region: works(region, "exercise__"),
            counted_in="exercises",
            stands_under=lambda each: _in_any(each, "regions"),
            through=_with,
        ),
        FacetRule(
            "moment",
            _("When"),
            choices(Moment),
            lambda moment: Q(moments__contains=f"|{moment}|"),
            "routine",
            lambda each: filter(None, each.partition("/")[0].split("|")),
        ),
        minutes_rule((5, 10, 15, 20), "routine", lambda each: each.partition("/")[2]),
        *_rules_of_things(),
    ]


def _rules_of_things() -> list[FacetRule]:
    return [
        FacetRule(
            "position",
            _("All of it in one position"),
            choices(StartingPosition),
            lambda position: _throughout(starts(position, "exercise__")),
            "exercises",
            _positions_throughout,
        ),
        FacetRule(
            "floor",
            _("Floor"),
            floor_options(),
            lambda value: (
                _throughout(floor("off", "exercise__")) if value == "off" else _with(floor("on", "exercise__"))
            ),
            "exercises",
            lambda each: ("on" if any(one.is_on_the_floor for one in _all_traits(each)) else "off",),
        ),
        FacetRule(
            "kind",
            _("Kind"),
            choices(ExerciseKind),
            lambda kind: of_kind(kind, "exercise__"),
            "exercises",
            lambda each: {one.kind for one in _all_traits(each)},
            _with,
        ),
        OnlyWhatIsThere(
            "equipment",
            _("Things I have"),
            equipment_options(),
            lambda thing: needs(thing, "exercise__"),
            "exercises",
            lambda each: _in_any(each, "equipment"),
            _with,
        ),
    ]


def _in_any(is_what: str, name: str) -> set[str]:
    return {value for one in _all_traits(is_what) for value in getattr(one, name)}


def _positions_throughout(is_what: str) -> frozenset[str]:
    every = frozenset(StartingPosition.values)
    return every.intersection(*(one.positions for one in _all_traits(is_what)))


def leaving_out(query: QueryDict) -> LeavingOut:
    """What the query string asks to leave out: routines that ask for it or name it, or of which an exercise does.

    Four queries at most.
    """
    chosen, shown = asked_for(query, reasons())
    if not chosen:
        return LeavingOut(reasons(), parts=parts_of_reasons())
    named = {
        reason: _with(Q(exercise__in=ExercisePage.objects.filter(of_exercise).order_by().values("pk")))
        for reason, of_exercise in exercises_named(chosen).items()
    }
    meant = {each: meant_by(each) for each in chosen if each in Concern.values}
    places = places_naming(sorted({also for each in meant for also in meant[each]}), Part.WHOLE)
    itself = {also: names_concern(also) | _at(there) for also, there in places.items()}
    for concern, told in meant.items():
        named[concern] = reduce(or_, (itself[also] for also in told), named[concern])
    return LeavingOut(reasons(), chosen, named, shown, parts_of_reasons())


def _at(places: Mapping[PlaceKind, set[str]]) -> Q:
    """Routines that a note on one of these places reaches, but for those on their exercises."""
    found = pages_or_copies(RoutinePage, places[PlaceKind.PAGE])
    if places[PlaceKind.CONDITION]:
        uses = RoutineCondition.objects.filter(tag__in=places[PlaceKind.CONDITION])
        found |= Q(pk__in=uses.values("content_object"))
    return found
