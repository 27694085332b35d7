"""What is known of a video by its bytes, and why one is not taken. Pure."""

from __future__ import annotations

from typing import NamedTuple


class Facts(NamedTuple):
    """How large its picture is, in pixels, and how long it takes where it says so."""

    width: int
    height: int
    seconds: float | None


class CutOff(ValueError):
    """The file ends before what it announces, or is damaged."""


class NotPlayable(ValueError):
    """No file that every browser plays, or one that holds more than picture and sound; named by a word of our own."""
