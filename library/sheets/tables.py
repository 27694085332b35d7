"""Reading the cells of a workbook or a CSV file: within bounds, with nothing in it carried out.

A workbook is looked at before it is opened (``library.sheets.bounds``). Formulas are never worked out and what they
last gave is not believed: a cell with one is a fault, as is one of which the spreadsheet has made a date.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any

from openpyxl import load_workbook

from library.sheets.bounds import MOST_COLUMNS, MOST_ROWS, look_before_opening
from library.sheets.cell_places import SheetFault, SheetFaults
from library.sheets.columns import as_column_letters

MOST_BYTES = 5 * 1024 * 1024
MOST_SHEETS = 30
MOST_CHARACTERS = 32_767
_FORMULA, _ERROR = "f", "e"


@dataclass(frozen=True)
class Unreadable:
    """What stands in a cell that cannot be taken as it is, with what to do about it."""

    message: str


#: A cell: its text without the space around it, empty where there is none; or why it cannot be read.
Cell = str | Unreadable


@dataclass(frozen=True)
class Table:
    """A sheet as it was read: its rows by their numbers, those without anything in them left out."""

    name: str
    rows: list[tuple[int, list[Cell]]]


def read_tables(name: str, raw: bytes) -> list[Table]:
    """The sheets of a file, by how its name ends. Raises ``SheetFaults`` where it cannot be read."""
    if len(raw) > MOST_BYTES:
        raise _refused(name, f"is larger than {MOST_BYTES // 1024 // 1024} MB; load it in parts")
    if name.casefold().endswith(".xlsx"):
        return _workbook(name, raw)
    if name.casefold().endswith(".csv"):
        return [_csv(name, raw)]
    raise _refused(name, "is no spreadsheet; save it as .xlsx or .csv")


def _refused(name: str, message: str) -> SheetFaults:
    return SheetFaults([SheetFault(name, 0, "", "", message)])


def _workbook(name: str, raw: bytes) -> list[Table]:
    look_before_opening(name, raw)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
        if len(book.worksheets) > MOST_SHEETS:
            raise _refused(name, f"has more than {MOST_SHEETS} sheets; load it in parts")
        return [Table(sheet.title, list(_rows_of(sheet))) for sheet in book.worksheets]
    except SheetFaults:
        raise
    except Exception as error:  # whatever a damaged file makes the reader do, it is the file's fault
        raise _refused(name, f"cannot be read ({type(error).__name__}); save it anew as .xlsx") from error


def _rows_of(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    sheet.reset_dimensions()  # what it says of its size need not be so
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), start=1):
        cells = [_of_workbook(cell) for cell in row]
        if any(cells):
            yield number, cells


def _of_workbook(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == _FORMULA:
        return Unreadable("holds a formula; write what it comes to")
    if cell.data_type == _ERROR:
        return Unreadable(f"holds the error {value}; write what belongs here")
    return _text_of(value)


def _text_of(value: Any) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date | time | timedelta):
        return Unreadable(
            f"was made a date by the spreadsheet ({_date_in_words(value)}); format the column as text, type it again"
        )
    if isinstance(value, float) and not value.is_integer():
        return Unreadable(
            f"holds the number {value}, with a part after the point; format it as text, and type it again"
        )
    if isinstance(value, float):
        value = int(value)
    return _bounded(str(value))


def _date_in_words(value: Any) -> str:
    if isinstance(value, datetime | date):
        return f"{value.day} {value:%B} {value.year}"
    return str(value)


def _bounded(text: str) -> Cell:
    if len(text) > MOST_CHARACTERS:
        return Unreadable(f"is too long; shorten it to {MOST_CHARACTERS} characters")
    return text.strip()


def _csv(name: str, raw: bytes) -> Table:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(name, "is not UTF-8; save it as “CSV UTF-8”") from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows: list[tuple[int, list[Cell]]] = []
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), start=1
        ):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise _refused(name, f"has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns; load it in parts")
            cells: list[Cell] = [_bounded(without_guard(cell)) for cell in row]
            if any(cells):
                rows.append((number, cells))
    except csv.Error as error:
        raise _refused(name, f"is no CSV: {error}") from error
    return Table(PurePath(name).stem, rows)


#: What makes a spreadsheet carry out the cell that begins with it.
_ACTS = ("=", "+", "-", "@", "\t", "\r")


def with_guard(text: str) -> str:
    """The text so that no spreadsheet carries it out: an apostrophe stands before what would be a formula."""
    return f"'{text}" if text.lstrip("'").startswith(_ACTS) else text


def without_guard(text: str) -> str:
    """The text as it was before ``with_guard``."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_ACTS) else text


def letters(number: int) -> str:
    """The letters over the column of a cell, counted from 0."""
    return as_column_letters(number + 1)
