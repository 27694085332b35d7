"""Looking at a workbook before it is opened: how much there is in it, and that none of it would be lost or take long.

A workbook is a zip of XML. Each part is read through once, piece by piece, and none of it is kept. Whatever a row or a
cell says of its own place is looked at here, since the reader passes over what it does not expect without a word.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from xml.parsers import expat

from library.sheets.cell_places import SheetFault, SheetFaults
from library.sheets.columns import as_column_letters

#: So much may a workbook unpack to, into so many parts.
MOST_UNPACKED, MOST_PARTS = 40 * 1024 * 1024, 300
#: So many rows of a sheet are looked at, empty ones included, and so many columns.
MOST_ROWS, MOST_COLUMNS = 5000, 150
#: So many elements may all parts have together; the reader takes some ten seconds for them. A thousand records with
#: something in each column that is looked at are 150,000 cells, of four elements at most.
MOST_ELEMENTS = 1000 * MOST_COLUMNS * 4
#: So many of them may be one row, which the reader keeps in memory: a spreadsheet has 16,384 columns, and writes an
#: empty cell into each where a whole row was coloured.
MOST_OF_A_ROW = 20_000
#: What is raised while a zip is read that is torn, or packed in a way nobody else unpacks.
NOT_SOUND = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)
_PIECE = 64 * 1024
_ROW_NUMBER = re.compile(r"[0-9]{1,9}")
_COLUMNS = {as_column_letters(number): number for number in range(1, MOST_COLUMNS + 1)}
#: What a cell holds where it holds anything.
_VALUES = frozenset({"v", "f", "is"})


class _TooMuch(Exception):
    """Why a workbook is not opened."""


def look_before_opening(name: str, raw: bytes) -> None:
    """Raise ``SheetFaults`` for what would unpack to too much, declares entities, or holds more than is looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            parts = book.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise _TooMuch(f"unpacks to more than {MOST_UNPACKED // 1024 // 1024} MB; load it in parts")
            elements = 0
            for part in parts:
                elements = _look_through(book, part, elements)
    except _TooMuch as refusal:
        raise SheetFaults([SheetFault(name, 0, "", "", str(refusal))]) from refusal
    except NOT_SOUND as error:
        message = "is no workbook, or needs a password; save it anew as .xlsx"
        raise SheetFaults([SheetFault(name, 0, "", "", message)]) from error


def _look_through(book: zipfile.ZipFile, part: zipfile.ZipInfo, elements: int) -> int:
    """Look at one part, as far as it is XML; how many elements there are with those of the parts before."""
    look = _Look(elements)
    with book.open(part) as opened:
        while piece := opened.read(_PIECE):
            try:
                look.parser.Parse(piece)
            except expat.ExpatError:  # a picture, or damaged: the reader gets no further than this either
                break
    return look.elements


class _Look:
    """What is remembered of a part while it is looked at."""

    def __init__(self, elements: int) -> None:
        self.elements = elements
        self.row = self.column = 0
        self.rows_open = self.began = 0
        self.in_cell = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.refuse_entities

    def refuse_entities(self, *_told: object) -> None:
        """No spreadsheet declares what it consists of."""
        raise _TooMuch("declares entities, which no spreadsheet does; save it anew as .xlsx")

    def start(self, tag: str, said: dict[str, str]) -> None:
        """Count an element, and see where it stands."""
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise _TooMuch("has more cells than are looked at; load it in parts")
        if self.rows_open and self.elements - self.began > MOST_OF_A_ROW:
            raise _TooMuch("has a row of more cells than any sheet has; save it anew as .xlsx")
        name = tag.rpartition(":")[2]
        if name == "row":
            self._enter_row(said.get("r"))
        elif name == "c":
            self._enter_cell(said.get("r", ""))
        elif name in _VALUES and self.in_cell:
            self._refuse_far_away()
        elif name == "sheetData":
            self.row = 0

    def end(self, tag: str) -> None:
        """See what is over."""
        name = tag.rpartition(":")[2]
        if name == "c":
            self.in_cell = False
        elif name == "row":
            self.rows_open -= 1

    def _enter_row(self, said: str | None) -> None:
        if not self.rows_open:
            self.began = self.elements
        self.rows_open += 1
        before, self.column = self.row, 0
        if said is not None and not _ROW_NUMBER.fullmatch(said):
            raise _TooMuch(f"has a row numbered “{said[:20]}”; save it anew as .xlsx")
        self.row = before + 1 if said is None else int(said)
        if self.row <= before:
            raise _TooMuch(f"has row {self.row} after row {before}; save it anew as .xlsx")

    def _enter_cell(self, said: str) -> None:
        letters = said.rstrip("0123456789").upper()
        before, self.in_cell = self.column, True
        self.column = _COLUMNS.get(letters, MOST_COLUMNS + 1) if letters else before + 1
        if self.column <= before <= MOST_COLUMNS:
            raise _TooMuch(f"has its cells of row {self.row} in another order than any; save it anew as .xlsx")

    def _refuse_far_away(self) -> None:
        if self.row > MOST_ROWS:
            raise _TooMuch(f"has more than {MOST_ROWS} rows; load it in parts")
        if self.column > MOST_COLUMNS:
            raise _TooMuch(f"has more than {MOST_COLUMNS} columns; take out those that are none of the template")
