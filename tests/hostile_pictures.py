"""Pictures that nobody should upload, made small: each as what it is called, its bytes, and what becomes of it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms
from pillow_heif import HeifImagePlugin  # noqa: F401 (importing it lets Pillow write HEIC)

#: What a refusal says, in a word or two.
DAMAGED, MANY, NARROW, MOVES, PASSES = "cannot be read", "too many pixels", "too narrow", "moves", "passes"

SECRET = b"51.5007N-0.1246W Alice"
MARK = (10, 200, 60)


def small(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Image.Image:
    """A picture whose left upper corner is another colour than the rest."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste(MARK, (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def encoded(kind: str, image: Image.Image | None = None, **more: Any) -> bytes:
    """A picture as a file."""
    made = BytesIO()
    (image or small()).save(made, kind, **more)
    return made.getvalue()


def exif(turn: int = 1) -> Image.Exif:
    """Where and with what it was taken, and how the camera was held."""
    said = Image.Exif()
    said[0x010E], said[0x0112] = SECRET.decode(), turn
    said.get_ifd(0x8825)[2] = (51.0, 30.0, 2.5)
    return said


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, data: bytes = b"", extra: bytes = b"") -> bytes:
    """A PNG that claims a size, whatever pixels it has."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = png_chunk(b"IDAT", data or zlib.compress(b""))
    return b"\x89PNG\r\n\x1a\n" + header + extra + pixels + png_chunk(b"IEND", b"")


def claiming(content: bytes, width: int, height: int) -> bytes:
    """A JPEG that claims another size."""
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def webp_claiming(width: int, height: int) -> bytes:
    """A WebP with a canvas of that size."""
    canvas = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    inside = b"WEBPVP8X" + struct.pack("<I", 10) + canvas + encoded("WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def many_scans(count: int) -> bytes:
    """A progressive JPEG that goes over its pixels again and again."""
    content = encoded("JPEG", progressive=True)
    at = content.rindex(b"\xff\xda")
    return content[:at] + content[at:-2] * count + b"\xff\xd9"


def moving(kind: str) -> bytes:
    """Three frames."""
    frames = [small(), small().rotate(90), small().rotate(180)]
    return encoded(kind, frames[0], save_all=True, append_images=frames[1:], duration=100)


def heic() -> bytes:
    """What a phone makes."""
    return encoded("HEIF", exif=exif(6), quality=90)


def heic_claiming(width: int, height: int) -> bytes:
    """A HEIC that claims another size in its properties."""
    content = heic()
    at = content.index(b"ispe") + 8
    return content[:at] + struct.pack(">II", width, height) + content[at + 8 :]


def profile() -> bytes:
    """A colour profile that is none of the web's."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


@cache
def whole() -> dict[str, bytes]:
    """One good picture in each format."""
    return {
        "jpg": encoded("JPEG"),
        "png": encoded("PNG"),
        "webp": encoded("WEBP"),
        "avif": encoded("AVIF"),
        "heic": heic(),
    }


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """Each: the file's name, its bytes, and a word of the refusal."""
    words = png_chunk(b"zTXt", b"words\0\0" + zlib.compress(bytes(900_000)))
    yield "bomb.png", png_of(30_000, 30_000, zlib.compress(bytes(400_000))), MANY
    yield "bomb-of-words.png", png_of(48, 32, extra=words * 60), DAMAGED
    yield "one-line.png", png_of(1, 40_000_000), NARROW
    yield "thin.png", encoded("PNG", small(size=(900, 8))), NARROW
    yield "bomb.jpg", claiming(encoded("JPEG"), 65_000, 65_000), MANY
    yield "bomb-just-below-pillows.jpg", claiming(encoded("JPEG"), 9_000, 7_500), MANY
    yield "scans.jpg", many_scans(400), PASSES
    yield "bomb.webp", webp_claiming(16_383, 16_383), MANY
    yield "bomb.heic", heic_claiming(30_000, 30_000), DAMAGED
    for suffix, content in whole().items():
        yield f"cut.{suffix}", content[: len(content) * 2 // 3], DAMAGED
        yield f"cut-head.{suffix}", content[:20], DAMAGED
    for kind in ("PNG", "WEBP", "AVIF"):
        yield f"moving.{kind.lower()}", moving(kind), MOVES
    yield "moving.gif", moving("GIF"), DAMAGED
    yield "gif-called.png", moving("GIF"), DAMAGED
    yield "drawing.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", DAMAGED
    yield "entities.png", b"<!DOCTYPE a [<!ENTITY b 'bbbb'>]><svg>&b;</svg>" * 2000, DAMAGED
    yield "page.jpg", b"<html><script>alert(1)</script>", DAMAGED
    yield "tiff.jpg", encoded("TIFF"), DAMAGED
    yield "archive.png", b"PK\x03\x04" + bytes(2000), DAMAGED
    yield "zeros.jpg", bytes(5000), DAMAGED


def harmless() -> Iterator[tuple[str, bytes]]:
    """Files with something in them that is not kept, or in colours that are not the web's."""
    yield "places.jpg", encoded("JPEG", exif=exif())
    yield "places.png", encoded("PNG", exif=exif())
    yield "places.webp", encoded("WEBP", exif=exif())
    yield "places.avif", encoded("AVIF", exif=exif())
    yield "places.heic", heic()
    yield "huge-xmp.webp", encoded("WEBP", xmp=SECRET + bytes(2_000_000))
    yield "words.jpg", encoded("JPEG", comment=SECRET)
    yield "page-behind.jpg", encoded("JPEG") + b"<script>alert(1)</script>" + SECRET
    yield "archive-behind.png", encoded("PNG") + b"PK\x03\x04" + SECRET
    yield "print.jpg", encoded("JPEG", small("CMYK"))
    yield "broken-profile.jpg", encoded("JPEG", icc_profile=b"no profile at all" + SECRET)
    yield "foreign-profile.png", encoded("PNG", icc_profile=profile())
    yield "16-bit.png", encoded("PNG", small("L").convert("I").point(lambda value: value * 257).convert("I;16"))
    yield "palette.png", encoded("PNG", small("P"), transparency=0)
    see_through = small("RGBA")
    see_through.putalpha(small("L"))
    yield "see-through.webp", encoded("WEBP", see_through, lossless=True)
    yield "opaque.webp", encoded("WEBP", small("RGBA"), lossless=True)
    yield "one-bit.png", encoded("PNG", small("L").point(lambda value: 255 * (value > 100)).convert("1"))
    yield "broken-exif.jpg", encoded("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + SECRET)
    yield "called.png", encoded("JPEG")
