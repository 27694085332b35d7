"""What the bytes of a picture say before anybody decodes them: their size, their passes, and what else is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
#: The pieces of a PNG that are pixels, palette and transparency; all others are words, times, profiles, frames.
_PIXELS_OF_PNG = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_MOST_BITS = 8

_SOI, _EOI, _START_OF_SCAN, _END = b"\xff\xd8", b"\xff\xd9", 0xDA, 0xD9
_JFIF = 0xE0
#: Segments of a JPEG that are pixels: frames (the usual and the progressive), tables, where to start again, scans.
_FRAMES_OF_JPEG = frozenset({0xC0, 0xC1, 0xC2})
_PIXELS_OF_JPEG = _FRAMES_OF_JPEG | {0xC4, 0xDB, 0xDD, _START_OF_SCAN}
#: With a fourth it is a picture for print.
_COLOURS = 3
#: In a scan 0xFF is followed by 0 or a restart; anything else is the next segment.
_NEXT_SEGMENT = re.compile(rb"\xff[^\x00\xd0-\xd7]")
_JFIF_BYTES = 16


def scans(content: bytes) -> int:
    """How many passes a JPEG makes over its pixels, at most: 0xFF 0xDA stands nowhere else, but for thumbnails."""
    return content.count(b"\xff\xda")


def has_one_scan(content: bytes) -> bool:
    """Whether a JPEG is well formed to its end and goes over its pixels once, so that nothing of it waits in memory."""
    kinds = [kind for kind, _at in _segments(content)]
    return kinds.count(_START_OF_SCAN) == 1 and kinds[-1] == _END


def webp_size(content: bytes) -> tuple[int, int] | None:
    """Width and height a WebP claims; none for anything else."""
    if len(content) < 30 or content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    if content[12:16] == b"VP8X":
        return _little(content[24:27]) + 1, _little(content[27:30]) + 1
    if content[12:16] == b"VP8L":
        bits = _little(content[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _little(content[26:28]) & 0x3FFF, _little(content[28:30]) & 0x3FFF


def is_nothing_but_pixels(content: bytes) -> bool:
    """Whether a JPEG or PNG holds no word, profile, thumbnail or turn, and nothing stands behind its end."""
    if content.startswith(_PNG):
        return _is_bare_png(content)
    return content.startswith(_SOI) and _is_bare_jpeg(content)


def _is_bare_png(content: bytes) -> bool:
    at = len(_PNG)
    while at + 12 <= len(content):
        kind = content[at + 4 : at + 8]
        if kind not in _PIXELS_OF_PNG or (kind == b"IHDR" and content[at + 16] > _MOST_BITS):
            return False
        at += 12 + int.from_bytes(content[at : at + 4], "big")
        if kind == b"IEND":
            return at == len(content)
    return False


def _is_bare_jpeg(content: bytes) -> bool:
    end = 0
    for kind, at in _segments(content):
        size, end = int.from_bytes(content[at + 2 : at + 4], "big"), at + 2
        is_jfif = kind == _JFIF and size == _JFIF_BYTES and content[at + 4 : at + 9] == b"JFIF\0"
        is_for_print = kind in _FRAMES_OF_JPEG and content[at + 9] > _COLOURS
        if is_for_print or not (kind in _PIXELS_OF_JPEG or kind == _END or is_jfif):
            return False
    return end == len(content) and content.endswith(_EOI)


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """The segments of a JPEG, to its end or to where it is not one: what it is, and where."""
    at = len(_SOI)
    while at + 2 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        yield kind, at
        if kind == _END:
            return
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if kind == _START_OF_SCAN:
            following = _NEXT_SEGMENT.search(content, at)
            at = following.start() if following else len(content)


def _little(piece: bytes) -> int:
    return int.from_bytes(piece, "little")
