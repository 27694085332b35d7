"""A clinic's logo: made of an upload, small enough to be kept with the clinic's words, the same on screen and paper.

What was uploaded is kept nowhere: it is looked at as every picture is (``clinical.pictures.intake``), and its pixels
are written anew at the size the largest of its places needs. It is in the database and no file, so that every server of
a site has it, and each backup.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

from clinical.pictures.intake import decoding, taken

#: What is kept, in pixels: four times what the header shows of it, enough for paper.
MOST_WIDTH, MOST_HEIGHT = 800, 160
#: What the header shows of it at most, in pixels.
HEADER_WIDTH, HEADER_HEIGHT = 200, 40
#: On white: a picture of which nothing is darker than this, of 255, is blank (a contrast of 1.1 to 1).
BLANK = 244


@dataclass(frozen=True)
class Logo:
    """A PNG, its size in pixels, and what tells it from every other."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Twenty letters of its address."""
        return hashlib.sha256(self.content).hexdigest()[:20]


def logo_of(upload: bytes) -> Logo:
    """The logo that is kept.

    Raises ``ValidationError`` for what is no picture, moves, is too large or narrow, or shows nothing on white.
    """
    made = taken(upload)
    with decoding():
        image = Image.open(BytesIO(made.content))
        image.thumbnail((MOST_WIDTH, MOST_HEIGHT))
        _refuse_blank(image)
        written = BytesIO()
        image.save(written, "PNG", optimize=True)
    return Logo(written.getvalue(), *image.size)


def _refuse_blank(image: Image.Image) -> None:
    if min(_on_white(image).tobytes()) > BLANK:
        raise ValidationError(
            _(
                "Nothing of this picture can be seen on white: it is empty, transparent or white. Choose one that is "
                "drawn for white paper."
            )
        )


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in greys as it looks on white, where it always stands."""
    image = image.convert("RGBA")
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image)
    return ground.convert("L")


def size_in_header(width: int, height: int) -> tuple[int, int]:
    """Width and height it is shown in, in pixels of the page; never larger than it is."""
    scale = min(HEADER_WIDTH / width, HEADER_HEIGHT / height, 1)
    return max(1, round(width * scale)), max(1, round(height * scale))


@lru_cache(maxsize=2)
def logo_in_grey(content: bytes) -> str:
    """As an SVG in black and white, on white: what a handout prints, on any printer the same."""
    image = Image.open(BytesIO(content))
    written = BytesIO()
    _on_white(image).save(written, "PNG")
    width, height = image.size
    data = b64encode(written.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )
