"""From an exercise to its sheet, in a number of queries that does not grow with anything.

Takes the page instance, saved or in preview, and walks its related managers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from django.urls import reverse

from clinical.models import board_for, is_withdrawn
from clinical.pages.cards import Card, CardFigure, Chip
from clinical.pages.visible import is_shown
from clinical.safety.labels import labelled
from clinical.safety.parts import alone, never_lost
from clinical.safety.reach import Part, Subject
from clinical.safety.sheet import SafetyBoard
from clinical.words.choices import BodyRegion, StartingPosition
from clinical.words.exercising import Equipment, ExerciseKind
from clinical.words.fields import lines
from exercises.choices import (
    Laterality,
    Lead,
    Side,
    VariationKind,
    either,
    position_icon,
    usual_side,
)
from exercises.dosage_words import about, amount_in_words
from exercises.figure_sheet import SheetFigure, figure_from
from exercises.found_by import found_by
from exercises.instructions import equipment_of, picture_of, steps_of, video_of
from exercises.sheet import ExerciseSheet, VariationLink
from exercises.used_for import UsedFor, condition_link, condition_uses, usual_sensation

#: An exercise and a row of its variations, as records. They know this module, so it does not name their classes.
Exercise: TypeAlias = Any
VariationRow: TypeAlias = Any


@never_lost("what the rules of safety notes are asked about")
def subject_of(
    exercise: Exercise, part: Part, conditions: Iterable[int], among: frozenset[str] = frozenset()
) -> Subject:
    """The exercise as the rules of safety notes see it; ``conditions`` are those it is used for.

    ``among`` are those of the routine it is in.
    """
    return Subject(
        key=exercise.content_key,
        title=exercise.title,
        part=part,
        regions=frozenset(exercise.body_regions),
        positions=frozenset(positions_of(exercise)),
        equipment=frozenset(exercise.equipment),
        kind=exercise.kind,
        conditions=frozenset(map(str, conditions)),
        among=among,
        pain=exercise.pain_limit(),
        origins=frozenset(exercise.origins.split()),
    )


def positions_of(exercise: Exercise) -> tuple[str, ...]:
    """The positions it may be done in, the one it is shown in first."""
    return (exercise.starting_position, *exercise.other_positions)


def words_to_find_by(exercise: Exercise) -> str:
    """What the search finds it by besides its own words."""
    return found_by(
        (
            (ExerciseKind, exercise.kind),
            *((StartingPosition, each) for each in positions_of(exercise)),
            *((BodyRegion, each) for each in exercise.body_regions),
            *((Equipment, each) for each in exercise.equipment),
        )
    )


def own_subject(exercise: Exercise) -> Subject:
    """The exercise on its own page."""
    return _own_subject(exercise, condition_uses(exercise))


def _own_subject(exercise: Exercise, uses: list[UsedFor]) -> Subject:
    subject = subject_of(exercise, Part.EXERCISE, (use.tag_id for use in uses))
    return replace(subject, usual_sensation=usual_sensation(uses, exercise.locale_id))


def exercise_sheet(exercise: Exercise) -> ExerciseSheet:
    """The sheet of an exercise's own page: conditions, variations, sources and notes, one query each."""
    uses = condition_uses(exercise)
    board = board_for([_own_subject(exercise, uses)], exercise.language)
    variations = tuple(_variation(variation) for variation in _variations(exercise))
    return sheet_with(exercise, board, conditions=tuple(map(condition_link, uses)), variations=variations)


def sheet_with(exercise: Exercise, safety: SafetyBoard, side: Side | None = None, **more: Any) -> ExerciseSheet:
    """An exercise's sheet round a board made elsewhere; a routine makes those of all its exercises at once.

    ``side`` is the one the figure is to show, where it is not both or each; whether the steps end with changing sides
    follows from it too.
    """
    side = side or usual_side(exercise.laterality)
    figure = _figure(exercise, side)
    return ExerciseSheet(
        key=exercise.content_key,
        title=exercise.title,
        url=_link(exercise),
        language=exercise.language,
        kind=labelled(ExerciseKind, exercise.kind),
        position=labelled(StartingPosition, exercise.starting_position),
        other_positions=tuple(labelled(StartingPosition, each) for each in exercise.other_positions),
        laterality=Laterality(exercise.laterality),
        regions=tuple(labelled(BodyRegion, region) for region in exercise.body_regions),
        dosage=exercise.default_dosage(),
        steps=steps_of(exercise, figure, side),
        safety=safety,
        provenance=more.pop("provenance", None) or exercise.provenance(),
        clinical_name=exercise.clinical_name,
        aliases=lines(exercise.other_names),
        purpose=exercise.purpose,
        muscles=lines(exercise.target_muscles),
        equipment=equipment_of(exercise),
        feel=exercise.feel,
        not_feel=exercise.not_feel,
        pain=exercise.pain_limit(),
        mistakes=lines(exercise.common_mistakes),
        dos=exercise.do_list,
        donts=exercise.dont_list,
        photo=picture_of(exercise, "photo"),
        video=video_of(exercise, "video"),
        figure=figure,
        leads=Lead(exercise.leads),
        **more,
    )


