"""A figure as outputs are given it: addresses of finished drawings with their words, and nothing left to draw.

Pure. It is read from what was made ready when the exercise was published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exercises.choices import Side
from figures.engine.fingerprint import uid_of

#: Left, top, wide, high: tenths of the hundredth part of a standing person.
Box = tuple[int, int, int, int]


def figure_address(fingerprint: str) -> str:
    """Where a drawing is served; what is there never changes."""
    return f"/figures/{fingerprint}.svg"


@dataclass(frozen=True)
class FigureFrame:
    """One pose, drawn. ``fingerprint`` names its file; ``markup`` is only filled where the file is not kept."""

    key: str
    label: str
    alt: str
    box: Box
    fingerprint: str
    markup: str = ""

    @property
    def address(self) -> str:
        """The file's address."""
        return figure_address(self.fingerprint)

    @property
    def href(self) -> str:
        """The drawing inside its file, for ``use``; within this document when it stands in it."""
        drawing = "#" + uid_of(self.fingerprint)
        return drawing if self.markup else self.address + drawing

    @property
    def view_box(self) -> str:
        """The drawing's own view box."""
        return " ".join(map(str, self.box))


@dataclass(frozen=True)
class SheetFigure:
    """The figure of an exercise for the side asked for: its poses from start to end, never none.

    ``side`` is "right" or "left" where the drawing shows one side of an exercise that has two, else empty. ``other`` is
    the same for the other side, where both have their turn: a player shows the side that is due.
    """

    frames: tuple[FigureFrame, ...]
    box: Box
    side: str = ""
    felt: str = ""
    strip: str = ""
    other: SheetFigure | None = None

    @property
    def by_side(self) -> tuple[SheetFigure, ...]:
        """It, and the other side's where there is one."""
        return (self, self.other) if self.other else (self,)

    @property
    def ends(self) -> tuple[FigureFrame, ...]:
        """Its first pose and its last; one where there is only one."""
        return tuple(dict.fromkeys((self.frames[0], self.frames[-1])))

    @property
    def end(self) -> FigureFrame:
        """The last pose, which tells most: the one for lists."""
        return self.frames[-1]

    @property
    def view_box(self) -> str:
        """The view box all poses fit in, so that what has moved is seen."""
        return " ".join(map(str, self.box))

    @property
    def is_wide(self) -> bool:
        """Whether it lies rather than stands."""
        return self.box[2] > self.box[3]

    @property
    def strip_address(self) -> str:
        """Where the movement is; empty when there is only one pose."""
        return figure_address(self.strip) if self.strip else ""

    def frame(self, key: str) -> FigureFrame | None:
        """The pose of that key, if there is one."""
        return next((frame for frame in self.frames if frame.key == key), None)


def figure_from(ready: dict[str, Any], side: Side) -> SheetFigure | None:
    """The figure for a side, from what stands ready on the exercise; none when nothing does.

    "Each side", "in turn" and "both" show the figure as it was drawn; where both sides are worked one after the other,
    the other side is at hand.
    """
    variants = ready.get("variants", {})
    variant = variants.get(side.value) or variants.get(ready.get("drawn", ""))
    if not variant:
        return None
    opposite = variants.get(_OPPOSITE.get(variant["side"], "")) if side.times > 1 else None
    return _figure(variant, _figure(opposite) if opposite else None)


_OPPOSITE = {"left": "right", "right": "left"}


def _figure(variant: dict[str, Any], other: SheetFigure | None = None) -> SheetFigure:
    frames = tuple(FigureFrame(**{**frame, "box": tuple(frame["box"])}) for frame in variant["frames"])
    return SheetFigure(frames, tuple(variant["box"]), variant["side"], variant["felt"], variant["strip"], other)
