"""What is known of a video by its bytes, and why one is not taken. Pure."""

from __future__ import annotations

from typing import NamedTuple

#: So many parts of a film may be looked at, some of them more than once, which takes about a second. Ten minutes in 120
#: pictures and 50 pieces of sound a second are 102,000 parts.
MOST_PARTS = 200_000
#: Picture and sound, and the sound in other languages.
MOST_TRACKS = 16


class Facts(NamedTuple):
    """How large its picture is, in pixels, and how long it takes where it says so."""

    width: int
    height: int
    seconds: float | None


class CutOff(ValueError):
    """The file ends before what it announces, or is damaged."""


class Content(bytearray):
    """A film to be looked through, which may not take for ever: each part that is looked at is counted."""

    looked_at = 0

    def look_at(self, parts: int = 1) -> None:
        """Count parts that are about to be looked at. Raises ``NotPlayable`` when there are more than any film has."""
        self.looked_at += parts
        if self.looked_at > MOST_PARTS:
            raise NotPlayable("too_many_parts")


class NotPlayable(ValueError):
    """No file that every browser plays, or one that holds more than picture and sound; named by a word of our own."""
