"""A clinic's two colours, one for light pages and one for dark: only what can be read on each is taken.

They take the place of the site's own colour of links and buttons. What says "stop", "ask first" or "call" keeps its
colours, and so does the ring round what has the focus, which stands against the page and not against the colour.
Pure.
"""

from __future__ import annotations

import hashlib
import math
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: What words need against their ground (WCAG 2.2, 1.4.3); more than the 3 that a ring needs (1.4.11).
LEAST_CONTRAST = 4.5
#: The grounds a link may stand on, as in ``foundation.css``: paper, surface, sunk, stage.
LIGHT_GROUNDS = ("#faf7f2", "#ffffff", "#f1f4f0", "#eef4f1")
DARK_GROUNDS = ("#0f1c1f", "#17282c", "#122226", "#1a2e32")
#: What is written on a button of the colour.
ON_LIGHT, ON_DARK = "#ffffff", "#06211f"
#: The site's own, where only one is set: colour and hover.
OWN_LIGHT, OWN_DARK = ("#0b6660", "#084c48"), ("#6fd3c7", "#9be6dc")
#: How far the colour under the pointer is from it, towards black on light pages and white on dark ones.
HOVER = 0.25

_WRITTEN = re.compile(r"#[0-9a-f]{6}")


def contrast(one: str, other: str) -> float:
    """How well one colour (``#0b6660``) is seen on the other, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def check_on_light(colour: str) -> None:
    """Raise ``ValidationError`` for a colour that cannot be read on light pages, or not be written on."""
    _check(colour, (*LIGHT_GROUNDS, ON_LIGHT), _("light"))


def check_on_dark(colour: str) -> None:
    """The same for dark pages."""
    _check(colour, (*DARK_GROUNDS, ON_DARK), _("dark"))


def _check(colour: str, grounds: tuple[str, ...], pages: str) -> None:
    if not _WRITTEN.fullmatch(colour.lower()):
        raise ValidationError(_("Write the colour as # and six letters or figures, such as #0b6660."))
    least = min(contrast(colour, ground) for ground in grounds)
    if least < LEAST_CONTRAST:
        said = _("Too faint on %(pages)s pages: %(found)s to 1; at least %(least)s is needed.")
        found = math.floor(least * 10) / 10  # never said to be more than it is
        raise ValidationError(said % {"pages": pages, "found": found, "least": LEAST_CONTRAST})


def style_sheet(light: str, dark: str) -> str:
    """The rules that take the site's own colour's place; either may be empty."""
    of_light = (light, _towards(light, 0)) if light else OWN_LIGHT
    of_dark = (dark, _towards(dark, 255)) if dark else OWN_DARK
    names = ("--primary", "--primary-hover")
    rules = [f"{name}: light-dark({a}, {b});" for name, a, b in zip(names, of_light, of_dark, strict=True)]
    return "@layer tokens { :root { " + " ".join(rules) + " } }\n"


def digest_of(text: str) -> str:
    """Twenty letters that are others when the style sheet is."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _towards(colour: str, end: int) -> str:
    return "#" + "".join(f"{round(part + (end - part) * HOVER):02x}" for part in _parts(colour))


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
