"""From a routine to its sheet, in a number of queries that does not grow with the routine.

Takes the page instance, saved or in preview, and walks its related managers: items, their exercises, the conditions
of both, the sources, the notes. An exercise that is no longer live is taken out, and the sheet says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse

from clinical.models import board_for, boards_for, is_withdrawn
from clinical.pages.asking import asked_first
from clinical.pages.cards import Card, Chip
from clinical.publishing.blocks import prose
from clinical.safety.labels import labelled
from clinical.safety.reach import Part, Place, Subject, pain_among
from clinical.safety.rules import NoteVersion, Placement
from clinical.safety.sheet import Provenance, SafetyBoard
from clinical.words.choices import Moment, NoteKind, PlaceKind, ReviewState, Tier
from clinical.words.pain_kept import without_more_pain
from exercises.assembly import card_figures, sheet_with, subject_of
from exercises.choices import Side
from exercises.dosage import Dosage
from exercises.frequency import Frequency
from exercises.models import ExercisePage, Ingredient
from exercises.overriding import within_pain
from exercises.pacing import GET_READY_SECONDS
from exercises.used_for import UsedFor, condition_link, condition_uses, usual_sensation
from routines.choices import Phase
from routines.item_weeks import ItemWeeks, seconds_in
from routines.sheet import (
    FIGURES_ON_A_STAGE,
    RoutineSheet,
    RoutineSheetItem,
    main_part_first,
    minutes_in_figures,
    whole_minutes,
)

#: A routine and one of its rows, as records. They know this module, so it does not name their classes.
Routine: TypeAlias = Any
Item: TypeAlias = Any


class Prescribed(Protocol):
    """One exercise as prescribed: a routine's item, or what a share link has kept of one."""

    @property
    def exercise(self) -> ExercisePage | Ingredient:
        """What is to be done."""

    @property
    def phase(self) -> str:
        """When in the routine."""

    @property
    def cue(self) -> str:
        """What to mind here."""

    @property
    def is_followable(self) -> bool:
        """Whether its exercise may be done."""

    @property
    def chosen_side(self) -> Side:
        """The side prescribed."""

    @property
    def item_weeks(self) -> ItemWeeks:
        """In which weeks it is done."""

    def dosage(self) -> Dosage:
        """The dosage prescribed."""


@dataclass(frozen=True)
class Fetched:
    """What a sheet asks the database for besides its rows, where that was asked for many sheets together.

    ``placements`` may reach more than this sheet: which of them concern it is decided as ever. ``provenance`` is what
    such a sheet says of the whole's review, where nobody reads it.
    """

    uses: list[UsedFor]
    placements: Sequence[Placement]
    provenance: Provenance


@dataclass(frozen=True)
class _Parts:
    """What a sheet is made of, fetched once."""

    items: list[Prescribed]
    taken_out: tuple[str, ...]
    uses: list[UsedFor]
    whole: Subject
    ingredients: list[Subject]


def routine_sheet(
    routine: Routine,
    prescribed: Sequence[Prescribed] | None = None,
    often: Frequency | None = None,
    fetched: Fetched | None = None,
) -> RoutineSheet:
    """The sheet of a routine, with its own items and frequency or with those that were prescribed from it."""
    whole = routine.often() if often is None else often
    parts = _parts(routine, prescribed, fetched.uses if fetched else None)
    stored = fetched.placements if fetched else None
    provenance = fetched.provenance if fetched else routine.provenance()
    board, boards = boards_for([parts.whole], parts.ingredients, routine.language, despite(routine), stored)
    most = pain_among(parts.ingredients).most  # an exercise may allow less since the routine was written
    return RoutineSheet(
        key=routine.content_key,
        title=routine.title,
        url=address(routine) if routine.slug else "",
        language=routine.language,
        items=_items(parts, boards, whole),
        safety=board,
        provenance=provenance.as_fresh_as(_short_provenance(item.exercise) for item in parts.items),
        purpose=without_more_pain(routine.purpose, most),
        moments=tuple(labelled(Moment, moment) for moment in routine.moments),
        often=whole,
        weeks=routine.weeks,
        weeks_most=routine.weeks_most,
        expect_change=without_more_pain(routine.expect_change, most),
        see_someone=routine.see_someone,
        dos=tuple(filter(None, (without_more_pain(line, most) for line in routine.do_list))),
        donts=routine.dont_list,
        advice=prose(routine.advice),
        conditions=tuple(condition_link(use) for use in parts.uses),
        taken_out=parts.taken_out,
    )


def subjects_of(
    routine: Routine, prescribed: Sequence[Prescribed] | None = None, uses: list[UsedFor] | None = None
) -> list[Subject]:
    """The routine and each exercise in it, or what was prescribed from it."""
    parts = _parts(routine, prescribed, uses)
    return [parts.whole, *parts.ingredients]


def listed_subjects(routine: Routine) -> list[Subject]:
    """The same from what was fetched for a list: no query."""
    conditions = frozenset(str(use.tag_id) for use in routine.condition_uses.all())
    whole = _whole(routine, conditions)
    shown = _followable(list(routine.items.all()))
    return [whole, *_ingredients(whole, shown)]


def _whole(routine: Routine, conditions: frozenset[str], sensation: str = "") -> Subject:
    """The routine itself; a copy goes back to another, whose own notes reach it too."""
    return Subject(
        routine.content_key,
        routine.title,
        Part.WHOLE,
        conditions=conditions,
        usual_sensation=sensation,
        origins=frozenset(routine.origins.split()),
    )


