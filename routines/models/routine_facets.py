"""What the catalogue of routines is filtered by: what is in them, what they are for, and when they are done."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from clinical.pages.bit_sets import Sets, bits_at, flags_of
from clinical.pages.entries import Entries, Scan, places_of
from clinical.pages.facet_rules import FacetRule, OnlyWhatIsThere
from clinical.pages.joined_words import JoinedWords
from clinical.pages.left_out import LeavingOut, asked_for
from clinical.safety.reach import Part
from clinical.words.choices import NOT_ADVISED_AGAINST, Moment, StartingPosition
from clinical.words.exercising import ExerciseKind
from exercises.models import ExercisePage
from exercises.models.concerned import by_reason, exercises_named, parts_of_reasons, reasons
from exercises.models.facets import READ_BY as EXERCISES_READ_BY
from exercises.models.facets import (
    Traits,
    choices,
    condition_rule,
    equipment_options,
    floor_options,
    letters,
    region_rule,
    traits,
    uses_of,
    words_in,
)
from exercises.models.minutes import minutes_rule
from routines.models.routines import RoutineCondition, RoutineItem, RoutinePage


def _letters_within() -> Subquery:
    """What each exercise of a routine is, all of them as one text."""
    rows = RoutineItem.objects.filter(page=OuterRef("pk")).order_by().values("page")
    return Subquery(rows.annotate(all_of_them=JoinedWords(letters("exercise__"))).values("all_of_them"))


#: How the list of routines is read into memory.
READ_BY = Scan(
    {
        "exercises": _letters_within,
        "moments": "moments",
        "minutes": Coalesce("minutes_ready", 0),
        "concerns": "concerns_ready",
    },
    {"uses": lambda: uses_of(RoutineCondition)},
)
#: How the exercises in routines are read, for what they name and ask for.
_READ_WITHIN = replace(EXERCISES_READ_BY, tables={"uses": EXERCISES_READ_BY.tables["uses"]})


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
        region_rule(read_in="exercises", stands_under=lambda each: _in_any(each, "regions")),
        FacetRule("moment", _("When"), choices(Moment), read_in="moments", stands_under=words_in),
        minutes_rule((5, 10, 15, 20)),
        *_rules_of_things(),
    ]


def _rules_of_things() -> list[FacetRule]:
    return [
        FacetRule(
            "position",
            _("All of it in one position"),
            choices(StartingPosition),
            read_in="exercises",
            stands_under=_positions_throughout,
        ),
        FacetRule("floor", _("Floor"), floor_options(), read_in="exercises", stands_under=_floor_of),
        FacetRule(
            "kind",
            _("Kind"),
            choices(ExerciseKind),
            read_in="exercises",
            stands_under=lambda each: {one.kind for one in _all_traits(each)},
        ),
        OnlyWhatIsThere(
            "equipment",
            _("Things I have"),
            equipment_options(),
            read_in="exercises",
            stands_under=lambda each: _in_any(each, "equipment"),
        ),
    ]


def _floor_of(is_what: str) -> tuple[str, ...]:
    return ("on",) if any(one.is_on_the_floor for one in _all_traits(is_what)) else ("off",)


def _in_any(is_what: str, name: str) -> set[str]:
    return {value for one in _all_traits(is_what) for value in getattr(one, name)}


def _positions_throughout(is_what: str) -> frozenset[str]:
    every = frozenset(StartingPosition.values)
    return every.intersection(*(one.positions for one in _all_traits(is_what)))


def leaving_out(query: QueryDict) -> LeavingOut:
    """What the query string asks to leave out: routines that ask for it or name it, or of which an exercise does."""
    chosen, shown = asked_for(query, reasons())
    return LeavingOut(reasons(), chosen, _routines_named, shown, parts_of_reasons())


def _routines_named(entries: Entries) -> Sets:
    """For every reason the routines that are left out for it. Seven queries at most."""
    items = RoutineItem.objects.order_by()
    within = _READ_WITHIN.read(ExercisePage.objects.filter(pk__in=items.values("exercise")).order_by())
    pairs = np.array(list(items.values_list("page", "exercise")), np.int64).reshape(-1, 2)
    there, inside = places_of(entries.keys, pairs[:, 0]), places_of(within.keys, pairs[:, 1])
    is_both = (there >= 0) & (inside >= 0)
    there, inside = there[is_both], inside[is_both]
    named = by_reason(entries, RoutinePage, Part.WHOLE)
    for reason, exercises in exercises_named(within).items():
        of_them = bits_at(there[flags_of(exercises, len(within.keys))[inside]], len(entries.keys))
        named[reason] = named.get(reason, 0) | of_them
    return named
