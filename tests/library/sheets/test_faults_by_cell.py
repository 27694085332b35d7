"""Each fault of a spreadsheet is named by sheet, row and column; sound rows are read whatever the others hold."""

from __future__ import annotations

from library.checking import Known, faults_of
from library.sheets.reading_sheets import read_sheets
from tests.library.sheets.many_rows import FAULTS, row_of, with_faults, workbook_of


def test_sixty_faults_of_twenty_kinds_in_500_rows_are_each_named_by_row_and_column():
    rows, expected = with_faults(500, times=3)
    assert len(expected) >= 60
    assert len(FAULTS) >= 20
    found = read_sheets("many.xlsx", workbook_of(rows), "en")
    assert [(fault.sheet, fault.row, fault.column) for fault in sorted(found.faults)] == [
        ("Exercises", row, column) for row, column, _words in expected
    ]
    for fault, (_row, _column, words) in zip(sorted(found.faults), expected, strict=True):
        assert words in fault.message
    assert len(found.library["exercises"]) == 500 - len(expected)
    assert found.rows == 500


def test_faults_between_rows_are_named_by_row_and_column_too():
    rows = [row_of(1), row_of(2), row_of(3)]
    rows[1]["Title"] = rows[0]["Title"]
    rows[2]["Easier and harder"] = "harder | no-such-exercise"
    rows[2]["Used for"] = "calf-cramp | trial | It helps."
    found = read_sheets("a.xlsx", workbook_of(rows), "en")
    assert found.faults == []
    said = [str(found.places.of(fault)) for fault in faults_of(found.library, Known())]
    assert said == [
        "Exercises, row 3, column B (Title): is the same as in Exercises, row 2; choose another",
        "Exercises, row 4, column BQ (Used for): line 1, condition: there is no condition “calf-cramp”; "
        "add it, or mend the spelling",
        "Exercises, row 4, column BP (Easier and harder): line 1, exercise: there is no exercise "
        "“no-such-exercise”; add it, or mend the spelling",
    ]


def test_an_id_twice_and_cells_under_no_heading_and_unknown_headings_are_faults():
    rows = [row_of(1), row_of(1)]
    raw = workbook_of(rows)
    found = read_sheets("a.xlsx", raw, "en")
    assert [str(fault) for fault in found.faults] == [
        "Exercises, row 3, column A (Id): is the id of Exercises, row 2 too; choose another"
    ]
    csv = "Id,Titel,Purpose,,Purpose\na,b,c,stray,d\n"
    found = read_sheets("exercises.csv", csv.encode(), "en")
    said = [str(fault) for fault in found.faults]
    assert "exercises, row 1, column B (Titel): is not a heading of this sheet; did you mean “Title”?" in said
    assert "exercises, row 1, column E (Purpose): is a heading twice; keep one of the two" in said
    assert "exercises, row 2, column D: stands under no heading; take it out" in said


def test_what_is_wrong_with_the_dose_as_a_whole_is_named_at_its_figure():
    rows = [row_of(1), row_of(2)]
    rows[0]["Hold seconds, at most"] = 20
    del rows[1]["Hold seconds"], rows[1]["Repetitions"]
    found = read_sheets("a.xlsx", workbook_of(rows), "en")
    assert [(fault.row, fault.heading) for fault in found.faults] == [
        (2, "Hold seconds, at most"),
        (3, "Hold seconds"),
    ]
