"""A clinic's two colours, one for light pages and one for dark: only what can be read on each is taken.

They take the place of the site's own colour of links and buttons. What says "stop", "ask first" or "call" keeps its
colours, and so does the ring round what has the focus, which stands against the page and not against the colour. A
colour that would be taken for that of "stop" is refused too: readers learn what red means here. Pure.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Sequence

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
#: What anybody calls a red, however light or dark: from claret's edge to orange's, in degrees round OKLab, where the
#: reds of "stop" and "call now" stand at 26 to 29; with less colour in it than this it is a brown or a grey.
RED_FROM, RED_TO, RED_LEAST = 14, 43, 0.09
#: How far the colour under the pointer is from it, towards black on light pages and white on dark ones.
HOVER = 0.25

_WRITTEN = re.compile(r"#[0-9a-f]{6}")


def is_written(colour: str) -> bool:
    """Whether this is a colour as one is written: # and six letters or figures."""
    return bool(_WRITTEN.fullmatch(colour.lower()))


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
    if not is_written(colour):
        raise ValidationError(_("Write the colour as # and six letters or figures, such as #0b6660."))
    least = min(contrast(colour, ground) for ground in grounds)
    if least < LEAST_CONTRAST:
        said = _("Too faint on %(pages)s pages: %(found)s to 1; at least %(least)s is needed.")
        found = math.floor(least * 10) / 10  # never said to be more than it is
        raise ValidationError(said % {"pages": pages, "found": found, "least": LEAST_CONTRAST})
    if is_red(colour):
        said = _("Too like the red of “Stop” on %(pages)s pages. Red is for warnings alone: choose another colour.")
        raise ValidationError(said % {"pages": pages})


def is_red(colour: str) -> bool:
    """Whether a colour is a red: what a reader of warnings would take for one."""
    _lightness, to_red, to_yellow = _in_oklab(colour)
    hue = math.degrees(math.atan2(to_yellow, to_red))
    return RED_FROM <= hue <= RED_TO and math.hypot(to_red, to_yellow) >= RED_LEAST


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
    red, green, blue = _light(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _light(colour: str) -> tuple[float, ...]:
    """How much red, green and blue light it is, 0 to 1 each."""
    return tuple(
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in _parts(colour))
    )


#: From light to what the three cones of an eye answer, and from the cube roots of that to OKLab (Ottosson, 2020).
_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_OKLAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def _in_oklab(colour: str) -> tuple[float, ...]:
    cones = [_product(row, _light(colour)) ** (1 / 3) for row in _TO_CONES]
    return tuple(_product(row, cones) for row in _TO_OKLAB)


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
