"""Arrows: gently curved, beside the body, in a casing of the stage's colour so that they are seen on anything."""

from __future__ import annotations

from math import hypot

from figures.engine.camera import Flat
from figures.engine.curves import SCALE, polygon_path
from figures.engine.pose import Arrow
from figures.engine.scene import Scene

HEAD_LONG = 3.6
HEAD_HALF = 2.3
SHAFT = "12.5"
CASING = "27.5"


def arrow(scene: Scene, arrow: Arrow) -> str:
    """The arrow's markup: casing, shaft, head."""
    start, end = scene.camera.flat(arrow.start), scene.camera.flat(arrow.end)
    dx, dy = end[0] - start[0], end[1] - start[1]
    middle = ((start[0] + end[0]) / 2 - dy * arrow.bend, (start[1] + end[1]) / 2 + dx * arrow.bend)
    tx, ty = end[0] - middle[0], end[1] - middle[1]
    long = hypot(tx, ty) or 1.0
    tx, ty = tx / long, ty / long
    root = (end[0] - tx * HEAD_LONG, end[1] - ty * HEAD_LONG)
    head = [
        end,
        (root[0] - ty * HEAD_HALF, root[1] + tx * HEAD_HALF),
        (root[0] + tx * 0.9, root[1] + ty * 0.9),
        (root[0] + ty * HEAD_HALF, root[1] - tx * HEAD_HALF),
    ]
    scene.bounds.take_points([*head, start, middle])
    shaft = f"M{_place(start)}Q{_place(middle)} {_place((root[0] + tx * 0.5, root[1] + ty * 0.5))}"
    tip = polygon_path(head)
    return scene.line(shaft + tip, "stage", CASING) + scene.line(shaft, "arrow", SHAFT) + scene.filled("arrow", tip)


def _place(point: Flat) -> str:
    """A point as a path writes it."""
    return f"{round(point[0] * SCALE)} {round(-point[1] * SCALE)}"
