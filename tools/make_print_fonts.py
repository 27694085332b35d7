"""Makes the typeface of the handout from the typeface of the site: static TrueType files beside the woff2 files.

    python -m tools.make_print_fonts

The typesetter reads no woff2 and no variable fonts. Each weight is cut from the variable files of the two ranges of
letters, and the two are joined. Run it after the woff2 files have changed; the same files come of it each time.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(__file__).resolve().parent.parent / "stretchsite" / "static" / "stretchsite" / "fonts"
FAMILY = "Atkinson Hyperlegible Next"
RANGES = ("latin", "latin-ext")
WEIGHTS = {"Regular": 400, "Bold": 700}

#: Numbers of the name table: family, style, unique name, full name, PostScript name.
_NAMES = {1: "{family}", 2: "{style}", 3: "{family} {style}", 4: "{family} {style}", 6: "{compact}-{style}"}
#: The bits that say "bold" and "regular" in the two tables that programs look at.
_MAC_BOLD, _SELECTION_BOLD, _SELECTION_REGULAR = 1, 1 << 5, 1 << 6
#: Seconds since 1904 that every file says it was made at.
_MOMENT = 3_800_000_000


def make(folder: Path = FOLDER) -> list[Path]:
    """Write one file for each weight; the files written."""
    return [_make_weight(folder, style, weight) for style, weight in WEIGHTS.items()]


def _make_weight(folder: Path, style: str, weight: int) -> Path:
    with TemporaryDirectory() as name:
        parts = []
        for letters in RANGES:
            font = TTFont(folder / f"atkinson-hyperlegible-next-{letters}-wght-normal.woff2", recalcTimestamp=False)
            font.flavor = None
            instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
            parts.append(str(Path(name) / f"{letters}.ttf"))
            font.save(parts[-1])
        whole = Merger().merge(parts)
    _say_what_it_is(whole, style, weight)
    path = folder / f"AtkinsonHyperlegibleNext-{style}.ttf"
    # Joining writes the time of day into the file; without it the same fonts give the same bytes.
    whole.recalcTimestamp = False
    whole["head"].created = whole["head"].modified = _MOMENT
    whole.save(path)
    return path


def _say_what_it_is(font: Any, style: str, weight: int) -> None:
    """Names and style bits, by which a typesetter finds the weight."""
    names = font["name"]
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    for number, pattern in _NAMES.items():
        words = pattern.format(family=FAMILY, style=style, compact=FAMILY.replace(" ", ""))
        names.setName(words, number, 3, 1, 0x409)
    is_bold = style == "Bold"
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = _SELECTION_BOLD if is_bold else _SELECTION_REGULAR
    font["head"].macStyle = _MAC_BOLD if is_bold else 0


if __name__ == "__main__":
    for made in make():
        print(f"made: {made.name}")
    sys.exit(0)
