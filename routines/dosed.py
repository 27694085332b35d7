"""How much of everything a routine asks for, as the rules of conflicts see it: each row as often as it is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from clinical.conflicts.open_conflicts import facts_of_notes, page_facts, with_notes
from clinical.notes.targets import without_red_flag
from clinical.safety.conflicts import Dosed, NoteFacts, PageFacts
from exercises.frequency import Frequency
from routines.choices import Phase
from routines.sheet import RoutineSheet


def routine_facts(routine: Any, rows: Iterable[Any], often: Frequency, **more: Any) -> PageFacts:
    """The facts of a routine with these rows, done so often."""
    return _said_once(page_facts(routine, dosed_rows(routine, rows, often), **more))


def sheet_facts(
    sheet: RoutineSheet,
    conditions: Mapping[int, str],
    known: Mapping[UUID, NoteFacts] | None = None,
    bare: Collection[str] | None = None,
) -> PageFacts:
    """The same of a sheet, from the notes on it; ``conditions`` are those it is for. Three queries at most.

    None where it was asked for many sheets together: what notes are ``known`` to say, and which of all their conditions
    are ``bare`` of a red flag, by name.
    """
    notes, key = sheet.safety.notes, str(sheet.key)
    dosed = [
        Dosed(
            item.exercise.key,
            item.exercise.title,
            doses=item.dosage.ranges_in(sheet.often),
            steps=tuple(step.kind for step in item.exercise.steps),
        )
        for item in sheet.items
    ]
    whole = Dosed(sheet.key, sheet.title, doses=sheet.often.amounts(), is_exercise=False)
    facts = PageFacts(
        notes=tuple(facts_of_notes(notes, known)),
        dosed=tuple(with_notes(each, notes, {key, str(each.key)}) for each in (*dosed, whole)),
        conditions={str(number): name for number, name in conditions.items()},
        bare=tuple(
            without_red_flag(conditions) if bare is None else (name for name in conditions.values() if name in bare)
        ),
        is_routine=True,
        warms_up_first=bool(sheet.items) and sheet.items[0].phase == Phase.WARM_UP,
    )
    return _said_once(facts)


def _said_once(facts: PageFacts) -> PageFacts:
    *given, whole = facts.dosed
    return replace(facts, dosed=(*(_beside(each, whole, facts) for each in given), whole))


def dosed_rows(routine: Any, rows: Iterable[Any], often: Frequency) -> list[Dosed]:
    """How much of each is done, and how often the whole; a row without a frequency of its own has the routine's."""
    dosed = [
        Dosed(
            row.exercise.content_key,
            row.exercise.title,
            doses=row.dosage().ranges_in(often),
            steps=tuple(step.block_type for step in row.exercise.steps),
        )
        for row in rows
    ]
    return [*dosed, Dosed(routine.content_key, routine.title, doses=often.amounts(), is_exercise=False)]


def _beside(dosed: Dosed, whole: Dosed, facts: PageFacts) -> Dosed:
    """Without the figures it shares with the routine where only notes on the routine limit them: that is said once."""
    doses = {
        figure: amount
        for figure, amount in dosed.doses.items()
        if whole.doses.get(figure) != amount or _limits(dosed, figure, facts) - _limits(whole, figure, facts)
    }
    return replace(dosed, doses=doses)


def _limits(dosed: Dosed, figure: str, facts: PageFacts) -> set[Any]:
    return {note.key for note in facts.notes if note.dose_figure == figure and note.key in dosed.notes}
