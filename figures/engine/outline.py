"""From bodies to one smooth outline: the skin as a distance field on a grid, traced where it is zero.

A hull's distance is taken from its supporting lines in forty directions: the largest of ``u . x - h(u)``. Groups of
hulls (thigh, shank, foot) are united by their minimum, and groups with each other by a smooth minimum, which rounds
the crease at a joint. Inside a group nothing is smoothed, since overlapping hulls would swell.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray

from figures.engine.bodies import Hull
from figures.engine.camera import Camera, Flat

Array = NDArray[np.float64]
Group = list[Array]
Loop = list[Flat]

DIRECTIONS = 40
_ANGLES = [2 * pi * i / DIRECTIONS for i in range(DIRECTIONS)]
_COS: Array = np.array([cos(a) for a in _ANGLES])
_SIN: Array = np.array([sin(a) for a in _ANGLES])

#: Side of a grid's cell.
CELL = 0.5
#: Distances further out than this are not looked at; more than any smoothing needs.
FAR = 3.0
MARGIN = 2.0
#: Loops of fewer points than this are specks.
SPECK = 8


def support(camera: Camera, hull: Hull) -> Array:
    """How far the hull reaches in each direction of the picture."""
    flat = np.array([[camera.flat(part) for part in body] for body in hull])[..., None]
    x, y = flat[:, :, 0], flat[:, :, 1]
    parts: Array = _COS * x + _SIN * y
    squares = parts * parts
    rows = parts[:, 0] + np.sqrt(squares[:, 1] + squares[:, 2] + squares[:, 3])
    best: Array = rows.max(axis=0)
    return best


def supports(camera: Camera, hulls: Sequence[Hull]) -> Group:
    """The supporting lines of many hulls."""
    return [support(camera, hull) for hull in hulls]


def support_of(points: Sequence[Flat] | Array) -> Array:
    """How far points of the picture reach in each direction."""
    places: Array = np.asarray(points)
    lines: Array = (_COS[:, None] * places[None, :, 0] + _SIN[:, None] * places[None, :, 1]).max(axis=1)
    return lines


def inside(groups: Group, point: Flat, depth: float) -> bool:
    """Whether a point of the picture lies at least so deep in one of the hulls."""
    wall = _COS * point[0] + _SIN * point[1]
    return any(float(np.max(wall - lines)) <= -depth for lines in groups)


def box_of(group: Group) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what the hulls cover."""
    quarter = DIRECTIONS // 4
    return (
        -max(float(h[2 * quarter]) for h in group),
        -max(float(h[3 * quarter]) for h in group),
        max(float(h[0]) for h in group),
        max(float(h[quarter]) for h in group),
    )


