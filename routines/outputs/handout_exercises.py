"""The exercises of a handout: each with its pictures, its whole dose, its steps and the warnings that are its alone.

Pure. What only one exercise brings stands in the card of the routine as well: here it is where the reader's hands are.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from clinical.outputs.note_labels import said_alone
from clinical.safety.parts import never_lost
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import SafetyBoard
from clinical.words.choices import StepKind, Tier
from exercises.figure_sheet import FigureFrame, SheetFigure
from exercises.sheet import ExerciseSheet, Step
from routines.placing import brought_by_one
from routines.sheet import RoutineSheet, RoutineSheetItem

#: An exercise with more letters than this may not fit on a page of its own, so it may be split.
MOST_LETTERS_UNSPLIT = 1600
#: Words of so many lines, of at most so many letters each, reach below two pictures; fewer are kept from doing so.
LINES_OF_PICTURES, LETTERS_OF_A_LINE = 8, 82
#: What the number of a step takes that follows another in its line.
LETTERS_OF_A_NUMBER = 4
#: The groups of the card that are said again at the one exercise that brings them.
SAID_AGAIN = ("leave", "stop", "not")


def exercises(sheet: RoutineSheet) -> list[dict[str, Any]]:
    """Every exercise in order, as the template prints it.

    What was prepared for the exercise right before is not said again, unless that is only done sometimes.
    """
    is_one_of_several = len({item.exercise.key for item in sheet.items}) > 1
    own, made = brought_by_one(sheet.safety), []
    before: frozenset[UUID] = frozenset()
    for item in sheet.items:
        made.append(_exercise(item, own.get(str(item.exercise.key), set()), before, is_one_of_several))
        prepared = (note.key for note in item.exercise.safety.to_prepare)
        before = frozenset() if item.is_only_sometimes else frozenset(prepared)
    return made


@never_lost("A safety note")
def to_prepare(sheet: RoutineSheet) -> list[dict[str, str]]:
    """What to prepare before the first exercise, but for what stands beside the step of an exercise."""
    own = brought_by_one(sheet.safety)
    at_a_step = {key for item in sheet.items for key in own.get(str(item.exercise.key), ())}
    at_a_step |= {note.key for item in sheet.items for step in item.exercise.steps for note in _named(item, step)}
    return [_said(note, sheet.safety) for note in sheet.safety.to_prepare if note.key not in at_a_step]


def _named(item: RoutineSheetItem, step: Step) -> tuple[EffectiveNote, ...]:
    return item.exercise.safety.beside(step.kind)


def pictures(exercises: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every picture of these, to be given its drawing."""
    return [picture for each in exercises for picture in each["pictures"]]


@never_lost("A safety note of an exercise")
def _exercise(
    item: RoutineSheetItem, own: set[UUID], before: frozenset[UUID], is_one_of_several: bool
) -> dict[str, Any]:
    exercise = item.exercise
    steps = list(_steps(exercise, own, before))
    rows = _in_rows(steps)
    asks = [ask.words for ask in exercise.asks if ask.words]
    cues = [cue for cue in (item.dosage.intensity_cue, item.cue, item.pain_words) if cue]
    read = [" ".join(steps[number]["text"] for number in row) for row in rows]
    texts = [" ".join((_figures(item), *cues)), *read, "; ".join(asks)]
    return {
        "heading": f"{item.number}. {exercise.title}",
        "dose": _figures(item),
        "cues": cues,
        "steps": steps,
        "step_rows": rows,
        "warnings": list(_warnings(exercise, own)) if is_one_of_several else [],
        "asks": {"label": _("Ask first if"), "signs": asks},
        "pictures": _pictures(exercise.figure) if exercise.figure else [],
        "is_tall": exercise.figure is not None and not exercise.figure.is_wide,
        "is_high": sum(ceil(len(text) / LETTERS_OF_A_LINE) for text in texts) >= LINES_OF_PICTURES,
        "is_long": sum(map(len, texts)) > MOST_LETTERS_UNSPLIT,
    }


def _steps(exercise: ExerciseSheet, own: set[UUID], before: frozenset[UUID]) -> Iterator[dict[str, Any]]:
    """The steps with the notes that name them; what to prepare stands beside the first, as a rule the set-up."""
    prepared = [note for note in exercise.safety.to_prepare if note.key in own]
    first = next((step for step in exercise.steps if step.kind == StepKind.SET_UP.value), None)
    first = first or next(iter(exercise.steps), None)
    for step in exercise.steps:
        beside = exercise.safety.beside(step.kind)
        more = [note for note in prepared if step is first and not _names_a_step(note, exercise.steps)]
        notes = [note for note in dict.fromkeys((*beside, *more)) if note.key not in before]
        yield {"text": step.text, "notes": [_said(note, exercise.safety) for note in notes]}


def _in_rows(steps: list[dict[str, Any]]) -> list[list[int]]:
    """The places of the steps, short ones in one row as far as a line goes; what has a note stands alone."""
    rows: list[list[int]] = []
    letters = 0
    for place, step in enumerate(steps):
        letters += len(step["text"]) + LETTERS_OF_A_NUMBER
        if rows and letters <= LETTERS_OF_A_LINE and not (step["notes"] or steps[place - 1]["notes"]):
            rows[-1].append(place)
        else:
            rows.append([place])
            letters = len(step["text"])
    return rows


def _names_a_step(note: EffectiveNote, steps: tuple[Step, ...]) -> bool:
    return note.note.concerns_step in {step.kind for step in steps}


def _said(note: EffectiveNote, board: SafetyBoard) -> dict[str, str]:
    """In short under its label; the whole of it stands among the notes in full."""
    spoken = note.note.language or board.language or "en"
    return {"words": " ".join(filter(None, said_alone(note, board))), "lang": spoken.partition("-")[0]}


def _figures(item: RoutineSheetItem) -> str:
    """The dose without how it should feel, which is said after it in letters that are not bold."""
    return item.dosage_words.removesuffix(item.dosage.intensity_cue).rstrip(" .") + "."


def _warnings(exercise: ExerciseSheet, own: set[UUID]) -> Iterator[dict[str, Any]]:
    """Signs of tier 2 that no other exercise of the routine brings, under the labels of the card."""
    if not any(note.tier == Tier.DO_NOT and note.key in own for note in exercise.safety):
        return
    for group in exercise.signs.groups:
        signs = [sign.words for sign in group.signs if sign.keys and own.issuperset(sign.keys)]
        if signs and group.style in SAID_AGAIN:
            yield {"style": group.style, "label": group.label, "signs": signs}


def _pictures(figure: SheetFigure) -> list[dict[str, str]]:
    """The start and the end; one picture where the figure has one pose."""
    if len(figure.frames) == 1:
        return [_picture(figure.end, "")]
    return [_picture(figure.frames[0], _("Start")), _picture(figure.end, _("End"))]


def _picture(frame: FigureFrame, label: str) -> dict[str, str]:
    return {"fingerprint": frame.fingerprint, "svg": "", "alt": frame.alt, "label": label}
