"""An MP4 by its boxes: whether it is whole and can be played in browsers, and everything but picture and sound out.

Pure. A box that is not needed is not cut out, since the tables of a film name places in the file: it is made an empty
box of the same length. So nothing is decoded, and nothing moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exercises.videos.facts import MOST_TRACKS, Content, CutOff, Facts, NotPlayable

#: What the first box may call the file. A phone's own QuickTime file is none that every browser plays.
BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"av01"})
#: What every browser of today plays; the newer codec of phones is not among it.
CODECS = {b"vide": frozenset({b"avc1", b"avc3", b"av01", b"vp09"}), b"soun": frozenset({b"mp4a", b"Opus"})}
#: A film that is sent in pieces: each of them has tables of its own.
_IN_PIECES = frozenset({b"moof", b"mfra", b"sidx", b"styp", b"mvex"})
#: By box, which boxes in it belong to picture and sound. Places, names, times, thumbnails stand in others.
_NEEDED: dict[bytes, frozenset[bytes]] = {
    b"moov": frozenset({b"mvhd", b"trak"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset(b"stsd stts ctts cslg stss stsc stsz stz2 stco co64 sdtp sgpd sbgp subs padb stdp".split()),
}
_DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
#: Sixty-odd names of kinds are more than any film goes by.
_MOST_BYTES_OF_BRANDS = 256
_NAME_OF_ENCODER = slice(50, 82)


class Box(NamedTuple):
    """A box: what it is, where it begins, where what is in it begins, and where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


def bared(content: Content) -> Facts:
    """Take everything out, in place, that is not picture or sound; what is left, in figures.

    Raises ``CutOff`` for a file that is not whole and ``NotPlayable`` with the reason for one browsers do not play.
    """
    there = list(_boxes(content, 0, len(content)))
    kinds = [box.kind for box in there]
    if not there or kinds[0] != b"ftyp" or not _brands(content, there[0]) & BRANDS:
        raise NotPlayable("kind")
    if _IN_PIECES & set(kinds):
        raise NotPlayable("pieces")
    if kinds.count(b"moov") != 1 or b"mdat" not in kinds:
        raise CutOff
    for box in there:
        if box.kind not in {b"ftyp", b"moov", b"mdat"}:
            _empty(content, box)
    film = there[kinds.index(b"moov")]
    _keep_the_needed(content, film)
    return _facts(content, film)


def _boxes(content: Content, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places, which they must fill to the last byte. Raises ``CutOff``."""
    at = start
    while at < end:
        size, body = int.from_bytes(content[at : at + 4]), at + 8
        if size == 1:
            size, body = int.from_bytes(content[at + 8 : at + 16]), at + 16
        elif size == 0:
            size = end - at
        content.look_at()
        if body > end or at + size > end or size < body - at:
            raise CutOff
        yield Box(bytes(content[at + 4 : at + 8]), at, body, at + size)
        at += size


def _brands(content: Content, first: Box) -> set[bytes]:
    told = bytes(content[first.body : min(first.end, first.body + _MOST_BYTES_OF_BRANDS)])
    return {told[:4], *(told[at : at + 4] for at in range(8, len(told), 4))}


def _empty(content: Content, box: Box) -> None:
    content[box.start + 4 : box.start + 8] = b"free"
    content[box.body : box.end] = bytes(box.end - box.body)


def _keep_the_needed(content: Content, within: Box) -> None:
    for box in _boxes(content, within.body, within.end):
        if box.kind in _IN_PIECES:
            raise NotPlayable("pieces")
        if box.kind not in _NEEDED[within.kind]:
            _empty(content, box)
        elif box.kind in _NEEDED:
            _keep_the_needed(content, box)
        elif box.kind in _DATED:
            _without_dates(content, box)
        elif box.kind == b"hdlr":
            content[box.body + 24 : box.end] = bytes(max(0, box.end - box.body - 24))
        elif box.kind == b"dref":
            _refuse_another_file(content, box)


def _without_dates(content: Content, box: Box) -> None:
    """When it was recorded and changed, which says where somebody was that day."""
    wide = 16 if content[box.body] == 1 else 8
    content[box.body + 4 : box.body + 4 + wide] = bytes(wide)


def _refuse_another_file(content: Content, box: Box) -> None:
    """Its samples are in the file itself, which one bit says of each source."""
    for source in _boxes(content, box.body + 8, box.end):
        if not content[source.body + 3] & 1:
            raise NotPlayable("kind")


def _facts(content: Content, film: Box) -> Facts:
    found = {box.kind: box for box in _boxes(content, film.body, film.end)}
    if b"mvhd" not in found:
        raise CutOff
    tracks = [box for box in _boxes(content, film.body, film.end) if box.kind == b"trak"]
    if len(tracks) > MOST_TRACKS:
        raise NotPlayable("too_many_parts")
    sizes = [_size(content, track) for track in tracks if _sort_of_track(content, track) == b"vide"]
    if not sizes:
        raise NotPlayable("no_picture")
    width, height = sizes[0]
    return Facts(width, height, _seconds(content, found[b"mvhd"]))


def _inside(content: Content, box: Box, *path: bytes) -> Box:
    for kind in path:
        within = (inner for inner in _boxes(content, box.body, box.end) if inner.kind == kind)
        if (found := next(within, None)) is None:
            raise CutOff
        box = found
    return box


def _sort_of_track(content: Content, track: Box) -> bytes:
    """Picture or sound. Raises ``NotPlayable`` for any other, which may hold places, and for other codecs."""
    handler = _inside(content, track, b"mdia", b"hdlr")
    sort = bytes(content[handler.body + 8 : handler.body + 12])
    if sort not in CODECS:
        raise NotPlayable("other_track")
    table = _inside(content, track, b"mdia", b"minf", b"stbl")
    described = _inside(content, table, b"stsd")
    for sample in _boxes(content, described.body + 8, described.end):
        if sample.kind not in CODECS[sort]:
            raise NotPlayable("codec")
        if sort == b"vide" and sample.end - sample.start >= _NAME_OF_ENCODER.stop:
            content[sample.start + _NAME_OF_ENCODER.start : sample.start + _NAME_OF_ENCODER.stop] = bytes(32)
    _refuse_places_behind_the_end(content, table)
    return sort


def _refuse_places_behind_the_end(content: Content, table: Box) -> None:
    """The table says where each piece of the film begins: all of them are there. Raises ``CutOff``."""
    for box in _boxes(content, table.body, table.end):
        if box.kind in {b"stco", b"co64"}:
            wide = 4 if box.kind == b"stco" else 8
            places = range(box.body + 8, box.end - wide + 1, wide)
            content.look_at(len(places))
            if any(int.from_bytes(content[at : at + wide]) >= len(content) for at in places):
                raise CutOff


def _size(content: Content, track: Box) -> tuple[int, int]:
    header = _inside(content, track, b"tkhd")
    return tuple(int.from_bytes(content[at : at + 2]) for at in (header.end - 8, header.end - 4))  # type: ignore[return-value]  # two of them


def _seconds(content: Content, header: Box) -> float | None:
    at, wide = (header.body + 20, 8) if content[header.body] == 1 else (header.body + 12, 4)
    scale, length = int.from_bytes(content[at : at + 4]), int.from_bytes(content[at + 4 : at + 4 + wide])
    return length / scale if scale and length else None