class Field:
    """Distances on a grid that covers the hulls."""

    def __init__(self, groups: Sequence[Group], blend: float) -> None:
        left, bottom, right, top = box_of([lines for group in groups for lines in group])
        self.left, self.bottom = left - MARGIN, bottom - MARGIN
        self.columns = int((right - left + 2 * MARGIN) / CELL) + 2
        self.rows = int((top - bottom + 2 * MARGIN) / CELL) + 2
        self.values = self._united([self._group(group) for group in groups if group], blend)

    def _group(self, group: Group) -> Array:
        """The distance to the nearest hull of a group."""
        values: Array = np.full((self.rows, self.columns), FAR)
        for lines in group:
            x0, y0, x1, y1 = box_of([lines])
            i0 = max(0, int((x0 - MARGIN - self.left) / CELL))
            i1 = min(self.columns, int((x1 + MARGIN - self.left) / CELL) + 2)
            j0 = max(0, int((y0 - MARGIN - self.bottom) / CELL))
            j1 = min(self.rows, int((y1 + MARGIN - self.bottom) / CELL) + 2)
            xs = self.left + np.arange(i0, i1, dtype=np.float64) * CELL
            ys = self.bottom + np.arange(j0, j1, dtype=np.float64) * CELL
            window = values[j0:j1, i0:i1]
            np.minimum(window, _furthest_wall(xs, ys, lines), out=window)
        return values

    @staticmethod
    def _united(fields: list[Array], blend: float) -> Array:
        """Groups joined by a polynomial smooth minimum."""
        whole = fields[0]
        for other in fields[1:]:
            lower = np.minimum(whole, other)
            if blend:
                near = np.maximum(blend - np.abs(whole - other), 0.0) / blend
                lower = lower - near * near * (blend * 0.25)
            whole = lower
        return whole

    def loops(self) -> list[Loop]:
        """The closed lines of distance zero, anticlockwise round what is inside (marching squares)."""
        follows, points = self._segments()
        loops = []
        while follows:
            key: int | None = next(iter(follows))
            loop = []
            while key is not None and key in follows:
                loop.append(points[key])
                key = follows.pop(key)
            if len(loop) >= SPECK:
                loops.append(loop)
        return loops

    def _segments(self) -> tuple[dict[int, int], dict[int, Flat]]:
        """For each crossed edge of the grid the edge the line goes to next, and where it is crossed."""
        below = self.values < 0
        corners = below[:-1, :-1] + 2 * below[:-1, 1:] + 4 * below[1:, 1:] + 8 * below[1:, :-1]
        rows, columns = np.nonzero((corners > 0) & (corners < 15))
        pieces = _PIECES[corners[rows, columns]]
        # An edge's key is twice its corner's number, plus 1 when it is upright.
        to_edge = np.array([0, 2 * self.columns, 1, 3])
        keys = 2 * (rows * self.columns + columns)[:, None, None] + to_edge[pieces]
        steps = keys[pieces[..., 0] >= 0]
        return dict(steps.tolist()), self._crossings(np.unique(steps))

    def _crossings(self, keys: NDArray[np.int64]) -> dict[int, Flat]:
        """Where the line crosses edges."""
        j, i = np.divmod(keys // 2, self.columns)
        upright = keys % 2
        i2, j2 = i + 1 - upright, j + upright
        a, b = self.values[j, i], self.values[j2, i2]
        share = a / (a - b)
        x = self.left + (i + (i2 - i) * share) * CELL
        y = self.bottom + (j + (j2 - j) * share) * CELL
        return dict(zip(keys.tolist(), zip(x.tolist(), y.tolist(), strict=True), strict=True))


#: For each pattern of corners inside (1 lower left, 2 lower right, 4 upper right, 8 upper left): from edge to edge.
_FROM_TO = {
    1: ("bl",), 2: ("rb",), 3: ("rl",), 4: ("tr",), 5: ("bl", "tr"), 6: ("tb",), 7: ("tl",),
    8: ("lt",), 9: ("bt",), 10: ("rb", "lt"), 11: ("rt",), 12: ("lr",), 13: ("br",), 14: ("lb",),
}  # fmt: skip
#: The same as numbers of the edges (bottom, top, left, right): two pieces for each pattern, -1 for none.
_PIECES: NDArray[np.int64] = np.full((16, 2, 2), -1)
for _pattern, _pieces in _FROM_TO.items():
    for _number, _piece in enumerate(_pieces):
        _PIECES[_pattern, _number] = ["btlr".index(edge) for edge in _piece]


def _furthest_wall(xs: Array, ys: Array, lines: Array) -> Array:
    """For each place of the grid the largest ``u . x - h(u)``."""
    walls = (_COS[:, None] * xs)[:, None, :] + (_SIN[:, None] * ys)[:, :, None]
    walls -= lines[:, None, None]
    furthest: Array = walls.max(axis=0)
    return furthest


def trace(groups: Sequence[Group], blend: float = 0.0) -> list[Loop]:
    """The outline of groups of hulls, raw: one loop for each piece and each hole."""
    filled = [group for group in groups if group]
    return Field(filled, blend).loops() if filled else []
