"""From the tables of a spreadsheet to a library: the same records as files are read into, and where each came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from library.about import FILE, KIND
from library.drafts import DRAFT_OF_FOLDER, as_far_as_written
from library.faults import Fault
from library.misfits import misfit
from library.other_words import ALIKE
from library.reading import MOST_RECORDS, Library, unfit
from library.records import RECORD_OF_FOLDER
from library.sheets.cell_places import Places, RowPlace, SheetFault, SheetFaults
from library.sheets.cells import read_cell
from library.sheets.columns import Column, as_compared, by_heading
from library.sheets.layout import RECORD_OF_SHEET, SHEETS, SheetLayout
from library.sheets.tables import Cell, Table, Unreadable, letters, read_tables

#: How the first cell of the row of explanations begins, which is passed over.
EXPLAINS = "How to fill it in"
#: The sheet with the lists of words, which is passed over without a word.
WORDS_SHEET = "Words"
#: A sheet in a language names it behind its name: "Exercises (de)".
_LANGUAGE = re.compile(r"(.+?)\s*\(([a-z]{2,3}(?:-[A-Za-z]+)?)\)")


@dataclass
class SheetLibrary:
    """What a spreadsheet holds: sound records, every fault of the others, and the sheets that were passed over."""

    library: Library = field(default_factory=lambda: {name: {} for name in RECORD_OF_FOLDER})
    faults: list[SheetFault] = field(default_factory=list)
    places: Places = field(default_factory=Places)
    passed_over: list[str] = field(default_factory=list)
    #: How many rows hold records, sound or not.
    rows: int = 0
    #: Whether a record may lack something.
    drafts: bool = False


@dataclass
class _Row:
    """A row on its way to a record."""

    place: RowPlace
    fields: dict[str, Any]
    faults: list[SheetFault]


def read_sheets(name: str, raw: bytes, language: str, *, drafts: bool = False) -> SheetLibrary:
    """Read a workbook or CSV file, whatever is wrong with its rows; with ``drafts`` also what lacks something.

    Raises ``SheetFaults`` where it is no such file.
    """
    found = SheetLibrary(drafts=drafts)
    rows: dict[str, list[_Row]] = {}
    tables = read_tables(name, raw)
    for table in tables:
        layout = _layout_of(table, language, is_alone=len(tables) == 1)
        if as_compared(table.name) == as_compared(WORDS_SHEET):
            continue
        if layout is None:
            found.passed_over.append(table.name)
        elif layout.name in rows:
            raise SheetFaults([SheetFault(table.name, 0, "", "", "is in the file twice; keep one of the two")])
        else:
            rows[layout.name] = list(_rows(table, layout, found.faults))
    if not rows:
        names = ", ".join(layout.name for layout in SHEETS)
        raise SheetFaults([SheetFault(name, 0, "", "", f"has no sheet with a name and headings of ours: {names}")])
    _give_items(rows, found)
    for layout in SHEETS:
        if not layout.items_of:
            _make_records(layout, rows.get(layout.name, []), found)
    if found.rows > MOST_RECORDS:
        raise SheetFaults(
            [SheetFault(name, 0, "", "", f"has {found.rows} records; load at most {MOST_RECORDS} at once")]
        )
    return found


def _layout_of(table: Table, language: str, *, is_alone: bool) -> SheetLayout | None:
    """Which sheet of ours it is: by its name, or where a file holds one sheet alone, by its headings."""
    name = as_compared(table.name)
    if named := _LANGUAGE.fullmatch(table.name.strip()):
        if named[2].casefold() != language.casefold():
            return None
        name = as_compared(named[1])
    found = next((layout for layout in SHEETS if as_compared(layout.name) == name), None)
    if found is None and is_alone and table.rows:
        said = {as_compared(cell) for cell in table.rows[0][1] if isinstance(cell, str) and cell}
        found = max(SHEETS, key=lambda layout: len(said & set(by_heading(layout.columns))))
        return found if len(said & set(by_heading(found.columns))) > 1 else None
    return found


def _rows(table: Table, layout: SheetLayout, faults: list[SheetFault]) -> Iterator[_Row]:
    if not table.rows:
        return
    (number, headings), *rest = table.rows
    columns = dict(_columns(table.name, number, headings, layout, faults))
    for row, cells in rest:
        if isinstance(cells[0], str) and cells[0].startswith(EXPLAINS):
            continue
        place = RowPlace(table.name, row, {column.field: (letters(at), column) for at, column in columns.items()})
        made = _Row(place, {}, [])
        for at, cell in enumerate(cells):
            if cell != "" and (at >= len(headings) or headings[at] == ""):
                made.faults.append(SheetFault(table.name, row, letters(at), "", "stands under no heading; take it out"))
            elif cell != "" and at in columns:
                _put(made, columns[at], cell)
        yield made


def _columns(
    sheet: str, row: int, headings: list[Cell], layout: SheetLayout, faults: list[SheetFault]
) -> Iterator[tuple[int, Column]]:
    ours, seen = by_heading(layout.columns), set()
    for at, heading in enumerate(headings):
        if heading == "":
            continue
        said = heading if isinstance(heading, str) else ""
        column = ours.get(as_compared(said))
        if column is None:
            alike = get_close_matches(as_compared(said), ours, 1, ALIKE)
            meant = (
                f"did you mean “{ours[alike[0]].heading}”?" if alike else "take the column out, or mend its spelling"
            )
            faults.append(SheetFault(sheet, row, letters(at), said, f"is not a heading of this sheet; {meant}"))
        elif column in seen:
            faults.append(SheetFault(sheet, row, letters(at), said, "is a heading twice; keep one of the two"))
        else:
            seen.add(column)
            yield at, column


def _put(row: _Row, column: Column, cell: Cell) -> None:
    """A cell into the fields of its row's record."""
    if isinstance(cell, Unreadable):
        row.faults.append(row.place.fault(column.field, cell.message))
        return
    fields = row.fields
    *outer, last = column.field.split(".")
    for name in outer:
        fields = fields.setdefault(name, {})
    fields[last] = read_cell(column, cell)


def _give_items(rows: dict[str, list[_Row]], found: SheetLibrary) -> None:
    """Hand the items of routines, which have a sheet of their own, to the routines they name."""
    for layout in (each for each in SHEETS if each.items_of):
        owners = next(each.name for each in SHEETS if each.folder == layout.folder and not each.items_of)
        by_id = {row.fields["id"]: row for row in rows.get(owners, []) if row.fields.get("id")}
        for item in rows.get(layout.name, []):
            named = item.fields.pop(layout.columns[0].field, "")
            owner = by_id.get(named)
            if owner is None:
                said = f"there is no “{named}” in the sheet {owners}" if named else "is missing; add it"
                found.faults.append(item.place.fault(layout.columns[0].field, said))
                continue
            owner.fields.setdefault(layout.items_of, []).append(item.fields)
            owner.faults.extend(item.faults)
            found.places.items.setdefault(owner.place.key, []).append(item.place)


def _make_records(layout: SheetLayout, rows: list[_Row], found: SheetLibrary) -> None:
    seen: dict[str, str] = {}
    is_about = layout.folder == KIND
    for number, row in enumerate(rows):
        key = FILE if is_about else row.place.key
        found.rows += not is_about
        found.places.records.setdefault(key, row.place)
        if is_about and number:
            row.faults.append(row.place.fault("id", "is a second row; a file holds one library"))
        identifier = str(row.fields.get("id", ""))
        if identifier and identifier in seen:
            row.faults.append(row.place.fault("id", f"is the id of {seen[identifier]} too; choose another"))
        seen.setdefault(identifier, row.place.key)
        record = _record(layout.folder, row, found)
        if row.faults:
            found.faults.extend(row.faults)
        elif record is not None:
            found.library.setdefault(layout.folder, {})[key] = record


def _record(folder: str, row: _Row, found: SheetLibrary) -> Any:
    """The record of a row, or nothing; what its own rules refuse is added to the row's faults."""
    kind, key = RECORD_OF_SHEET[folder], row.place.key
    if found.drafts and folder in DRAFT_OF_FOLDER:
        kind, row.fields = as_far_as_written(folder, row.fields)
    elif folder == "exercises":  # so that it is the measure that is missing, and not a thing of many columns
        row.fields.setdefault("dosage", {})
    at_fault = {fault.column for fault in row.faults if fault.column}
    said = [fault for field_at, message in unfit(row.fields) if (fault := row.place.fault(field_at, message))]
    if not said:
        try:
            return kind.model_validate(row.fields)
        except ValidationError as error:
            said = [_misfit(row, found, misfit(key, detail, kind)) for detail in error.errors()]
    # A cell that could not be read is missing only because of that.
    row.faults.extend(fault for fault in said if fault.sheet != row.place.sheet or fault.column not in at_fault)
    return None


def _misfit(row: _Row, found: SheetLibrary, fault: Fault) -> SheetFault:
    """The place of a misfit: an item of a routine has a row of its own."""
    return found.places.of(fault) if fault.file in found.places.records else row.place.fault(fault.field, fault.message)
