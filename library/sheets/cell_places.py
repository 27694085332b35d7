"""Where in a spreadsheet something is at fault: the sheet, the row and the column, as its author sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from library.faults import Fault
from library.sheets.cells import label_of
from library.sheets.columns import Column

#: A fault of a record as a whole names its field in its own words: "dosage.sets: write a smaller number".
_NAMES_ITS_FIELD = re.compile(r"([a-z_]+(?:\.[a-z_]+)*): (.+)", re.DOTALL)
_WORD = re.compile(r"'([a-z0-9_]+)'")
_STEP = re.compile(r"^\[(\d+)\]\.?")


@dataclass(frozen=True, order=True)
class SheetFault:
    """One fault. ``row`` is 0 where the whole sheet is at fault, ``column`` is empty where the whole row is."""

    sheet: str
    row: int
    column: str
    heading: str
    message: str

    def __str__(self) -> str:
        """One line; a character that could act on a terminal is written out."""
        place = ", ".join(
            part
            for part in (
                self.sheet,
                f"row {self.row}" if self.row else "",
                self._column(),
            )
            if part
        )
        line = f"{place}: {self.message}" if place else self.message
        return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line)

    def _column(self) -> str:
        named = f" ({self.heading})" if self.heading else ""
        return f"column {self.column}{named}" if self.column else ""


class SheetFaults(Exception):
    """Raised when a spreadsheet cannot be read at all. ``faults`` is never empty."""

    def __init__(self, faults: list[SheetFault]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


@dataclass(frozen=True)
class RowPlace:
    """A row, and the columns of its sheet: their letters by the fields they hold."""

    sheet: str
    row: int
    columns: dict[str, tuple[str, Column]]

    @property
    def key(self) -> str:
        """What the record of this row is called where a file's name would stand."""
        return f"{self.sheet}, row {self.row}"

    def fault(self, field_at: str, message: str) -> SheetFault:
        """The fault at a field of the row's record, however deep within it."""
        if not field_at and (named := _NAMES_ITS_FIELD.fullmatch(message)) and self._holder(named[1]):
            field_at, message = named[1], named[2]
        holder = self._holder(field_at)
        if holder is None:
            return SheetFault(self.sheet, self.row, "", "", f"{field_at}: {message}".removeprefix(": "))
        letter, column = self.columns[holder]
        within = _within(field_at[len(holder) :])
        return SheetFault(self.sheet, self.row, letter, column.heading, f"{within}{_as_in_the_sheet(column, message)}")

    def _holder(self, field_at: str) -> str | None:
        """The field of the column that holds a place in the record; of a missing part, its first column."""
        plain = field_at
        while plain:
            if plain in self.columns:
                return plain
            plain = re.sub(r"(?:\.[^.\[]+|\[\d+\]|^[^.\[]+)$", "", plain)
        return next((name for name in self.columns if field_at and name.startswith(f"{field_at}.")), None)


def _within(rest: str) -> str:
    """Which line of a cell, and which part of it: "line 2, text: "."""
    found = _STEP.match(rest)
    if not found:
        return ""
    part = rest[found.end() :]
    return f"line {found[1]}{f', {part}' if part else ''}: "


@dataclass
class Places:
    """Where each record came from, and each item of a routine."""

    records: dict[str, RowPlace] = field(default_factory=dict)
    items: dict[str, list[RowPlace]] = field(default_factory=dict)

    def of(self, fault: Fault) -> SheetFault:
        """The place of a fault that was found in a record."""
        place = self.records.get(fault.file)
        if place is None:
            return SheetFault(fault.file, 0, "", "", f"{fault.field}: {fault.message}".removeprefix(": "))
        if item := re.match(r"items\[(\d+)\]\.?", fault.field):
            rows = self.items.get(fault.file, [])
            if int(item[1]) <= len(rows):
                return rows[int(item[1]) - 1].fault(fault.field[item.end() :], fault.message)
        return place.fault(fault.field, fault.message)


def _as_in_the_sheet(column: Column, message: str) -> str:
    """The words of a list as the sheet offers them, not as files of records name them."""
    words = column.words
    if words is None:
        return message
    known = set(words.values)
    return _WORD.sub(lambda found: f"“{label_of(words, found[1])}”" if found[1] in known else found[0], message)
