"""From traced points to a short path: smoothed, thinned, and written as relative curves in whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

import numpy as np

from figures.engine.camera import Flat
from figures.engine.outline import Array, Loop

#: Whole numbers in a path are tenths of a unit.
SCALE = 10
#: Runs of an opened outline shorter than this are crumbs.
CRUMB = 3.5


class Fineness(NamedTuple):
    """How closely a path keeps to what was traced.

    A point is dropped when the line without it stays within ``tolerance``; curves through points further apart than
    ``longest`` would bulge.
    """

    tolerance: float
    longest: float


STILL = Fineness(0.055, 5.0)
#: Soft shapes without corners, and what is seen for a moment only.
COARSE = Fineness(0.095, 6.0)


def whole(point: Flat) -> tuple[int, int]:
    """A point of the picture in whole tenths, with y downwards as SVG has it."""
    return round(point[0] * SCALE), round(-point[1] * SCALE)


def thinned(loop: Loop, fineness: Fineness) -> Loop:
    """A traced loop with the grid's stairs smoothed away and only the points its shape needs."""
    places = _relaxed(_relaxed(np.array(loop)))
    kept = _needed(places, fineness.tolerance)
    smooth: Loop = [(x, y) for x, y in places.tolist()]
    out: Loop = []
    run = 0.0
    for i, point in enumerate(smooth):
        if i:
            run += hypot(point[0] - smooth[i - 1][0], point[1] - smooth[i - 1][1])
        if i in kept or run > fineness.longest:
            if out and i not in kept and hypot(point[0] - out[-1][0], point[1] - out[-1][1]) < 0.4:
                continue
            out.append(point)
            run = 0.0
    return out


def _relaxed(places: Array) -> Array:
    """Each point moved towards the middle of its neighbours."""
    moved: Array = (np.roll(places, 1, axis=0) + 2 * places + np.roll(places, -1, axis=0)) / 4
    return moved


def _needed(places: Array, tolerance: float) -> set[int]:
    """The points Douglas and Peucker would keep of a closed line."""
    n = len(places)
    opposite = int(np.argmax(np.square(places - places[0]).sum(axis=1)))
    closed = np.concatenate([places, places[:1]])
    kept = {0, opposite}
    stack = [(0, opposite), (opposite, n)]
    while stack:
        i, j = stack.pop()
        worst, at = _furthest(closed, i, j)
        if worst > tolerance:
            kept.add(at)
            stack += [(i, at), (at, j)]
    return kept


def _furthest(places: Array, i: int, j: int) -> tuple[float, int]:
    """How far, and which, is the point between ``i`` and ``j`` that lies furthest from the straight line."""
    if j - i < 2:
        return 0.0, i
    (x0, y0), (x1, y1) = places[i].tolist(), places[j].tolist()
    dx, dy = x1 - x0, y1 - y0
    off = np.abs((places[i + 1 : j, 0] - x0) * dy - (places[i + 1 : j, 1] - y0) * dx) / (hypot(dx, dy) or 1e-9)
    at = int(off.argmax())
    return float(off[at]), i + 1 + at


def closed_path(loop: Loop) -> str:
    """A closed curve through the points."""
    n = len(loop)
    return _path([loop[i % n] for i in range(-1, n + 2)]) + "Z"


def open_path(run: Loop) -> str:
    """A curve from the first point to the last."""
    return _path([run[0], *run, run[-1]])


def outline_path(loops: Sequence[Loop], fineness: Fineness = STILL) -> str:
    """Closed curves for traced loops."""
    return "".join(closed_path(thin) for thin in (thinned(loop, fineness) for loop in loops) if len(thin) > 2)


def opened_path(loops: Sequence[Loop], hidden: Callable[[Flat], bool], fineness: Fineness = STILL) -> str:
    """The outline without the points that are hidden: how a limb is left open where it meets the trunk."""
    parts = []
    for loop in loops:
        thin = thinned(loop, fineness)
        flags = [hidden(point) for point in thin]
        if not any(flags):
            parts.append(closed_path(thin))
            continue
        n = len(thin)
        for start in (i for i in range(n) if not flags[i] and flags[i - 1]):
            run = []
            for k in range(n):
                if flags[(start + k) % n]:
                    break
                run.append(thin[(start + k) % n])
            if _long(run) > CRUMB:
                parts.append(open_path(run))
    return "".join(parts)


def _long(run: Loop) -> float:
    """How long a line is."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(run))


def polygon_path(points: Sequence[Flat]) -> str:
    """A closed path of straight lines, relative, in whole tenths."""
    x, y = whole(points[0])
    parts = [f"M{x} {y}l"]
    steps = []
    for point in points[1:]:
        nx, ny = whole(point)
        steps += [nx - x, ny - y]
        x, y = nx, ny
    return parts[0] + joined(steps) + "z"


def joined(numbers: Sequence[int]) -> str:
    """Whole numbers with as little between them as a path allows."""
    return "".join(str(n) if i == 0 or n < 0 else f" {n}" for i, n in enumerate(numbers))


def _path(points: Loop) -> str:
    """Centripetal Catmull-Rom through all but the outer two points, as relative cubic curves.

    The current point is tracked as rounded, so that rounding never adds up.
    """
    x, y = whole(points[1])
    numbers: list[int] = []
    start = f"M{x} {y}c"
    for i in range(1, len(points) - 2):
        first, second = _controls(points[i - 1], points[i], points[i + 1], points[i + 2])
        end = whole(points[i + 1])
        for px, py in (whole(first), whole(second), end):
            numbers += [px - x, py - y]
        x, y = end
    return start + joined(numbers)


def _controls(p0: Flat, p1: Flat, p2: Flat, p3: Flat) -> tuple[Flat, Flat]:
    """The two control points of the curve from ``p1`` to ``p2``."""
    d1, d2, d3 = _distance(p0, p1), _distance(p1, p2), _distance(p2, p3)
    straight = ((p2[0] - p1[0]) / d2, (p2[1] - p1[1]) / d2)
    out = _tangent(p0, p1, p2, d1, d2) if p0 != p1 else straight
    into = _tangent(p1, p2, p3, d2, d3) if p2 != p3 else straight
    third = d2 / 3
    return (p1[0] + out[0] * third, p1[1] + out[1] * third), (p2[0] - into[0] * third, p2[1] - into[1] * third)


def _distance(a: Flat, b: Flat) -> float:
    """How far apart two points are, never nothing."""
    return hypot(a[0] - b[0], a[1] - b[1]) or 1e-6


def _tangent(a: Flat, b: Flat, c: Flat, before: float, after: float) -> Flat:
    """The direction of the curve at ``b``, weighed by how near its neighbours are."""
    return (
        ((b[0] - a[0]) / before * after + (c[0] - b[0]) / after * before) / (before + after),
        ((b[1] - a[1]) / before * after + (c[1] - b[1]) / after * before) / (before + after),
    )