def board_of(routine: Routine) -> SafetyBoard:
    """The notes in force on the routine."""
    return board_for(subjects_of(routine), routine.language, despite(routine))


def despite(routine: Routine) -> list[Placement]:
    """What two people chose despite a warning, as notes of tier 2, said in every output (E3.9 a)."""
    here = Place(PlaceKind.PAGE, str(routine.content_key))
    words: dict[str, Any] = {"kind": NoteKind.CHECK_FIRST, "tier": Tier.DO_NOT, "language": routine.language}
    return [
        Placement(NoteVersion(key=UUID(chosen["key"]), text=chosen["text"], **words), here)
        for chosen in routine.chosen_despite
    ]


def address(routine: Routine) -> str:
    """The contract address of a routine."""
    return reverse("routine", kwargs={"slug": routine.slug})


def card(routine: Routine) -> Card:
    """The routine in a list; its items must be prefetched with their exercises."""
    items = _followable(list(routine.items.all()))
    minutes = minutes_in_figures(*_minutes(items))
    return Card(
        title=routine.title,
        url=address(routine),
        purpose=routine.purpose,
        kind="routine",
        chips=(
            Chip(f"{minutes} min", "clock"),
            Chip(f"{len(items)} exercises" if len(items) != 1 else "1 exercise"),
            *(Chip(labelled(Moment, moment).label) for moment in routine.moments[:1]),
        ),
        is_example=routine.review_state == ReviewState.UNREVIEWED,
        figures=tuple(
            figure
            for item in main_part_first(items)[:FIGURES_ON_A_STAGE]
            for figure in card_figures(item.exercise, item.chosen_side)
        ),
    )


def _followable(items: Sequence[Prescribed]) -> list[Prescribed]:
    return [item for item in items if item.is_followable]


def minutes_of(items: Iterable[Item]) -> int | None:
    """Whole minutes of one session with every exercise, on the upper end of ranges; nothing while one is amiss."""
    rows = [item for item in items if item.exercise_id]
    prefetch_related_objects(rows, "exercise")
    try:
        return _minutes(rows)[1] if rows else None
    except (ValueError, TypeError):
        return None


def _minutes(items: Sequence[Prescribed]) -> tuple[int, int]:
    """Whole minutes, on the lower and on the upper end of every range."""
    dosed = [(item.item_weeks, item.dosage(), item.chosen_side) for item in items]
    least = seconds_in((weeks, dosage.seconds(side) + GET_READY_SECONDS) for weeks, dosage, side in dosed)
    most = seconds_in((weeks, dosage.seconds_most(side) + GET_READY_SECONDS) for weeks, dosage, side in dosed)
    return whole_minutes(least), whole_minutes(most)


def _parts(
    routine: Routine, prescribed: Sequence[Prescribed] | None = None, known: list[UsedFor] | None = None
) -> _Parts:
    items = _with_exercises(routine) if prescribed is None else prescribed
    shown = _followable(items)
    uses = condition_uses(routine) if known is None else known
    conditions = frozenset(str(use.tag_id) for use in uses)
    sensation = usual_sensation(uses, routine.locale_id)
    whole = _whole(routine, conditions, sensation)
    return _Parts(
        items=shown,
        taken_out=tuple(item.exercise.title for item in items if not item.is_followable),
        uses=uses,
        whole=whole,
        ingredients=_ingredients(whole, shown),
    )


def _ingredients(whole: Subject, items: Iterable[Prescribed]) -> list[Subject]:
    """The exercises of a routine as the rules of safety notes see them, each knowing what the routine is for."""
    return [subject_of(item.exercise, Part.INGREDIENT, item.exercise.condition_ids, whole.conditions) for item in items]


def _with_exercises(routine: Routine) -> Sequence[Prescribed]:
    """The items with their exercises, in one query; in preview the items are in memory and only the exercises asked."""
    items = routine.items.all()
    if isinstance(items, QuerySet):
        return items.model.prescriptions(routine.pk)
    chosen = [item for item in items if item.exercise_id]
    if all("is_withdrawn_now" in item.__dict__ for item in chosen):
        return chosen
    asked = ExercisePage.objects.annotate(is_withdrawn_now=is_withdrawn())
    exercises = asked.in_bulk({item.exercise_id for item in chosen})
    for item in chosen:
        item.exercise = exercises[item.exercise_id]
    return chosen


def _items(parts: _Parts, boards: list[SafetyBoard], whole: Frequency) -> tuple[RoutineSheetItem, ...]:
    card_pain = pain_among(parts.ingredients)
    # Who reviewed an exercise and on what sources is said on its own page; here only whether it is an example.
    return tuple(
        RoutineSheetItem(
            number=number,
            exercise=sheet_with(
                item.exercise, board, side=item.chosen_side, provenance=_short_provenance(item.exercise)
            ),
            phase=Phase(item.phase),
            side=item.chosen_side,
            dosage=within_pain(item.dosage().but_for(whole), item.exercise.pain_most),
            cue=without_more_pain(item.cue, item.exercise.pain_most),
            weeks=item.item_weeks,
            whole=whole,
            card_pain=card_pain,
        )
        for number, (item, board) in enumerate(zip(parts.items, boards, strict=True), start=1)
    )


def _short_provenance(exercise: ExercisePage | Ingredient) -> Provenance:
    return Provenance(
        review_state=ReviewState(exercise.review_state),
        reviewed_on=exercise.reviewed_on,
        review_due=exercise.review_due,
        check_first=asked_first(exercise),
    )
