"""Videos of a few kilobytes, made byte by byte: a WebM that browsers play, an MP4 with a place and a name in it."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from clinical.models import Picture
from exercises.models import Video
from tests import hostile_pictures as pictures

WORDS = "WEBVTT\n\n00:00.000 --> 00:01.000\nLean forward.\n"
PLACE, PERSON = b"+52.5200+013.4050/", b"Jane Doe"
SAID = {
    "captions": WORDS,
    "transcript": "She leans forward.\n\nHer heel stays down.",
    "author": "A. Clinic",
    "source": "Filmed here",
    "licence": "CC BY 4.0",
    "consent": "nobody_shown",
}


def webm(seconds: float = 2.0, size: tuple[int, int] = (160, 120)) -> bytes:
    """Frames of one colour, each after a second; with a title, a tag with a place and a writing program."""
    frames = [_frame(size, (40 * number, 120, 90)) for number in range(3)]
    info = _el(0x2AD7B1, (1_000_000).to_bytes(3)) + _el(0x4489, struct.pack(">d", seconds * 1000))
    info += _el(0x7BA9, PERSON) + _el(0x4D80, b"muxer") + _el(0x5741, b"Phone 15 of " + PERSON)
    shape = _el(0xB0, size[0].to_bytes(2)) + _el(0xBA, size[1].to_bytes(2))
    track = _el(0xD7, b"\1") + _el(0x73C5, b"\1") + _el(0x83, b"\1") + _el(0x86, b"V_VP8") + _el(0x536E, PERSON)
    tracks = _el(0x1654AE6B, _el(0xAE, track + _el(0xE0, shape)))
    blocks = b"".join(
        _el(0xA3, b"\x81" + (number * 900).to_bytes(2) + b"\x80" + frame) for number, frame in enumerate(frames)
    )
    cluster = _el(0x1F43B675, _el(0xE7, b"\0") + blocks)
    tags = _el(0x1254C367, PLACE * 20)
    head = _el(0x1A45DFA3, _el(0x4282, b"webm") + _el(0x4287, b"\2") + _el(0x4285, b"\2"))
    return head + _el(0x18538067, _el(0x1549A966, info) + tracks + cluster + tags)


def _frame(size: tuple[int, int], colour: tuple[int, int, int]) -> bytes:
    """A lossy WebP is one frame of VP8 in a box of its own."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "WEBP", quality=50)
    content = written.getvalue()
    return content[20 : 20 + int.from_bytes(content[16:20], "little")]


def _el(number: int, body: bytes) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8) + (1 << 56 | len(body)).to_bytes(8) + body


def box(kind: bytes, body: bytes = b"") -> bytes:
    """A box of an MP4."""
    return (8 + len(body)).to_bytes(4) + kind + body


def mp4(
    codec: bytes = b"avc1",
    brand: bytes = b"isom",
    more: bytes = b"",
    seconds: int = 3,
    sort: bytes = b"vide",
    at: int = 40,
) -> bytes:
    """An MP4 by its boxes, dated, with a place and a name in it; ``more`` stands among the tracks."""
    dated = b"\0\0\0\0" + b"\xde\xad\xbe\xef" * 2
    header = box(b"mvhd", dated + (1000).to_bytes(4) + (seconds * 1000).to_bytes(4) + bytes(80))
    shape = (640 << 16).to_bytes(4) + (360 << 16).to_bytes(4)
    sample = box(codec, bytes(42) + b"Encoder of " + PERSON + bytes(13) + bytes(4))
    one = bytes(4) + (1).to_bytes(4)
    table = box(b"stsd", one + sample) + box(b"stco", one + at.to_bytes(4))
    sources = box(b"dinf", box(b"dref", one + box(b"url ", b"\0\0\0\1")))
    media = box(b"mdhd", dated + bytes(12)) + box(b"hdlr", bytes(8) + sort + bytes(12) + PERSON + b"\0")
    media += box(b"minf", box(b"vmhd", bytes(12)) + sources + box(b"stbl", table))
    track = box(b"trak", box(b"tkhd", dated + bytes(64) + shape) + box(b"mdia", media) + box(b"udta", PERSON))
    place = box(b"udta", box(b"\xa9xyz", PLACE) + box(b"loci", PLACE))
    first = box(b"ftyp", brand + bytes(4) + brand)
    return first + box(b"moov", header + track + more + place) + box(b"uuid", PLACE) + box(b"mdat", b"\x11" * 200)


def a_file(content: bytes | None = None, name: str = "IMG_0001 Jane.webm") -> SimpleUploadedFile:
    """It as it is uploaded."""
    return SimpleUploadedFile(name, content or webm(), "video/webm")


def picture_file(size: tuple[int, int]) -> SimpleUploadedFile:
    """A picture of this size, as it is uploaded."""
    return SimpleUploadedFile("still.png", pictures.encoded("PNG", pictures.small(size=size)), "image/png")


def poster(title: str = "Still", **more: Any) -> Picture:
    """A still picture."""
    said = {"alternative_text": "Hands on a wall.", "source": "Own work", "licence": "CC BY 4.0", "consent": "given"}
    return Picture.objects.create(title=title, **{"file": picture_file((48, 32)), **said, **more})


def video(title: str = "Leaning", **more: Any) -> Video:
    """A video with everything said about it."""
    said = {"file": a_file(), "poster": more.pop("poster", None) or poster(), **SAID, **more}
    return Video.objects.create(title=title, **said)
