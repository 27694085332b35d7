"""A WebM by its elements: whether it is whole and can be played in browsers, and everything but picture and sound out.

Pure. As in an MP4 nothing moves: what is not needed is made an empty element of the same length.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import NamedTuple

from exercises.videos.facts import MOST_TRACKS, Content, CutOff, Facts, NotPlayable

START = b"\x1a\x45\xdf\xa3"
_EBML, _SEGMENT, _DOCUMENT, _VOID = 0x1A45DFA3, 0x18538067, 0x4282, 0xEC
_INFO, _TRACKS, _TRACK, _CLUSTER = 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675
_SCALE, _DURATION, _MUXER, _WRITER = 0x2AD7B1, 0x4489, 0x4D80, 0x5741
_TYPE, _CODEC, _PICTURE, _WIDTH, _HEIGHT = 0x83, 0x86, 0xE0, 0xB0, 0xBA
_SEEKING, _CUES = 0x114D9B74, 0x1C53BB6B
#: By element, which elements in it belong to picture and sound. Titles, dates, tags and attachments are others.
_NEEDED = {
    _SEGMENT: frozenset({_SEEKING, _INFO, _TRACKS, _CLUSTER, _CUES}),
    _INFO: frozenset({_SCALE, _DURATION, _MUXER, _WRITER}),
    _TRACKS: frozenset({_TRACK}),
    _TRACK: frozenset(
        {0xD7, 0x73C5, _TYPE, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x23E383, 0x56AA, 0x56BB, _CODEC, 0x63A2, _PICTURE}
        | {0xE1, 0x22B59C}
    ),
}
#: By sort of track, what every browser of today plays.
CODECS = {1: frozenset({b"V_VP8", b"V_VP9", b"V_AV1"}), 2: frozenset({b"A_OPUS", b"A_VORBIS"})}
_MOST_SHORT = 126
_NANOSECONDS = 1_000_000_000
#: A whole number takes eight bytes at most.
_MOST_BYTES_OF_A_NUMBER = 8


class Element(NamedTuple):
    """An element: its number, where it begins, where what is in it begins, and where it ends."""

    number: int
    start: int
    body: int
    end: int


def bared(content: Content) -> Facts:
    """Take everything out, in place, that is not picture or sound; what is left, in figures.

    Raises ``CutOff`` for a file that is not whole and ``NotPlayable`` with the reason for one browsers do not play.
    """
    there = list(_elements(content, 0, len(content)))
    if [element.number for element in there if element.number != _VOID] != [_EBML, _SEGMENT]:
        raise CutOff
    head = {inner.number: inner for inner in _elements(content, there[0].body, there[0].end)}
    if _DOCUMENT not in head or _bytes(content, head[_DOCUMENT]) != b"webm":
        raise NotPlayable("kind")
    film = next(element for element in there if element.number == _SEGMENT)
    _keep_the_needed(content, film)
    return _facts(content, film)


def _elements(content: Content, start: int, end: int) -> Iterator[Element]:
    at = start
    while at < end:
        content.look_at()
        number, behind = _number(content, at, end, keep_mark=True)
        size, body = _number(content, behind, end, keep_mark=False)
        if size == (1 << 7 * (body - behind)) - 1:  # "until it ends", which only a recorder says
            if number != _SEGMENT:
                raise NotPlayable("pieces")
            size = end - body
        if body + size > end:
            raise CutOff
        yield Element(number, at, body, body + size)
        at = body + size


def _number(content: Content, at: int, end: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number that says by its first bits how long it is, and where it ends."""
    first = content[at] if at < end else 0
    length = 9 - first.bit_length()
    if not first or at + length > end:
        raise CutOff
    value = int.from_bytes(content[at : at + length])
    return (value if keep_mark else value & ((1 << 7 * length) - 1)), at + length


def _empty(content: Content, element: Element) -> None:
    length = element.end - element.start
    if length - 2 <= _MOST_SHORT:
        head = bytes([_VOID, 0x80 | (length - 2)])
    else:
        head = bytes([_VOID, 1]) + (length - 9).to_bytes(7)
    content[element.start : element.end] = head + bytes(length - len(head))


def _keep_the_needed(content: Content, within: Element) -> None:
    for element in _elements(content, within.body, within.end):
        if element.number not in _NEEDED[within.number]:
            _empty(content, element)
        elif element.number in _NEEDED:
            _keep_the_needed(content, element)
        elif element.number in {_MUXER, _WRITER}:  # they must be there
            content[element.body : element.end] = bytes(element.end - element.body)
        elif element.number == _CLUSTER:
            for _block in _elements(content, element.body, element.end):
                pass


def _facts(content: Content, film: Element) -> Facts:
    inside = {element.number: element for element in _elements(content, film.body, film.end)}
    if not {_INFO, _TRACKS, _CLUSTER} <= inside.keys():
        raise CutOff
    told = list(_elements(content, inside[_TRACKS].body, inside[_TRACKS].end))
    if sum(each.number == _TRACK for each in told) > MOST_TRACKS:
        raise NotPlayable("too_many_parts")
    tracks = [_track(content, each) for each in told]
    sizes = [size for size in tracks if size is not None]
    if not sizes:
        raise NotPlayable("no_picture")
    return Facts(*sizes[0], _seconds(content, inside[_INFO]))


def _track(content: Content, track: Element) -> tuple[int, int] | None:
    """The size of its picture; none for sound. Raises ``NotPlayable`` for any other sort, and for other codecs."""
    if track.number != _TRACK:
        return None
    inside = {element.number: element for element in _elements(content, track.body, track.end)}
    if not {_TYPE, _CODEC} <= inside.keys():
        raise CutOff
    sort = _whole(content, inside[_TYPE])
    if sort not in CODECS:
        raise NotPlayable("other_track")
    if _bytes(content, inside[_CODEC]) not in CODECS[sort]:
        raise NotPlayable("codec")
    if _PICTURE not in inside:
        return None
    shape = {each.number: each for each in _elements(content, inside[_PICTURE].body, inside[_PICTURE].end)}
    if not {_WIDTH, _HEIGHT} <= shape.keys():
        raise CutOff
    return _whole(content, shape[_WIDTH]), _whole(content, shape[_HEIGHT])


def _seconds(content: Content, head: Element) -> float | None:
    inside = {element.number: element for element in _elements(content, head.body, head.end)}
    if _DURATION not in inside:
        return None
    told = _bytes(content, inside[_DURATION])
    if len(told) not in {4, 8}:
        raise CutOff
    length: float = struct.unpack(">f" if len(told) == 4 else ">d", told)[0]
    scale = _whole(content, inside[_SCALE]) if _SCALE in inside else 1_000_000
    seconds = length * scale / _NANOSECONDS
    if not math.isfinite(seconds) or seconds < 0:
        raise CutOff
    return seconds


def _whole(content: Content, element: Element) -> int:
    """A whole number. Raises ``CutOff`` for one that is wider than any."""
    if element.end - element.body > _MOST_BYTES_OF_A_NUMBER:
        raise CutOff
    return int.from_bytes(content[element.body : element.end])


def _bytes(content: Content, element: Element) -> bytes:
    return (
        bytes(content[element.body : element.end]).rstrip(b"\0")
        if element.number in {_DOCUMENT, _CODEC}
        else bytes(content[element.body : element.end])
    )