def _figure(exercise: Exercise, side: Side) -> SheetFigure | None:
    return alone(f"figure of “{exercise.title}”", lambda: figure_from(exercise.figure_ready, side), None)


def _link(exercise: Exercise) -> str:
    """Its address for a link beside its title; without one, the title stands alone."""
    return alone(f"link to “{exercise.title}”", lambda: address(exercise), "")


def address(exercise: Exercise) -> str:
    """The contract address of an exercise; built, not looked up, so that it costs no query."""
    return reverse("exercise", kwargs={"slug": exercise.slug})


def card(exercise: Exercise) -> Card:
    """The exercise in a list. It never carries a step."""
    return Card(
        title=exercise.title,
        url=address(exercise),
        purpose=exercise.purpose,
        kind=exercise.starting_position,
        chips=(
            Chip(
                either([labelled(StartingPosition, each).label for each in positions_of(exercise)]),
                position_icon(exercise.starting_position),
            ),
            *(Chip(labelled(BodyRegion, region).label, "body") for region in exercise.body_regions[:2]),
            Chip(_duration(exercise), "clock"),
        ),
        is_example=exercise.review_state == "unreviewed",
        figures=card_figures(exercise),
    )


def card_figures(exercise: Exercise, side: Side = Side.EACH) -> tuple[CardFigure, ...]:
    """The figure of an exercise as a card shows it: its last pose, or nothing."""
    return alone(f"figure of “{exercise.title}”", lambda: _card_figures(exercise, side), ())


def _card_figures(exercise: Exercise, side: Side) -> tuple[CardFigure, ...]:
    figure = figure_from(exercise.figure_ready, side)
    return (CardFigure(figure.end.href, figure.end.view_box),) if figure else ()


def _duration(exercise: Exercise) -> str:
    """How long one session of it takes on its own."""
    dosage, side = exercise.default_dosage(), usual_side(exercise.laterality)
    return about(dosage.seconds(side), dosage.seconds_most(side))


def dosage_line(exercise: Exercise) -> str:
    """The default amount in words, sets and all, for choosers and panels; empty while it is incomplete."""
    try:
        dosage = exercise.default_dosage()
        return amount_in_words(dosage, usual_side(exercise.laterality), dosage.frequency)
    except ValueError:
        return ""


#: Of the exercise it leads to only what the link and the question whether it may be done need.
_VARIATION_COLUMNS = (
    *("page", "kind", "text", "sort_order"),
    *(f"exercise__{name}" for name in ("title", "slug", "purpose", "live", "go_live_at", "expire_at")),
)


def _variations(exercise: Exercise) -> list[VariationRow]:
    variations = exercise.variations.all()
    if hasattr(variations, "annotate"):
        asked = variations.select_related("exercise").only(*_VARIATION_COLUMNS)
        return list(asked.annotate(is_withdrawn_now=is_withdrawn("exercise__content_key")))
    return list(variations)


def _variation(variation: VariationRow) -> VariationLink:
    label = str(VariationKind(variation.kind).label) if variation.kind in VariationKind.values else ""
    other = _followable(variation)
    return VariationLink(
        kind=variation.kind,
        label=label,
        text=variation.text or (other.purpose if other else ""),
        title=other.title if other else "",
        url=_link(other) if other else "",
    )


def _followable(variation: VariationRow) -> Exercise | None:
    """The exercise it leads to, while that may be done."""
    if not variation.exercise_id or not is_shown(variation.exercise):
        return None
    known: bool | None = variation.__dict__.get("is_withdrawn_now")
    is_off = variation.exercise.is_withdrawn() if known is None and variation.exercise else known
    return None if is_off else variation.exercise
