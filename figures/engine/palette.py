"""Colours: each has a name, a light and a dark value, and is written as a presentation attribute.

Themed drawings say ``var(--fg-skin,#d9a184)``: the page's custom property where there is one, the light colour where
there is none (a picture of its own, a mail). There is no style attribute and no style element, which the content
security policy would refuse. Drawings for paper and for picture cards carry plain colours.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Theme = Literal["themed", "light", "dark", "print", "grey"]


class Paint(NamedTuple):
    """A colour on a light page and on a dark one, and on paper when that differs."""

    light: str
    dark: str
    paper: str = ""


PAINTS: dict[str, Paint] = {
    "skin": Paint("#d9a184", "#d9a184"),
    "skin-far": Paint("#c58d71", "#b9826a"),
    "tee": Paint("#6fb0ab", "#6fb0ab"),
    "tee-far": Paint("#5c9c97", "#5c9c97"),
    "hair": Paint("#3a2c2a", "#54433c"),
    "skin-m1": Paint("#8d5a3c", "#96623f"),
    "skin-far-m1": Paint("#764a30", "#794e34"),
    "tee-m1": Paint("#e3b34b", "#dcaa45"),
    "tee-far-m1": Paint("#c99a35", "#bf9233"),
    "hair-m1": Paint("#1d1615", "#4a3a36"),
    "skin-m2": Paint("#f0c6a8", "#e8bd9f"),
    "skin-far-m2": Paint("#deb08f", "#cda283"),
    "tee-m2": Paint("#c98aa0", "#c98aa0"),
    "tee-far-m2": Paint("#b3748b", "#b3748b"),
    "hair-m2": Paint("#8a8f94", "#9ea3a8"),
    "skin-m3": Paint("#7a4c35", "#85553c"),
    "skin-far-m3": Paint("#5d3824", "#613d2b"),
    "tee-m3": Paint("#9fb7d9", "#9fb7d9"),
    "tee-far-m3": Paint("#83a0c8", "#83a0c8"),
    "hair-m3": Paint("#120d0c", "#473834"),
    "scarf": Paint("#7d6a9c", "#9583b3"),
    "leggings": Paint("#2a4250", "#3d5768"),
    "leggings-far": Paint("#4d6878", "#587486"),
    "line": Paint("#1a2b34", "#0a1518"),
    "muscle": Paint("#f0653a", "#f0653a"),
    "muscle-inner": Paint("#ff9f77", "#ff9f77", "#ffeadf"),
    "arrow": Paint("#0b6660", "#6fd3c7"),
    "mat": Paint("#cfe0dc", "#2b4a47"),
    "mat-edge": Paint("#b5cdc8", "#213a38"),
    "wall": Paint("#d3dcda", "#384e50"),
    "wall-edge": Paint("#c2cdca", "#2d4244"),
    "wood": Paint("#d8b98f", "#d8b98f"),
    "wood-front": Paint("#c6a577", "#c6a577"),
    "wood-edge": Paint("#b08d5c", "#b08d5c"),
    "couch": Paint("#c9c4d6", "#5d5873"),
    "couch-front": Paint("#b3adc4", "#4e4a63"),
    "couch-edge": Paint("#9c95b0", "#413d54"),
    "pillow": Paint("#eef1f4", "#c9d2d6"),
    "pillow-line": Paint("#aab5bd", "#7e8b92"),
    "towel": Paint("#f3efe6", "#d9d3c4"),
    "ball": Paint("#0b6660", "#6fd3c7"),
    "ball-light": Paint("#5fa8a2", "#b5ebe4"),
    "metal": Paint("#77868d", "#93a3aa"),
    "strap": Paint("#e9b44c", "#e9b44c"),
    "ghost": Paint("#d9e5e1", "#25393d"),
    "stage": Paint("#eef4f1", "#1a2e32"),
    "shadow": Paint("#0b2b2b", "#000000"),
}


def grey_of(colour: str) -> str:
    """The grey a black and white printer makes of a colour (the weights of Rec. 709)."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    grey = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return f"#{grey:02x}{grey:02x}{grey:02x}"


class Palette:
    """Gives the colour to write for a name, in one theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def __getitem__(self, name: str) -> str:
        """What goes into ``fill`` or ``stroke``; KeyError for a colour nobody named."""
        paint = PAINTS[name]
        if self.theme == "themed":
            return f"var(--fg-{name},{paint.light})"
        if self.theme == "dark":
            return paint.dark
        if self.theme == "light":
            return paint.light
        return paint.paper or paint.light if self.theme == "print" else grey_of(paint.paper or paint.light)


def resolved(svg: str, theme: Theme) -> str:
    """A themed drawing in the colours of another theme: the same bytes as if it had been drawn in that theme."""
    if theme == "themed":
        return svg
    palette = Palette(theme)
    return _THEMED.sub(lambda found: palette[found[1]], svg)


_THEMED = re.compile(r"var\(--fg-([a-z0-9-]+),#[0-9a-f]{6}\)")
