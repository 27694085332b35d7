"""Workbooks that say something else than they hold, or hold more than any: nothing is lost in silence or takes long."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from library.sheets import bounds, tables
from library.sheets.cell_places import SheetFaults
from tests.library.sheets.many_rows import row_of, workbook_of

SHEET = "xl/worksheets/sheet1.xml"


def with_part(change: Callable[[str], str], part: str = SHEET) -> bytes:
    """A workbook of three exercises in which one part was changed."""
    made, raw = io.BytesIO(), workbook_of([row_of(1), row_of(2), row_of(3)])
    with zipfile.ZipFile(io.BytesIO(raw)) as book, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as other:
        for name in book.namelist():
            content = book.read(name)
            other.writestr(name, change(content.decode()) if name == part else content)
    return made.getvalue()


def sheet_of(*rows: str) -> bytes:
    """A workbook whose sheet holds these rows."""
    return with_part(
        lambda told: re.sub("(?s)<sheetData>.*</sheetData>", f"<sheetData>{''.join(rows)}</sheetData>", told)
    )


def fault_of(raw: bytes) -> str:
    with pytest.raises(SheetFaults) as refusal:
        tables.read_tables("a.xlsx", raw)
    return str(refusal.value.faults[0])


@pytest.mark.parametrize("said", ["A1:A2", "A1:B1", "C3:C4", "A1", "A1:XFD1048576", None])
def test_rows_are_read_whatever_the_sheet_says_of_its_size(said: str | None):
    told = f'<dimension ref="{said}"/>' if said else ""
    raw = with_part(lambda sheet: re.sub("<dimension [^>]*/>", told, sheet))
    (table,) = tables.read_tables("a.xlsx", raw)
    (expected,) = tables.read_tables("a.xlsx", workbook_of([row_of(1), row_of(2), row_of(3)]))
    assert [number for number, _cells in table.rows] == [1, 2, 3, 4]
    assert table == expected


@pytest.mark.parametrize("numbers", [(999_999_999, 1), (5001,), (2, 1), (1, 1), (0,), (-1,), ("1e3",), ("x",)])
def test_rows_that_are_numbered_as_in_no_sheet_are_refused(numbers: tuple[object, ...]):
    rows = [f'<row r="{number}"><c t="inlineStr"><is><t>a</t></is></c></row>' for number in numbers]
    assert "row" in fault_of(sheet_of(*rows))


def test_what_stands_in_columns_that_are_not_looked_at_is_refused_and_empty_cells_there_are_not():
    value = '<c r="EV1"><v>7</v></c>'
    assert "more than 150 columns" in fault_of(sheet_of(f'<row r="1">{value}</row>'))
    assert "more than 150 columns" in fault_of(sheet_of(f'<row r="1">{"<c/>" * 150}<c><v>7</v></c></row>'))
    (table,) = tables.read_tables("a.xlsx", sheet_of('<row r="1"><c r="A1"><v>7</v></c><c r="XFD1"/></row>'))
    assert [cells[0] for _number, cells in table.rows] == ["7"]


def test_a_row_of_more_cells_than_any_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch):
    def opened(*_told: object, **_more: object) -> None:
        raise AssertionError

    raw = sheet_of(f"<row>{'<c/>' * 2_000_000}</row>")
    assert len(raw) < 100_000
    monkeypatch.setattr(tables, "load_workbook", opened)
    assert "a row of more cells" in fault_of(raw)


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml"])
def test_a_part_of_more_elements_than_any_is_refused_before_it_is_read(part: str):
    many = "<row/>" * (bounds.MOST_ELEMENTS + 1)
    raw = with_part(lambda told: re.sub(r"(</[^>]*>\s*)$", rf"{many}\1", told), part)
    assert "more cells" in fault_of(raw)


def test_entities_are_refused_wherever_they_are_declared():
    declared = f"<!--{' ' * 3000}--><!DOCTYPE x [<!ENTITY a 'b'>]>"
    assert "declares entities" in fault_of(with_part(lambda told: re.sub(r"(<worksheet)", rf"{declared}\1", told)))
