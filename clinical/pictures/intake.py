"""What pictures are taken in, and what becomes of them: measured before anything is decoded, then made anew.

Whatever is uploaded is somebody's file. It may claim a size no memory holds, say where a patient was photographed,
or be two things at once. So its header is asked first, it is decoded within limits, and what is kept is written by us
from its pixels alone: turned upright, in the colours of the web, without places, names, thumbnails or anything behind
its end. A picture that already is nothing but pixels is kept to the byte.

Nothing here knows models or forms. A refusal is a ``ValidationError`` that says what to do instead.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, PngImagePlugin
from pillow_heif import HeifImagePlugin  # noqa: F401 (importing it lets Pillow read HEIC)

from clinical.pictures.picture_bytes import has_one_scan, is_nothing_but_pixels, scans, webp_size

#: A phone's 12 megapixels, with a little to spare; decoding and writing them takes up to 130 MB.
MOST_PIXELS = 13_000_000
#: WebP is decoded into several copies of the whole picture.
MOST_PIXELS_OF_WEBP = 8_000_000
#: A larger JPEG that goes over its pixels once is decoded at half or a quarter of its size, which costs no more.
MOST_PIXELS_OF_JPEG = 64_000_000
#: The longer side against the shorter: narrower, and a small view of it would be thinner than a line.
MOST_ASPECT = 20
#: Passes of a progressive JPEG over its pixels. Usual is 10; a file of 10 MB can ask for thousands.
MOST_SCANS = 100
#: Pictures decoded at the same time in one process, and how long another waits for its turn.
AT_ONCE, PATIENCE_SECONDS = 2, 20
JPEG_QUALITY = 90
#: Between quick and small: the smallest takes ten times as long.
PNG_LEVEL = 4

#: What Pillow may try to read, in its names. MPO is what some phones make: a JPEG with more behind it.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
_JPEG = frozenset({"JPEG", "MPO"})
#: Formats whose further pictures are frames of a movement. In the others they are depth, bursts and the like.
_MOVING = frozenset({"PNG", "WEBP", "AVIF"})
_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112

_turns = threading.BoundedSemaphore(AT_ONCE)


class BusyDecoding(ValidationError):
    """Others are decoding, and have for longer than one may wait. Nothing is wrong with the picture."""


@dataclass(frozen=True)
class Taken:
    """A picture as it may be kept; ``suffix`` says what it is now."""

    content: bytes
    suffix: str


def limit_pillow() -> None:
    """Pillow's own limits, for every other road on which a picture is opened. It refuses twice what is set here."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS_OF_JPEG // 2
    PngImagePlugin.MAX_TEXT_CHUNK = 1024 * 1024
    PngImagePlugin.MAX_TEXT_MEMORY = 4 * 1024 * 1024


@contextmanager
def decoding() -> Iterator[None]:
    """A turn at decoding, which is what memory is spent on. Never asked for inside itself. Raises ``BusyDecoding``."""
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise BusyDecoding(_("Other pictures are being read just now. Try again in a minute."))
    try:
        yield
    finally:
        _turns.release()


def taken(content: bytes) -> Taken:
    """The picture as it may be kept. Raises ``ValidationError`` for what cannot be read, moves, or is too large."""
    with decoding():
        image = _opened(content)
        _refuse_what_moves(image)
        is_reduced = _refuse_what_is_too_large(image, content)
        _decode(image)
        kind = str(image.format)
        if not is_reduced and is_nothing_but_pixels(content):
            return Taken(content, "png" if kind == "PNG" else "jpg")
        image = _upright(image)  # the picture as it was is let go: each copy of it is 50 MB
        image = _in_the_colours_of_the_web(image)
        return _written(image, is_lossless=kind == "PNG")


def is_readable(content: bytes) -> bool:
    """Whether a stored picture decodes to its end."""
    with decoding(), suppress(Exception):
        Image.open(BytesIO(content), formats=FORMATS).load()
        return True
    return False


