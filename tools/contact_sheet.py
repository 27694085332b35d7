"""Draws every pose of the library on one sheet: light, dark and grey, as the eye check before a change is merged.

    python -m tools.contact_sheet

Writes ``contact_sheet/`` (not kept): one page a theme, each also as a picture when there is a browser. Faults and the
size of every drawing are printed; the exit status is 1 when a pose has a fault.
"""

from __future__ import annotations

import subprocess
import sys
from html import escape
from pathlib import Path
from typing import Literal, NamedTuple

from figures.engine import library, render, validation
from figures.engine.palette import PAINTS, Palette
from figures.engine.words import alternative_text
from testing.browsers import installed_browser

FOLDER = Path(__file__).resolve().parent.parent / "contact_sheet"
COLUMNS = 4
CELL_WIDE, CELL_HIGH = 360, 330

SheetTheme = Literal["light", "dark", "grey"]
THEMES: tuple[SheetTheme, ...] = ("light", "dark", "grey")


class Sheet(NamedTuple):
    """A page that was written, and how high its picture must be."""

    path: Path
    high: int


def page(theme: SheetTheme) -> tuple[str, int]:
    """The page of a theme, and the number of drawings on it."""
    stage = Palette(theme)["stage"]
    paper, ink = ("#0f1c20", "#dfeeee") if theme == "dark" else ("#ffffff", "#1a2b34")
    cells = [_row(name, theme) for name in library.names()]
    count = sum(len(library.illustration(name).figures) for name in library.names())
    rules = (
        f"body{{margin:12px;background:{paper};color:{ink};font:13px sans-serif;display:grid;gap:10px;"
        f"grid-template-columns:repeat({COLUMNS},{CELL_WIDE - 10}px)}}"
        f"figure{{margin:0;background:{stage};border-radius:10px;padding:6px;height:{CELL_HIGH - 22}px}}"
        f"svg{{width:100%;height:{CELL_HIGH - 82}px}}"
    )
    return f"<!doctype html><meta charset=utf-8><title>{theme}</title><style>{rules}</style>{''.join(cells)}", count


def _row(name: str, theme: SheetTheme) -> str:
    """The poses of one exercise."""
    illustration = library.illustration(name)
    figures = []
    for pose in illustration.figures:
        drawing = render.draw(illustration, pose.key, theme, f"{name}-{pose.key}")
        words = escape(alternative_text(illustration, pose.key))
        figures.append(f"<figure>{drawing.svg()}<figcaption><b>{name}</b>: {words}</figcaption></figure>")
    return "".join(figures)


def write(folder: Path = FOLDER) -> list[Sheet]:
    """Write the page of every theme."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets = []
    for theme in THEMES:
        text, count = page(theme)
        path = folder / f"{theme}.html"
        path.write_text(text, encoding="utf-8")
        sheets.append(Sheet(path, -(-count // COLUMNS) * CELL_HIGH + 24))
    return sheets


def photograph(sheet: Sheet, browser: str) -> Path:
    """The page as a picture beside it."""
    picture = sheet.path.with_suffix(".png")
    size = f"--window-size={COLUMNS * CELL_WIDE + 24},{sheet.high}"
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", size,
         f"--screenshot={picture}", sheet.path.as_uri()],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    return picture


def check() -> int:
    """Print what is wrong with the library; how many faults there are."""
    faults = 0
    for name in library.names():
        illustration = library.illustration(name)
        for fault in [*validation.faults_of(illustration), *validation.size_faults(illustration)]:
            print(f"{name}: {fault}")
            faults += 1
    print(f"{len(library.names())} exercises, {len(PAINTS)} colours, {faults} faults")
    return faults


def main() -> int:
    """Write the sheets, photograph them where there is a browser, and check the library."""
    browser = installed_browser()
    for sheet in write():
        print(sheet.path)
        if browser:
            print(photograph(sheet, browser))
    if not browser:
        print("No browser was found: open the pages by hand.")
    return 1 if check() else 0


if __name__ == "__main__":
    sys.exit(main())
