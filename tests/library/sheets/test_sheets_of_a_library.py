"""A library written as spreadsheets and read back is the same library; nothing in a sheet is ever carried out."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from library.reading import read_library
from library.sheets.cell_places import SheetFaults
from library.sheets.layout import EXERCISES, NOTES, RECORD_OF_SHEET, SHEETS
from library.sheets.reading_sheets import read_sheets
from library.sheets.tables import MOST_ROWS, with_guard, without_guard
from library.sheets.writing_sheets import as_csv, as_workbook
from stretchsite.settings.base import BASE_DIR

STARTER = BASE_DIR / "library" / "starter"


def test_the_starter_library_comes_back_from_its_workbook_as_it_was():
    library = read_library(STARTER)
    found = read_sheets("starter.xlsx", as_workbook(library), "en")
    assert found.faults == []
    assert found.passed_over == []
    for folder, records in library.items():
        assert list(found.library[folder].values()) == list(records.values())


def test_exercises_and_notes_come_back_from_csv_as_they_were():
    library = read_library(STARTER)
    for layout in (EXERCISES, NOTES):
        found = read_sheets("any name.csv", as_csv(layout, library).encode(), "en")
        assert found.faults == []
        assert list(found.library[layout.folder].values()) == list(library[layout.folder].values())


def test_the_template_is_the_export_without_rows_and_holds_no_fault():
    found = read_sheets("template.xlsx", as_workbook({}), "en")
    assert (found.faults, found.rows) == ([], 0)


#: What only files of records say: the last part of an address, reviews elsewhere, a photo and whether it leads.
ONLY_IN_FILES = {"leads", "photo", "reviews", "slug"}


def test_every_field_of_every_record_has_a_column_but_what_only_files_say():
    for layout in SHEETS:
        kind: Any = RECORD_OF_SHEET[layout.folder]
        if layout.items_of:
            kind = kind.model_fields[layout.items_of].annotation.__args__[0]
        names = {column.field.partition(".")[0] for column in layout.columns}
        missing = set(kind.model_fields) - names - {sheet.items_of for sheet in SHEETS} - ONLY_IN_FILES
        assert missing == set(), f"{layout.name} has no column for {missing}"


def test_a_character_no_cell_can_hold_is_named_with_its_record_and_column():
    library = read_library(STARTER)
    record: Any = next(iter(library["exercises"].values()))
    file = next(iter(library["exercises"]))
    library["exercises"][file] = record.model_copy(update={"feel": "A pull\x0bin the calf."})
    with pytest.raises(SheetFaults) as told:
        as_workbook(library)
    assert f"of {record.id} holds a character nobody sees" in str(told.value)
    assert "\x0b" not in str(told.value)


HOSTILE = ("=cmd|'/c calc'!A1", "+1", "-1", "@SUM(1)", "'=1", "''+x", "plain", "it's")


def test_no_cell_that_is_written_is_a_formula():
    library = read_library(STARTER)
    record = next(iter(library["exercises"].values()))
    changed = record.model_copy(update={"title": HOSTILE[0], "purpose": "@SUM(1)", "dos": ["-1", "=2"]})
    book = load_workbook(io.BytesIO(as_workbook({"exercises": {"a": changed}})))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds == {"s"}
    found = read_sheets("a.xlsx", as_workbook({"exercises": {"a": changed}}), "en")
    assert list(found.library["exercises"].values()) == [changed]
    csv = as_csv(EXERCISES, {"exercises": {"a": changed}})
    assert ",'=cmd" in csv
    assert list(read_sheets("a.csv", csv.encode(), "en").library["exercises"].values()) == [changed]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_guards_a_text_is_taken_off_again(text: str):
    assert without_guard(with_guard(text)) == text
    assert not with_guard(text).startswith(("=", "+", "-", "@"))


def test_a_sheet_in_another_language_is_passed_over_and_named():
    found = read_sheets("a.xlsx", as_workbook({}, "en"), "en")
    assert (found.faults, found.passed_over, found.rows) == ([], [], 0)
    with pytest.raises(SheetFaults, match="has no sheet with a name"):
        read_sheets("a.xlsx", as_workbook({}, "de"), "en")


def _packed(**parts: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return raw.getvalue()


def test_what_unpacks_to_too_much_or_declares_entities_or_is_no_workbook_is_refused_unopened():
    for raw, said in (
        (_packed(sheet=b"0" * 50_000_000), "unpacks to more than 40 MB"),
        (_packed(sheet=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'), "declares entities"),
        (_packed(sheet=b"nothing"), "cannot be read"),
        (b"PK but no zip", "is no workbook"),
        (b"0" * 6_000_000, "is larger than 5 MB"),
    ):
        with pytest.raises(SheetFaults, match=said):
            read_sheets("a.xlsx", raw, "en")


def test_a_row_far_below_all_others_is_refused_and_not_filled_up_to():
    book = Workbook()
    page: Any = book.active
    page.title = "Exercises"
    page["A1"], page[f"A{MOST_ROWS * 20}"] = "Id", "far-away"
    raw = io.BytesIO()
    book.save(raw)
    with pytest.raises(SheetFaults, match=f"has more than {MOST_ROWS} rows"):
        read_sheets("a.xlsx", raw.getvalue(), "en")


@pytest.mark.parametrize(
    ("raw", "said"), [("Id,Title\n\xe4,b".encode("latin-1"), "is not UTF-8"), (b'Id,Title\n"a,b', "is no CSV")]
)
def test_a_csv_that_cannot_be_read_says_why(raw: bytes, said: str):
    with pytest.raises(SheetFaults, match=said):
        read_sheets("a.csv", raw, "en")
