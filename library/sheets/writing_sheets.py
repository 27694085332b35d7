"""From records to a workbook or CSV files. With no record it is the template; the export is the same sheet, filled in.

Nothing that is written is ever carried out: in a workbook every cell is text, in a CSV file an apostrophe stands before
what a spreadsheet would take for a formula. Every column is formatted as text, so that no "1-2" becomes a date.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from library.fields import Record
from library.reading import Library
from library.sheets.cell_places import SheetFault, SheetFaults
from library.sheets.cells import label_of, write_cell
from library.sheets.columns import Column, Sort, as_column_letters
from library.sheets.layout import SHEETS, SheetLayout
from library.sheets.reading_sheets import EXPLAINS, WORDS_SHEET
from library.sheets.tables import MOST_CHARACTERS, with_guard

_AS_TEXT = "@"
#: Rows for which a column offers its words.
_OFFERED = 2000
_WIDE, _NARROW = 34, 16
_HEAD = PatternFill("solid", fgColor="FFE3EDEA")


def as_workbook(library: Library, language: str = "") -> bytes:
    """The library as a workbook; sheets in a language other than the site's name it. Raises ``SheetFaults``."""
    book = Workbook(write_only=False)
    first: Any = book.active
    book.remove(first)
    places = _offer_words(book)
    for layout in SHEETS:
        sheet = book.create_sheet(f"{layout.name} ({language})" if language else layout.name)
        for number, row in enumerate(rows_of(layout, library), start=1):
            for at, text in enumerate(row, start=1):
                _write(sheet.cell(number, at), text, is_head=number == 1)
        _dress(sheet, layout, places)
    book.move_sheet(WORDS_SHEET, len(SHEETS))
    book.active = 0
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def as_csv(layout: SheetLayout, library: Library) -> str:
    """One sheet of the library as CSV, with the mark by which spreadsheets know UTF-8. Raises ``SheetFaults``."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    for row in rows_of(layout, library):
        writer.writerow([with_guard(text) for text in row])
    return f"\ufeff{written.getvalue()}"


def rows_of(layout: SheetLayout, library: Library) -> Iterator[list[str]]:
    """The headings, what each column asks for, and a row for each record or item."""
    yield [column.heading for column in layout.columns]
    first, *others = layout.columns
    yield [f"{EXPLAINS}: {first.explanation}", *(column.explanation for column in others)]
    for number, fields in enumerate(_records_of(layout, library), start=3):
        yield [_cell(layout, number, at, column, fields) for at, column in enumerate(layout.columns, start=1)]


def _records_of(layout: SheetLayout, library: Library) -> Iterator[dict[str, Any]]:
    for record in library.get(layout.folder, {}).values():
        fields = as_plain(record)
        if layout.items_of:
            yield from ({layout.columns[0].field: fields["id"], **item} for item in fields[layout.items_of])
        else:
            yield fields


def as_plain(record: Record) -> dict[str, Any]:
    """A record as plain data, without what it does not say."""
    return record.model_dump(mode="json", exclude_defaults=True)


def _cell(layout: SheetLayout, row: int, at: int, column: Column, fields: dict[str, Any]) -> str:
    value: Any = fields
    for name in column.field.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    text = "" if value is None else write_cell(column, value)
    message = ""
    if len(text) > MOST_CHARACTERS:
        message = f"is longer than the {MOST_CHARACTERS} characters a cell holds; export it as files"
    elif ILLEGAL_CHARACTERS_RE.search(text):
        message = "holds a character nobody sees, which no cell can hold; type these words anew, or export it as files"
    if message:
        whose = f"of {fields[layout.columns[0].field]} {message}"
        raise SheetFaults([SheetFault(layout.name, row, as_column_letters(at), column.heading, whose)])
    return text


def _write(cell: Any, text: str, *, is_head: bool) -> None:
    """A cell of text, whatever it begins with."""
    cell.number_format = _AS_TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_head:
        cell.font, cell.fill = Font(bold=True), _HEAD
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = with_guard(text) != text


def _dress(sheet: Any, layout: SheetLayout, places: dict[Any, str]) -> None:
    """Widths, a head that stays, text as the format of empty rows too, and the words a column may hold."""
    sheet.freeze_panes = "C3"
    for at, column in enumerate(layout.columns, start=1):
        letter = as_column_letters(at)
        dimension = sheet.column_dimensions[letter]
        dimension.width = _NARROW if column.sort in {Sort.NUMBER, Sort.YES_NO, Sort.WORD} else _WIDE
        dimension.number_format = _AS_TEXT
        offered = (
            places.get(column.words) if column.sort is Sort.WORD else '"yes,no"' if column.sort is Sort.YES_NO else ""
        )
        if offered:
            rule = DataValidation("list", formula1=offered, allow_blank=True, showErrorMessage=False)
            rule.add(f"{letter}3:{letter}{_OFFERED}")
            sheet.add_data_validation(rule)


def _offer_words(book: Any) -> dict[Any, str]:
    """A sheet with every list of words; where each list stands on it."""
    sheet, places = book.create_sheet(WORDS_SHEET), {}
    for at, (words, heading) in enumerate(_word_lists(SHEETS), start=1):
        _write(sheet.cell(1, at), heading, is_head=True)
        for row, word in enumerate(words, start=2):
            _write(sheet.cell(row, at), label_of(words, word.value), is_head=False)
        letter = as_column_letters(at)
        sheet.column_dimensions[letter].width = _WIDE
        places[words] = f"{WORDS_SHEET}!${letter}$2:${letter}${len(words) + 1}"
    return places


def _word_lists(layouts: Iterable[SheetLayout]) -> list[tuple[Any, str]]:
    """Each list of words once, by the heading of the first column that has it."""
    found: dict[Any, str] = {}
    with override("en"):
        for column in (column for layout in layouts for column in layout.columns):
            for words in (column.words, *(part.words for part in column.parts)):
                if words is not None:
                    found.setdefault(words, column.heading)
    return list(found.items())
