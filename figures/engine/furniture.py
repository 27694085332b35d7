"""Furniture and what is held, drawn: a table, a bed, a doorway, a wheelchair, a dumbbell, a stick."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from figures.engine import bodies, stage
from figures.engine.blocks import block, furniture_leg, rounded
from figures.engine.bodypoints import body_point
from figures.engine.curves import polygon_path
from figures.engine.outline import box_of, support_of
from figures.engine.reach import palm_of
from figures.engine.scene import Scene
from figures.engine.vectors import Vector, add, scale, sub, unit

SEAT_HEIGHT = 26.0
SEAT_HALF = 11.0
#: The back of a wheelchair ends lower than that of a chair; its footplates are this high.
WHEELCHAIR_BACK = 48.0
FOOTPLATE = 4.0
FOOTPLATE_AHEAD = (14.0, 27.0)
WHEEL = 15.0
MATTRESS = 7.0
#: How far a stick reaches past the hands.
PAST_THE_HANDS = 7.0
DUMBBELL_HALF = 4.6

Shapes = tuple[float, list[str]]
_WOOD = ("wood", "wood-front", "wood-edge")
_COUCH = ("couch", "couch-front", "couch-edge")


def _table(scene: Scene, table: stage.Table) -> Shapes:
    """A table's top on four legs, the far ones first."""
    near_last = sorted((table.z[0] + 1, table.z[1] - 1), key=lambda z: scene.camera.depth((0.0, 0.0, z)))
    shapes = [
        furniture_leg(scene, x, 0.0, table.y - 2.0, z) for z in near_last for x in (table.x[0] + 2, table.x[1] - 2)
    ]
    return -720.0, [*shapes, *block(scene, table.x, (table.y - 2.4, table.y), table.z, _WOOD)]


def _bed(scene: Scene, bed: stage.Bed) -> Shapes:
    """A bed: its frame, its mattress and a headboard at its left end."""
    x, y, z = bed.x, bed.y, bed.z
    board = block(scene, (x[0] - 2.0, x[0]), (0.0, y + 16.0), z, _WOOD)
    shapes = block(scene, x, (y - MATTRESS - 4.0, y - MATTRESS), z, _WOOD)
    shapes += [furniture_leg(scene, end, 0.0, y - MATTRESS - 3.0, z[1] - 1) for end in (x[0] + 3, x[1] - 3)]
    return -900.0, [*board, *shapes, *block(scene, x, (y - MATTRESS, y), z, _COUCH)]


def _doorway(scene: Scene, door: stage.Doorway) -> Shapes:
    """Two pieces of wall with an opening between them, and what is above it."""
    tones = ("wall", "wall-edge", "wall")
    low, high = door.z
    sides = sorted(((low - 16.0, low), (high, high + 16.0)), key=lambda z: scene.camera.depth((0.0, 0.0, z[0])))
    thick = (door.x, door.x + 4.0)
    shapes = [shape for z in sides for shape in block(scene, thick, (0.0, door.height), z, tones)]
    return -800.0, [*block(scene, thick, (door.height - 5.0, door.height), (low, high), tones), *shapes]


def _wheel(scene: Scene, centre: Vector, radius: float, width: str) -> str:
    """A wheel upright beside the chair, as its rim."""
    x, y = scene.camera.flat(centre)
    edge, top = scene.camera.flat(add(centre, (radius, 0.0, 0.0))), scene.camera.flat(add(centre, (0.0, radius, 0.0)))
    rx, ry = abs(edge[0] - x), abs(top[1] - y)
    scene.bounds.take((x - rx, y - ry, x + rx, y + ry))
    numbers = [round(v * 10) for v in (x, -y, rx, ry)]
    place = 'cx="{}" cy="{}" rx="{}" ry="{}"'.format(*numbers)
    return f'<ellipse fill="none" stroke="{scene.palette["metal"]}" stroke-width="{width}" {place}/>'


