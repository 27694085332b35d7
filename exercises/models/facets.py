"""What the catalogue of exercises is filtered by, and how its options are counted: by what each exercise is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from clinical.notes.offered_conditions import offered_to_readers
from clinical.pages.entries import Scan
from clinical.pages.facet_rules import FacetRule, OnlyWhatIsThere
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
from exercises.models.exercises import ExerciseCondition
from exercises.models.minutes import minutes_rule
from exercises.models.variations import Variation
from exercises.querysets import starts, works

#: The columns that most filters of routines ask, in the order in which they stand in the letters.
_COLUMNS = ("kind", "starting_position", "other_positions", "body_regions", "equipment")


def letters(prefix: str = "") -> ColumnsJoined:
    """What an exercise is, as one text of the database: ``kind/position/other positions/regions/equipment``."""
    return ColumnsJoined(*(F(f"{prefix}{column}") for column in _COLUMNS))


@dataclass(frozen=True)
class Traits:
    """The same read back: what an exercise is, as far as filters ask."""

    kind: str
    positions: frozenset[str]
    regions: frozenset[str]
    equipment: frozenset[str]

    @property
    def is_on_the_floor(self) -> bool:
        """Whether there is no position off the floor to do it in."""
        return not self.positions & OFF_THE_FLOOR


@lru_cache(maxsize=20_000)  # each filter reads every text: what has to make room is read once for each
def traits(is_what: str) -> Traits:
    """What an exercise is, from its letters."""
    kind, first, others, regions, equipment = is_what.split("/")
    return Traits(kind, positions_in(f"{first}/{others}"), regions_in(regions), words_in(equipment))


@lru_cache(maxsize=5000)
def words_in(column: str) -> frozenset[str]:
    """The members of a vocabulary in a column."""
    return frozenset(filter(None, column.split("|")))


def positions_in(text: str) -> frozenset[str]:
    """The positions it may be done in, of ``position/other positions``."""
    first, _slash, others = text.partition("/")
    return words_in(others) | {first}


def regions_in(column: str) -> frozenset[str]:
    """The regions it stretches or works, each with the wider one it lies in."""
    found = words_in(column)
    return found | {WIDER_REGION[each] for each in found if each in WIDER_REGION}


def uses_of(model: Any) -> QuerySet[Any]:
    """What pages are used for, each use as one text: ``number of the condition/evidence/its slug``."""
    read = ColumnsJoined(Cast("tag_id", models.TextField()), F("evidence"), F("tag__slug"))
    return QuerySet(model).order_by().annotate(use=read).values_list("content_object", "use")


def helped_by(use: str) -> tuple[str, ...]:
    """The condition that a page helps with by a use of it, which a guideline may advise against."""
    _tag, evidence, slug = use.split("/")
    return (slug,) if evidence in NOT_ADVISED_AGAINST else ()


def tag_of(use: str) -> str:
    """The number of the condition of a use."""
    return use.partition("/")[0]


#: How the list of exercises is read into memory.
READ_BY = Scan(
    {
        "kind": "kind",
        "positions": ColumnsJoined(F("starting_position"), F("other_positions")),
        "regions": "body_regions",
        "equipment": "equipment",
        "minutes": Coalesce("minutes_ready", 0),
        "concerns": "concerns_ready",
    },
    {
        "uses": lambda: uses_of(ExerciseCondition),
        "levels": lambda: Variation.objects.order_by().values_list("page", "kind"),
    },
)


def _uses(**of: Any) -> Any:
    return ExerciseCondition.objects.filter(evidence__in=NOT_ADVISED_AGAINST, **of)


def facet_rules() -> list[FacetRule]:
    """What the catalogue can be filtered by. One query, for the conditions."""
    return [
        *main_rules(),
        minutes_rule((1, 2, 3, 5)),
        *_rules_of_things(),
        FacetRule("level", _("Easier or harder"), level_options(), read_in="levels"),
    ]


def condition_rule(uses: Callable[..., Any]) -> FacetRule:
    """The filter by what a page is used for; ``uses`` asks the rows that say so of its kind. One query, if any."""
    return FacetRule(
        "condition",
        _("Used for"),
        remembered(("conditions",), lambda: tuple(offered_to_readers().values_list("slug", "name"))),
        lambda slug: Q(pk__in=uses(tag__slug=slug).values("content_object")),
        "uses",
        helped_by,
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
            "positions",
            positions_in,
        ),
    ]


def region_rule(**more: Any) -> FacetRule:
    """The filter by body area; its options are on the map of the body too."""
    rule: dict[str, Any] = {"condition": works, "read_in": "regions", "stands_under": regions_in, **more}
    return FacetRule("region", _("Body area"), region_options(), is_linked=True, **rule)


def _rules_of_things() -> list[FacetRule]:
    return [
        FacetRule("floor", _("Floor"), floor_options(), read_in="positions", stands_under=_floor_of),
        FacetRule("kind", _("Kind"), choices(ExerciseKind), read_in="kind"),
        OnlyWhatIsThere(
            "equipment", _("Things I have"), equipment_options(), read_in="equipment", stands_under=words_in
        ),
    ]


def _floor_of(positions: str) -> tuple[str, ...]:
    return ("off",) if positions_in(positions) & OFF_THE_FLOOR else ("on",)


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