def _opened(content: bytes) -> Image.Image:
    """Its header, and no pixels yet."""
    if (size := webp_size(content)) is not None:  # Pillow would make room for its pixels at once
        _refuse_more_than(MOST_PIXELS_OF_WEBP, *size)
    try:
        return Image.open(BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise _too_many_pixels(MOST_PIXELS) from bomb
    except Exception as fault:
        raise _unreadable() from fault


def _refuse_what_moves(image: Image.Image) -> None:
    if image.format in _MOVING and getattr(image, "n_frames", 1) > 1:
        raise ValidationError(_("This picture moves. Upload a still one: movement is drawn from the poses."))


def _refuse_what_is_too_large(image: Image.Image, content: bytes) -> bool:
    """Whether it will be decoded at less than its size, to fit."""
    width, height = image.size
    if max(width, height) > MOST_ASPECT * min(width, height):
        raise ValidationError(
            _("This picture is too narrow: %(width)s × %(height)s pixels. Crop it to at most %(times)s times as long.")
            % {"width": width, "height": height, "times": MOST_ASPECT}
        )
    if image.format not in _JPEG:
        _refuse_more_than(MOST_PIXELS, width, height)
        return False
    if scans(content) > MOST_SCANS:
        raise ValidationError(_("This JPEG is built up in too many passes. Export it again as a usual JPEG."))
    if width * height <= MOST_PIXELS:
        return False
    may_be_larger = has_one_scan(content) and not image.info.get("progressive")
    _refuse_more_than(MOST_PIXELS_OF_JPEG if may_be_larger else MOST_PIXELS, width, height)
    parts = 2 if width * height <= 4 * MOST_PIXELS else 4
    image.draft(None, (width // parts, height // parts))
    return True


def _refuse_more_than(most: int, width: int, height: int) -> None:
    if width * height > most:
        raise _too_many_pixels(most)


def _too_many_pixels(most: int) -> ValidationError:
    words = _(
        "This picture has too many pixels. Make it smaller, to at most %(most)s million pixels in this format; "
        "2000 × 1500 is plenty for a page."
    )
    return ValidationError(words % {"most": most // 1_000_000})


def _unreadable() -> ValidationError:
    return ValidationError(
        _(
            "This file cannot be read as a JPEG, PNG, WebP, AVIF or HEIC picture: it is something else, damaged or "
            "cut off. Export it again as JPEG or PNG, and upload that."
        )
    )


def _decode(image: Image.Image) -> None:
    try:
        image.load()
    except Exception as fault:
        raise _unreadable() from fault


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its camera was held; as it is where what it says of that is broken."""
    turn = None
    with suppress(Exception):
        turn = _TURNED.get(image.getexif().get(_ORIENTATION, 1))
    return image if turn is None else image.transpose(turn)


def _in_the_colours_of_the_web(image: Image.Image) -> Image.Image:
    """8 bits of sRGB, or of grey, with an alpha channel only where something can be seen through."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits of grey; a plain conversion would cut off all that is bright
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    has_alpha = image.has_transparency_data
    if image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        image = image.convert("RGBA" if has_alpha else "RGB")
    if profile:
        image = _without_profile(image, profile)
    if image.mode not in ("L", "RGB", "RGBA"):
        image = image.convert("RGB")
    if not has_alpha:
        return image
    image = image if image.mode == "RGBA" else image.convert("RGBA")
    return image.convert("RGB") if image.getchannel("A").getextrema()[0] == 255 else image


def _without_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Its colours in sRGB; a profile that cannot be read, or is another picture's, changes nothing."""
    with suppress(Exception):
        source, web = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        if image.mode in ("RGB", "RGBA"):
            if "sRGB" not in ImageCms.getProfileName(source):
                ImageCms.profileToProfile(image, source, web, inPlace=True)
        else:
            return ImageCms.profileToProfile(image, source, web, outputMode="RGB") or image
    return image


def _written(image: Image.Image, is_lossless: bool) -> Taken:
    image.info.clear()  # nothing of it goes along unasked
    written = BytesIO()
    if is_lossless or image.mode == "RGBA":
        image.save(written, "PNG", compress_level=PNG_LEVEL)
        return Taken(written.getvalue(), "png")
    image.save(written, "JPEG", quality=JPEG_QUALITY)
    return Taken(written.getvalue(), "jpg")
