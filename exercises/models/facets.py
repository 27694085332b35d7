"""What the catalogue of exercises is filtered by, and how its options are counted: by what each exercise is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from clinical.notes.offered_conditions import offered_to_readers
from clinical.pages.catalogues import FacetRule, OnlyWhatIsThere
from clinical.pages.facet_counts import in_groups
from clinical.pages.joined_words import ColumnsJoined
from clinical.pages.remembering import remembered
from clinical.words.choices import (
    NAMED_BY_WIDER_REGION,
    NOT_ADVISED_AGAINST,
    WIDER_REGION,
    BodyRegion,
    StartingPosition,
)
from clinical.words.exercising import Equipment, ExerciseKind
from clinical.words.remembered import in_each_language
from exercises.choices import OFF_THE_FLOOR, VariationKind
from exercises.models.exercises import ExerciseCondition, ExercisePage
from exercises.models.minutes import minutes_rule
from exercises.models.variations import Variation
from exercises.querysets import starts, works

#: The columns that most filters ask, in the order in which they stand in the letters, and how many there are.
_COLUMNS = ("kind", "starting_position", "other_positions", "body_regions", "equipment")


def letters(prefix: str = "", *more: Any) -> ColumnsJoined:
    """What an exercise is, as one text of the database: ``kind/position/other positions/regions/equipment``."""
    return ColumnsJoined(*(F(f"{prefix}{column}") for column in _COLUMNS), *more)


@dataclass(frozen=True)
class Traits:
    """The same read back: what an exercise is, as far as filters ask."""

    kind: str
    positions: frozenset[str]
    regions: frozenset[str]
    equipment: frozenset[str]
    minutes: str = ""

    @property
    def is_on_the_floor(self) -> bool:
        """Whether there is no position off the floor to do it in."""
        return not self.positions & OFF_THE_FLOOR


@lru_cache(maxsize=20_000)  # each filter reads every group: what has to make room is read once for each
def traits(is_what: str) -> Traits:
    """What an exercise is, from its letters; a region with the wider one it lies in."""
    kind, first, others, regions, equipment, *minutes = is_what.split("/")
    found = _words(regions)
    wider = {WIDER_REGION[each] for each in found if each in WIDER_REGION}
    return Traits(kind, _words(others) | {first}, found | wider, _words(equipment), *minutes)


@lru_cache(maxsize=5000)
def _words(column: str) -> frozenset[str]:
    return frozenset(filter(None, column.split("|")))


#: From the keys of a list of exercises to its groups, by what they are counted in.
SOURCES: dict[str, Callable[[Any], Any]] = {
    "exercise": lambda keys: in_groups(ExercisePage, letters("", Coalesce("minutes_ready", 0)), pk__in=keys),
    "condition": lambda keys: in_groups(
        ExerciseCondition, "tag__slug", "content_object", evidence__in=NOT_ADVISED_AGAINST, content_object__in=keys
    ),
    "level": lambda keys: in_groups(Variation, "kind", "page", page__in=keys),
}


def _uses(**of: Any) -> Any:
    return ExerciseCondition.objects.filter(evidence__in=NOT_ADVISED_AGAINST, **of)


def facet_rules() -> list[FacetRule]:
    """What the catalogue can be filtered by. One query, for the conditions."""
    return [
        *main_rules(),
        minutes_rule((1, 2, 3, 5), "exercise", lambda each: traits(each).minutes),
        *_rules_of_things(),
        FacetRule(
            "level",
            _("Easier or harder"),
            level_options(),
            lambda kind: Q(pk__in=Variation.objects.filter(kind=kind).values("page")),
            "level",
        ),
    ]


def condition_rule(uses: Callable[..., Any]) -> FacetRule:
    """The filter by what a page is used for; ``uses`` asks the rows that say so of its kind. One query, if any."""
    return FacetRule(
        "condition",
        _("Used for"),
        remembered(("conditions",), lambda: tuple(offered_to_readers().values_list("slug", "name"))),
        lambda slug: Q(pk__in=uses(tag__slug=slug).values("content_object")),
        "condition",
    )


def main_rules() -> list[FacetRule]:
    """The three that are asked most, which a programme's screen has too. One query, for the conditions."""
    return [
        condition_rule(_uses),
        region_rule(),
        FacetRule(
            "position",
            _("Position"),
            choices(StartingPosition),
            starts,
            "exercise",
            lambda each: traits(each).positions,
        ),
    ]


def region_rule(**more: Any) -> FacetRule:
    """The filter by body area; its options are on the map of the body too."""
    rule: dict[str, Any] = {
        "condition": works,
        "counted_in": "exercise",
        "stands_under": lambda each: traits(each).regions,
        **more,
    }
    return FacetRule("region", _("Body area"), region_options(), is_linked=True, **rule)


def _rules_of_things() -> list[FacetRule]:
    return [
        FacetRule("floor", _("Floor"), floor_options(), floor, "exercise", lambda each: (_floor_of(traits(each)),)),
        FacetRule("kind", _("Kind"), choices(ExerciseKind), of_kind, "exercise", lambda each: (traits(each).kind,)),
        OnlyWhatIsThere(
            "equipment",
            _("Things I have"),
            equipment_options(),
            needs,
            "exercise",
            lambda each: traits(each).equipment,
        ),
    ]


def _floor_of(what: Traits) -> str:
    return "on" if what.is_on_the_floor else "off"


def floor(value: str, prefix: str = "") -> Q:
    """That an exercise asks its reader down to the floor, or that it does not: one of its positions is off it."""
    off = Q(**{f"{prefix}starting_position__in": sorted(OFF_THE_FLOOR)})
    for each in sorted(OFF_THE_FLOOR):
        off |= Q(**{f"{prefix}other_positions__contains": f"|{each}|"})
    return off if value == "off" else ~off


def of_kind(kind: str, prefix: str = "") -> Q:
    """That an exercise is of a kind."""
    return Q(**{f"{prefix}kind": kind})


def needs(thing: str, prefix: str = "") -> Q:
    """That an exercise needs a thing."""
    return Q(**{f"{prefix}equipment__contains": f"|{thing}|"})


def floor_options() -> tuple[tuple[str, str], ...]:
    """Whether it is done on the floor."""
    return (("off", _("Not on the floor")), ("on", _("On the floor")))


def level_options() -> tuple[tuple[str, str], ...]:
    """Whether there is an easier or a harder way to do it."""
    return (
        (VariationKind.REGRESSION.value, _("Has an easier way")),
        (VariationKind.PROGRESSION.value, _("Has a harder way")),
    )


def equipment_options() -> tuple[tuple[str, str], ...]:
    """Things to tick for whoever has them, and nothing at all."""
    return ((OnlyWhatIsThere.NOTHING_AT_ALL, _("Nothing at all")), *choices(Equipment))


def region_options() -> tuple[tuple[str, str], ...]:
    """The body areas, but for those that a wider one's label names already."""
    return tuple(each for each in choices(BodyRegion) if each[0] not in NAMED_BY_WIDER_REGION)


@in_each_language
def choices(vocabulary: type[models.TextChoices]) -> tuple[tuple[str, str], ...]:
    """A vocabulary's values and words, as a facet's options."""
    return tuple((member.value, str(member.label)) for member in vocabulary)
