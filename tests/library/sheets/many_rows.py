"""A spreadsheet of any number of exercises, sound or with faults of many kinds, in the columns of the template."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from library.sheets.columns import as_column_letters
from library.sheets.layout import EXERCISES

HEADINGS = [column.heading for column in EXERCISES.columns]
#: What is wrong, by the heading of the column: what stands there, and what its fault says.
FAULTS: tuple[tuple[str, Any, str], ...] = (
    ("Id", "Calf Stretch", "write small letters, digits and hyphens only"),
    ("Title", None, "is missing; add it"),
    ("Title", datetime(2026, 2, 1), "was made a date by the spreadsheet (1 February 2026)"),  # noqa: DTZ001  (as openpyxl gives it)
    ("Title", "x" * 300, "is too long; shorten it to 255 characters (it has 300)"),
    ("Title", "Calf\u200b stretch", "holds the invisible character"),
    ("Clinical name", "=1+1", "holds a formula; write what it comes to"),
    ("Kind", "neurodynamic", "write “Nerve glide” instead of 'neurodynamic'"),
    ("Kind", "static stretsh", "did you mean “Static stretch”"),
    ("Body regions", "lower leg\nwrist", "line 2: "),
    ("Positions", "on one leg", "write “In bed”"),
    ("Things needed", "wall, ladder", "line 2: write"),
    ("Sides", "left", "write"),
    ("Hold seconds", "30 s", "write 30"),
    ("Hold seconds", 0, "write a number that is not below"),
    ("Hold seconds", 12.5, "with a part after the point"),
    ("Sets", 900, "write a number that is not above"),
    ("Sources", "Book | www.example.org", "line 1, link: write an address that begins with https://"),
    ("Steps", "jump | Jump up.", "line 1, kind: write"),
    ("Steps", "move | Bend. | start | more", "line 1, a part too many"),
    ("Used for", "calf-cramp | trial", "line 1, statement: is missing"),
    ("Easier and harder", "harder", "line 1: name an exercise, or say in text what changes"),
)


def row_of(number: int) -> dict[str, Any]:
    """One sound exercise, by headings."""
    return {
        "Id": f"calf-stretch-{number}",
        "Title": f"Calf stretch {number}",
        "Clinical name": "Gastrocnemius stretch",
        "Purpose": "Stretches the calf.",
        "Who it is for": "Most adults.",
        "Ask first if": "you had an operation",
        "Evidence": "One small trial.",
        "Sources": "A textbook",
        "Kind": "Static stretch",
        "Body regions": "lower leg",
        "Positions": "standing",
        "Sides": "One side at a time",
        "Hold seconds": 30,
        "Repetitions": 2,
        "Steps": "set_up | Face a wall.\nhold | Hold still.",
        "Should feel": "A mild pull.",
        "Should not feel": "Pain.",
    }


def workbook_of(rows: list[dict[str, Any]], sheet: str = "Exercises") -> bytes:
    """The rows under all headings, as a workbook; the first of them is row 2."""
    book = Workbook()
    page: Any = book.active
    page.title = sheet
    page.append(HEADINGS)
    for row in rows:
        page.append([row.get(heading) for heading in HEADINGS])
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def with_faults(
    number: int, times: int, faults: tuple[tuple[str, Any, str], ...] = FAULTS
) -> tuple[list[dict[str, Any]], list[tuple[int, str, str]]]:
    """So many rows, each fault in so many of them; and where each fault is to be found: row, column, words."""
    rows = [row_of(each) for each in range(number)]
    apart = number // (times * len(faults))
    expected = []
    for place in range(times * len(faults)):
        heading, value, words = faults[place % len(faults)]
        rows[place * apart][heading] = f"{value} {place}" if heading == "Id" else value
        expected.append((place * apart + 2, as_column_letters(HEADINGS.index(heading) + 1), words))
    return rows, expected
