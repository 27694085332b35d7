"""A large file piece by piece, from whatever storage it is in: whoever skips through a film asks for its middle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

#: So much of a file is in memory at a time.
PIECE_BYTES = 1024 * 1024
_ASKED = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class NotThere(Exception):
    """A part was asked for that lies behind the end."""


def part_asked(asked: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte of what a ``Range`` asks for; none where all of it is to be sent.

    More than one part, and what cannot be read, is answered with everything, as the protocol allows. Raises
    ``NotThere``.
    """
    found = _ASKED.fullmatch(asked.replace(" ", ""))
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        first, last = str(max(0, size - int(last))), ""
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start >= size:
        raise NotThere
    return None if end < start else (start, end)


def pieces(storage: Any, name: str, first: int, last: int) -> Iterator[bytes]:
    """The bytes from the first to the last. Raises ``OSError`` where the file ends before, and ``StorageAway``."""
    at = first
    while at <= last:
        piece = _piece(storage, name, at, min(at + PIECE_BYTES - 1, last))
        if not piece:
            raise EOFError(f"{name} ends at {at} bytes")
        yield piece
        at += len(piece)


def _piece(storage: Any, name: str, first: int, last: int) -> bytes:
    if hasattr(storage, "part"):  # in a bucket: it sends what is asked for
        sent: bytes = storage.part(name, first, last)
        return sent
    with storage.open(name) as file:
        file.seek(first)
        read: bytes = file.read(last - first + 1)
        return read