def _wheelchair(scene: Scene, chair: stage.Wheelchair) -> Shapes:
    """A wheelchair: its seat and back, and its wheels, the near one last."""
    x, face = chair.x, chair.face
    wide = (chair.z - SEAT_HALF, chair.z + SEAT_HALF)
    sides = sorted((wide[0] - 1.5, wide[1] + 1.5), key=lambda z: scene.camera.depth((x, 0.0, z)))
    rear = sorted((x - 9.6 * face, x - 11.2 * face))
    plate = sorted((x + FOOTPLATE_AHEAD[0] * face, x + FOOTPLATE_AHEAD[1] * face))

    def wheels(z: float) -> list[str]:
        big, small = (x - 6.0 * face, WHEEL, z), (x + 10.0 * face, 4.0, z)
        return [_wheel(scene, big, WHEEL - 0.8, "16"), _wheel(scene, small, 3.2, "14")]

    shapes = wheels(sides[0])
    shapes += block(scene, (rear[0], rear[1]), (SEAT_HEIGHT - 1.8, WHEELCHAIR_BACK), wide, _COUCH)
    shapes += block(scene, (x - SEAT_HALF, x + SEAT_HALF), (SEAT_HEIGHT - 1.8, SEAT_HEIGHT), wide, _COUCH)
    shapes += block(scene, (plate[0], plate[1]), (FOOTPLATE - 1.0, FOOTPLATE), wide, ("metal", "metal", "metal"))
    near = sides[1]
    shapes.append(_tube(scene, (x + 10.0 * face, SEAT_HEIGHT, near), (x + 16.0 * face, FOOTPLATE, near)))
    shapes.append(_tube(scene, (x - 10.4 * face, WHEELCHAIR_BACK, near), (x - 15.0 * face, WHEELCHAIR_BACK, near)))
    return -700.0, [*shapes, *wheels(near)]


def _tube(scene: Scene, a: Vector, b: Vector) -> str:
    """A piece of metal tube."""
    points = [scene.camera.flat(place) for place in (a, b)]
    scene.bounds.take_points(points)
    return scene.line(polygon_path(points).removesuffix("z"), "metal", "15")


def _dumbbell(scene: Scene, weight: stage.Dumbbell) -> Shapes:
    """A dumbbell lying across the palm of a hand."""
    arm = scene.skeleton.arms[weight.hand]
    middle = palm_of(arm.wrist, arm.hand)
    ends = [add(middle, scale(arm.hand.right, way * DUMBBELL_HALF)) for way in (1.0, -1.0)]
    bar = [scene.camera.flat(end) for end in ends]
    shapes = [scene.line(polygon_path(bar).removesuffix("z"), "metal", "16")]
    for end in ends:
        disc = bodies.ellipsoid(end, arm.hand, 2.3, 2.3, 1.3)
        shapes.append(rounded(scene, (disc,), "metal"))
    return scene.layer(f"arm{weight.hand}").depth + 0.4, shapes


def _stick(scene: Scene, stick: stage.Stick) -> Shapes:
    """A stick held at two places; it reaches past both."""
    a, b = (body_point(scene.skeleton, end).point if isinstance(end, str) else end for end in stick.ends)
    way = scale(unit(sub(b, a), (0.0, 0.0, 1.0)), PAST_THE_HANDS)
    points = [scene.camera.flat(place) for place in (sub(a, way), add(b, way))]
    scene.bounds.take(box_of([support_of(points)]))
    path = polygon_path(points).removesuffix("z")
    return 50.0, [scene.line(path, "line", "24"), scene.line(path, "wood", "14")]


# Each function takes the one kind of prop it is listed for, which a table cannot say to the type checker.
FURNITURE: dict[str, Callable[[Scene, Any], Shapes]] = {
    "table": _table, "bed": _bed, "doorway": _doorway, "wheelchair": _wheelchair,
    "dumbbell": _dumbbell, "stick": _stick,
}  # fmt: skip
