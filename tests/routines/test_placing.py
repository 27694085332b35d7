"""Which notes are repeated at the row of an exercise."""

from __future__ import annotations

from clinical.safety.reach import Part
from clinical.safety.rules import effective_notes
from clinical.words.choices import NoteKind, Tier
from routines.placing import placed
from tests.pure_examples import EVERYTHING, at, board, exercise_sheet, position, region, subject

STANDING, LYING = subject(1, Part.INGREDIENT, position="standing"), subject(2, Part.INGREDIENT, regions=["hip"])
NOTES = effective_notes(
    [
        at(position("standing"), 101, kind=NoteKind.PREPARATION),
        at(EVERYTHING, 102, kind=NoteKind.PREPARATION),
        at(region("hip"), 103, Tier.DO_NOT, kind=NoteKind.CONTRAINDICATION),
        at(EVERYTHING, 104, Tier.DO_NOT, kind=NoteKind.CONTRAINDICATION),
        at(region("hip"), 105, Tier.CHECK_FIRST, kind=NoteKind.CHECK_FIRST),
    ],
    [STANDING, LYING],
)


def _rows() -> list[list[int]]:
    own = [
        [item for item in NOTES if any(reason.subject_key == str(each.key) for reason in item.reasons)]
        for each in (STANDING, LYING)
    ]
    sheets = [exercise_sheet(number, safety=board(*notes)) for number, notes in enumerate(own, 1)]
    return [[item.key.int for item in row] for row in placed(sheets, board(*NOTES))]


def test_preparation_stands_at_the_exercise_it_is_for_and_not_at_every_row():
    assert 101 in _rows()[0]
    assert 102 not in _rows()[0] + _rows()[1]


def test_preparation_is_said_again_after_an_exercise_that_is_done_only_sometimes():
    both = [STANDING, subject(3, Part.INGREDIENT, position="standing")]
    notes = effective_notes([at(position("standing"), 101, kind=NoteKind.PREPARATION)], both)
    sheets = [exercise_sheet(number, safety=board(*notes)) for number in (1, 3)]
    for sometimes, rows in ((), [True, False]), ({0}, [True, True]), ({1}, [True, False]):
        assert [101 in {each.key.int for each in row} for row in placed(sheets, board(*notes), sometimes)] == rows


def test_serious_note_of_one_exercise_stands_at_its_row_too():
    assert 103 in _rows()[1]
    assert 103 not in _rows()[0]


def test_what_every_exercise_brings_is_not_repeated_at_each():
    assert 104 not in _rows()[0] + _rows()[1]


def test_milder_note_is_not_repeated():
    assert 105 not in _rows()[1]


def test_what_forbids_a_few_exercises_stands_at_each_and_what_forbids_more_at_none():
    parts = (["low_back", "knee"], ["low_back", "knee"], ["knee"], ["neck"], ["neck"], ["neck"])
    subjects = [subject(number, Part.INGREDIENT, regions=regions) for number, regions in enumerate(parts, 11)]
    forbids = {"kind": NoteKind.CONTRAINDICATION}
    asked = [at(region("low_back"), 201, Tier.DO_NOT, **forbids), at(region("knee"), 202, Tier.DO_NOT, **forbids)]
    asked.append(at(region("low_back"), 203, Tier.DO_NOT, kind=NoteKind.STOP))
    sheets = [
        exercise_sheet(number, safety=board(*effective_notes(asked, [each])))
        for number, each in enumerate(subjects, 11)
    ]
    rows = [{item.key.int for item in row} for row in placed(sheets, board(*effective_notes(asked, subjects)))]
    assert [201 in row for row in rows] == [True, True, False, False, False, False]
    assert not any(row & {202, 203} for row in rows)
