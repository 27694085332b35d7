"""What each part of a handout says: the exercise's own warnings, its two pictures, the ticks, advice, rows of notes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clinical.safety.rules import EffectiveNote, Reason
from clinical.safety.sheet import AskFirst, ProseBlock, Provenance, SafetyBoard
from clinical.words.choices import NoteKind, PlaceKind, ReviewState, StepKind, Tier
from exercises.dosage import Dosage
from exercises.figure_sheet import FigureFrame, SheetFigure
from exercises.sheet import ExerciseSheet, Step, Thing
from routines.outputs import handout_notes
from routines.outputs.halves import halves
from routines.outputs.handout import handout_data, version
from routines.outputs.paper import PaperAsked
from routines.sheet import RoutineSheet
from tests.pure_examples import board, effective, exercise_sheet, item, key, routine_sheet
from tests.pure_examples import version as note_version
from tests.routines.outputs.test_handout import PAPER, drawn, handout, pages, squeezed

STEPS = (Step(StepKind.SET_UP.value, "Stand tall."), Step(StepKind.MOVE.value, "Lean forward."))


def brought_by(*numbers: int, place: PlaceKind = PlaceKind.REGION) -> list[Reason]:
    """Why a note is there: these exercises bring it."""
    return [Reason(2, place, "lower_leg", f"Exercise {number}", str(key(number))) for number in numbers]


def note(number: int, kind: NoteKind, tier: Tier, text: str, *reasons: Reason, **facts: Any) -> EffectiveNote:
    """A note with its reasons."""
    return effective(note_version(number, kind, tier, text=text, **facts), *reasons)


OWN_STOP = note(201, NoteKind.STOP, Tier.DO_NOT, "your calf cramps", *brought_by(2))
OWN_LEAVE = note(202, NoteKind.CONTRAINDICATION, Tier.DO_NOT, "you broke your spine", *brought_by(2))
OF_BOTH = note(203, NoteKind.STOP, Tier.DO_NOT, "a joint stops hard", *brought_by(1, 2))
OWN_PREPARATION = note(204, NoteKind.PREPARATION, Tier.GOOD_TO_KNOW, "Kneel on a cushion.", *brought_by(2))
PREPARATION_OF_BOTH = note(205, NoteKind.PREPARATION, Tier.GOOD_TO_KNOW, "Warm up first.", *brought_by(1, 2))
AT_THE_MOVE = note(
    206, NoteKind.PREPARATION, Tier.GOOD_TO_KNOW, "Hold the rail.", *brought_by(1, 2), concerns_step=StepKind.MOVE.value
)
NOTES = (OWN_STOP, OWN_LEAVE, OF_BOTH, OWN_PREPARATION, PREPARATION_OF_BOTH, AT_THE_MOVE)


def exercise(number: int, safety: SafetyBoard, **facts: Any) -> ExerciseSheet:
    """One of the two, with these notes."""
    return exercise_sheet(number, safety=safety, steps=STEPS, **facts)


def two_exercises(**facts: Any) -> RoutineSheet:
    """A routine of two; the second brings notes of its own."""
    first = exercise(1, board(OF_BOTH, PREPARATION_OF_BOTH, AT_THE_MOVE))
    asks = (AskFirst("your heel hurts"), AskFirst(concerns=("pregnancy", "thin_bones")))
    provenance = Provenance(ReviewState.UNREVIEWED, check_first=asks)
    second = exercise(2, board(*NOTES), provenance=provenance)
    return routine_sheet(item(1, exercise=first), item(2, exercise=second), **{"safety": board(*NOTES), **facts})


def printed(sheet: RoutineSheet, **asked: Any) -> dict[str, Any]:
    """The data of its paper."""
    return handout_data(sheet, replace(PAPER, asked=PaperAsked(**asked)))


def test_signs_that_one_exercise_alone_brings_are_said_again_at_it():
    first, second = printed(two_exercises())["items"]
    assert first["warnings"] == []
    assert [(each["label"], each["signs"]) for each in second["warnings"]] == [
        ("Leave it out if", ["you broke your spine"]),
        ("Stop if", ["your calf cramps"]),
    ]
    in_the_card = str(printed(two_exercises())["card"])
    assert all(words in in_the_card for words in ("your calf cramps", "you broke your spine", "a joint stops hard"))


def test_signs_of_the_only_exercise_are_in_the_card_alone():
    alone = routine_sheet(item(1, exercise=exercise(2, board(*NOTES))), safety=board(*NOTES))
    assert [each["warnings"] for each in printed(alone)["items"]] == [[]]


def test_note_for_everything_is_no_exercises_own():
    everywhere = note(207, NoteKind.STOP, Tier.DO_NOT, "you faint", *brought_by(2, place=PlaceKind.EVERYTHING))
    second = item(2, exercise=exercise(2, board(everywhere)))
    sheet = routine_sheet(item(1), second, safety=board(everywhere))
    assert [each["warnings"] for each in printed(sheet)["items"]] == [[], []]


def test_what_an_exercise_asks_first_is_said_at_it_in_its_words_or_by_whom_it_concerns():
    first, second = (each["asks"] for each in printed(two_exercises())["items"])
    assert first["signs"] == []
    assert second == {"label": "Ask first if", "signs": ["your heel hurts", "you are pregnant; you have thin bones"]}
    paper = squeezed("".join(pages(handout(two_exercises(), PAPER, drawn))))
    assert squeezed("Ask first if your heel hurts; you are pregnant; you have thin bones") in paper


def test_preparation_stands_at_the_set_up_of_its_exercise_at_its_step_or_above_all():
    data = printed(two_exercises())
    first, second = ([[each["words"] for each in step["notes"]] for step in one["steps"]] for one in data["items"])
    assert first == [[], ["Hold the rail."]]
    assert second == [["Kneel on a cushion."], []], "what was prepared for the one before is not said again"
    assert [each["words"] for each in data["to_prepare"]] == ["Warm up first."]


def test_preparation_is_said_again_after_an_exercise_without_it():
    with_it, without = exercise(1, board(AT_THE_MOVE)), exercise(2, board())
    sheet = routine_sheet(*(item(n, exercise=each) for n, each in enumerate((with_it, without, with_it), start=1)))
    said = [[each["words"] for each in one["steps"][1]["notes"]] for one in printed(sheet)["items"]]
    assert said == [["Hold the rail."], [], ["Hold the rail."]]


def test_note_beside_a_step_says_how_it_is_to_be_read():
    step = StepKind.MOVE.value
    stop = note(210, NoteKind.STOP, Tier.DO_NOT, "in full", in_short="your calf cramps", concerns_step=step)
    dont = note(211, NoteKind.DONT, Tier.DO_NOT, "in full", in_short="bounce", concerns_step=step)
    sheet = routine_sheet(item(1, exercise=exercise(1, board(stop, dont))), safety=board(stop, dont))
    [shown] = printed(sheet)["items"]
    assert [each["words"] for each in shown["steps"][1]["notes"]] == ["Stop if: your calf cramps", "Do not bounce"]


@pytest.mark.parametrize("tier", [Tier.DO_NOT, Tier.CHECK_FIRST])
def test_raised_preparation_stands_at_the_set_up_too(tier: Tier):
    raised = note(212, NoteKind.PREPARATION, tier, "Hold the rail.", *brought_by(1))
    sheet = routine_sheet(item(1, exercise=exercise(1, board(raised))), safety=board(raised))
    [shown] = printed(sheet)["items"]
    [said] = shown["steps"][0]["notes"]
    assert said["words"].endswith("Hold the rail.")


def test_what_a_home_has_instead_is_said_with_what_is_needed():
    mat = Thing("mat", "Mat", "a folded blanket")
    only = exercise_sheet(1, equipment=(mat, Thing("wall", "Wall")))
    assert printed(routine_sheet(item(1, exercise=only)))["lines"] == ["You need: mat (or a folded blanket), wall."]


def test_preparation_is_not_lost_where_no_step_sets_up():
    only = exercise_sheet(2, safety=board(OWN_PREPARATION), steps=(Step("hold", "Hold still."),))
    [shown] = printed(routine_sheet(item(1, exercise=only), safety=board(OWN_PREPARATION)))["items"]
    assert [each["words"] for each in shown["steps"][0]["notes"]] == ["Kneel on a cushion."]


def test_short_steps_share_a_line_and_keep_their_numbers():
    texts = ("Lie on your back.", "Bend one knee.", "Breathe slowly. " * 5, "Let go.")
    only = exercise_sheet(2, steps=tuple(Step("move", text) for text in texts))
    sheet = routine_sheet(item(1, exercise=only))
    [shown] = printed(sheet)["items"]
    assert shown["step_rows"] == [[0, 1], [2], [3]]
    assert squeezed("1. Lie on your back. 2. Bend one knee.") in squeezed("".join(pages(handout(sheet, PAPER, drawn))))


def test_step_with_a_note_beside_it_stands_alone():
    shown = printed(two_exercises())["items"][1]
    assert [row for row in shown["step_rows"] if len(row) > 1 and any(shown["steps"][n]["notes"] for n in row)] == []


def test_advice_stands_in_two_stacks_and_alone_where_it_is_longer_than_the_rest():
    facts = {"expect_change": "It eases.", "see_someone": "If not.", "dos": ("keep moving",), "donts": ("rush",)}
    one, many = (ProseBlock("paragraph", "<p>Drink water.</p>" * number) for number in (1, 20))
    [row] = printed(two_exercises(advice=(one,), **facts))["advice"]
    assert [[each["label"] for each in stack] for stack in row["stacks"]] == [
        ["What to expect", "When to see someone", "Do"],
        ["Don’t", "Everyday advice"],
    ]
    assert [len(row["stacks"]) for row in printed(two_exercises(advice=(many,), **facts))["advice"]] == [2, 1]


def frame(name: str) -> FigureFrame:
    """A pose."""
    return FigureFrame(name, name, f"Somebody, {name}", (0, 0, 400, 200), name)


def test_start_and_end_of_an_exercise_are_shown():
    figure = SheetFigure((frame("start"), frame("middle"), frame("end")), (0, 0, 400, 200))
    [shown] = printed(routine_sheet(item(1, exercise=exercise_sheet(1, figure=figure))))["items"]
    assert [(each["label"], each["fingerprint"]) for each in shown["pictures"]] == [("Start", "start"), ("End", "end")]
    [alone] = printed(
        routine_sheet(item(1, exercise=exercise_sheet(1, figure=replace(figure, frames=(frame("end"),)))))
    )["items"]
    assert [(each["label"], each["alt"]) for each in alone["pictures"]] == [("", "Somebody, end")]


@pytest.mark.parametrize(
    ("facts", "tables", "squares"),
    [
        ({}, [2, 2], 1),
        ({"weeks": 3, "sessions_per_day": 2}, [3], 2),
        ({"weeks": 4, "weeks_most": 6, "sessions_per_day": 3}, [3, 3], 3),
        ({"weeks": 5, "sessions_per_day": 4}, [5], 4),
        ({"weeks": 52, "sessions_per_day": 12}, [52], 12),
    ],
)
def test_every_week_and_every_time_of_a_day_has_its_tick(facts: dict[str, int], tables: list[int], squares: int):
    ticks = printed(two_exercises(**facts))["ticks"]
    assert [len(weeks) for weeks in ticks["tables"]] == tables
    assert [each for weeks in ticks["tables"] for each in weeks] == [f"Week {n}" for n in range(1, sum(tables) + 1)]
    assert (ticks["squares"], len(ticks["days"])) == (squares, 7)


def test_table_says_how_often_and_a_long_one_may_run_over_pages():
    sheet = two_exercises(weeks=52, sessions_per_day=2, days_per_week=5)
    ticks = printed(sheet, is_large=True)["ticks"]
    assert ticks["label"] == "Tick when done: twice a day, 5 days a week."
    assert ticks["is_long"]
    found = pages(handout(sheet, replace(PAPER, asked=PaperAsked(is_large=True)), drawn))
    assert squeezed("Week 52") in squeezed("".join(found))


def test_what_the_routine_advises_is_all_on_paper():
    prose = (
        ProseBlock("heading", "Every day &amp; night"),
        ProseBlock("paragraph", '<p>Drink <b>water</b>.<br>See <a href="https://www.example.org/a">this page</a>.</p>'),
        ProseBlock("points", "<ul><li>Sit up.</li><li>Get up &lt;slowly&gt;.</li></ul>"),
    )
    sheet = two_exercises(
        advice=prose, expect_change="It eases.", see_someone="If not.", dos=("keep moving",), donts=("rush",)
    )
    for is_large in (False, True):
        paper = squeezed("".join(pages(handout(sheet, replace(PAPER, asked=PaperAsked(is_large=is_large)), drawn))))
        for words in (
            *("Everyday advice", "Every day & night", "Drink water. See this page (https://www.example.org/a)."),
            *("Sit up.", "Get up <slowly>.", "What to expect", "It eases.", "When to see someone", "If not."),
            *("Do", "keep moving", "Do not rush"),
        ):
            assert squeezed(words) in paper, words


def test_whom_it_is_for_is_said_at_the_foot():
    sheet = two_exercises(provenance=Provenance(ReviewState.UNREVIEWED, who_it_is_for="Adults with tight calves."))
    assert squeezed("Who it is for: Adults with tight calves.") in squeezed(
        "".join(pages(handout(sheet, PAPER, drawn)))
    )


@pytest.mark.parametrize("is_large", [False, True])
def test_every_note_is_once_among_the_notes_in_full_whatever_rows_they_stand_in(is_large: bool):
    rows = handout_notes.full_notes(board(*NOTES), is_large=is_large)
    words = [
        each["words"]
        for row in rows
        for cell in row["cells"]
        for column in cell["columns"]
        for part in column
        for each in part["notes"]
    ]
    assert sorted(words) == sorted(each.words for each in board(*NOTES))
    assert all(sum(row["shares"]) <= 100 and len(row["cells"]) <= (1 if is_large else 2) for row in rows)


def test_callout_is_split_only_where_it_may_not_fit_on_a_page():
    short = handout_notes.full_notes(board(*NOTES), is_large=False)
    assert not any(row["is_long"] for row in short)
    endless = note(208, NoteKind.STOP, Tier.DO_NOT, "it hurts " * 500)
    assert any(row["is_long"] for row in handout_notes.full_notes(board(endless), is_large=False))


def test_the_end_of_the_notes_is_kept_together():
    rows = [{"letters": letters} for letters in (2000, 500, 500, 100)]
    assert handout_notes.how_many_last(rows) == 3
    assert handout_notes.how_many_last(rows[:2]) == 2
    assert handout_notes.how_many_last(rows[:1]) == 1


@pytest.mark.parametrize(
    ("lengths", "parts"),
    [([], []), ([5], [[5]]), ([5, 5], [[5], [5]]), ([9, 1, 1], [[9], [1, 1]]), ([1, 1, 9], [[1, 1], [9]])],
)
def test_halves_are_about_as_long_as_each_other(lengths: list[int], parts: list[list[int]]):
    assert list(halves(lengths, lambda each: each)) == parts


def test_version_is_of_the_words_and_not_of_the_paper():
    def version_of(sheet: RoutineSheet, **asked: Any) -> str:
        return version(sheet, printed(sheet, **asked)["items"])

    usual = version_of(two_exercises())
    assert version_of(two_exercises(), is_large=True, size="letter") == usual
    louder = board(*NOTES, note(209, NoteKind.DO, Tier.GOOD_TO_KNOW, "Breathe."))
    changed = [two_exercises(safety=louder), two_exercises(weeks=3), two_exercises(title="Another")]
    in_short = [replace(one, note=replace(one.note, in_short="cramp")) if one is OWN_STOP else one for one in NOTES]
    changed += [two_exercises(safety=board(*in_short)), two_exercises(taken_out=("Plank",))]
    changed.append(routine_sheet(item(1, dosage=Dosage(hold_seconds=20, repetitions=1))))
    assert usual not in {version_of(sheet) for sheet in changed}


def test_card_is_one_column_in_large_print_and_two_otherwise():
    assert max(len(row["cells"]) for row in printed(two_exercises())["card"]) == 2
    assert max(len(row["cells"]) for row in printed(two_exercises(), is_large=True)["card"]) == 1
