"""What stands around the figure, drawn: three-tone blocks, rounded cushions, a ball, a strap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from figures.engine import bodies, stage
from figures.engine.blocks import block, furniture_leg, rounded
from figures.engine.bodies import Ellipsoid
from figures.engine.bodypoints import body_point
from figures.engine.curves import polygon_path
from figures.engine.furniture import FURNITURE, SEAT_HALF, SEAT_HEIGHT
from figures.engine.outline import box_of, support_of, supports
from figures.engine.scene import Layer, Scene
from figures.engine.vectors import dot

Span = tuple[float, float]

BACK_HEIGHT = 54.0
MAT_THICKNESS = 1.1
#: Mats and floors may be cut off this far from the figure, and do not make the picture wider than that.
FLOOR_MARGIN = 6.0

#: The order of things behind the figure; a small ball lies where it is.
DEPTHS = {"floor": -950.0, "mat": -900.0, "wall": -800.0, "rail": -720.0, "chair": -700.0, "box": -700.0}


def draw_props(scene: Scene, props: list[stage.Prop]) -> None:
    """All props, each on its layer; the figure must have been drawn, since floors are cut to it."""
    for i, prop in enumerate(props):
        draw = _DRAWN[prop.kind]
        depth, shapes = draw(scene, prop)
        scene.layers.append(Layer(f"prop{i}", depth, shapes))


def _mat(scene: Scene, mat: stage.Mat) -> tuple[float, list[str]]:
    """A thin block that reaches past the figure."""
    kept = _kept_bounds(scene)
    shapes = block(scene, mat.x, (-MAT_THICKNESS, 0.0), mat.z, ("mat", "mat-edge", "mat-edge"))
    kept()
    return DEPTHS["mat"], shapes


def _floor(scene: Scene, floor: stage.Floor) -> tuple[float, list[str]]:
    """An ellipse to stand on."""
    kept = _kept_bounds(scene)
    middle, half = (floor.x[0] + floor.x[1]) / 2, abs(floor.x[1] - floor.x[0]) / 2
    patch = Ellipsoid((middle, 0.0, floor.z), (half, 0.0, 0.0), (0.0, 0.6, 0.0), (0.0, 0.0, floor.depth))
    shape = ellipse(scene, patch, "mat")
    kept()
    return DEPTHS["floor"], [shape]


def ellipse(scene: Scene, body: Ellipsoid, colour: str, more: str = "") -> str:
    """A flat round thing as an ellipse of the picture."""
    left, bottom, right, top = box_of(supports(scene.camera, [(body,)]))
    scene.bounds.take((left, bottom, right, top))
    cx, cy, rx, ry = (round(v * 5) for v in (left + right, -bottom - top, right - left, top - bottom))
    return f'<ellipse fill="{scene.palette[colour]}"{more} cx="{cx}" cy="{cy}" rx="{rx}" ry="{ry}"/>'


def _kept_bounds(scene: Scene) -> Callable[[], None]:
    """Afterwards the picture is as wide as before, but for the margin a floor is worth."""
    before = (scene.bounds.left, scene.bounds.right, scene.bounds.is_empty)

    def keep() -> None:
        if not before[2]:
            scene.bounds.left = max(scene.bounds.left, before[0] - FLOOR_MARGIN)
            scene.bounds.right = min(scene.bounds.right, before[1] + FLOOR_MARGIN)

    return keep


def _wall(scene: Scene, wall: stage.Wall) -> tuple[float, list[str]]:
    """A wall seen from its edge."""
    ends = sorted((wall.x, wall.x + wall.t))
    return DEPTHS["wall"], block(scene, (ends[0], ends[1]), (0.0, wall.height), wall.z, ("wall", "wall", "wall-edge"))


def _box(scene: Scene, box: stage.Box) -> tuple[float, list[str]]:
    """A step, or a couch."""
    tones = ("couch", "couch-front", "couch-edge") if box.soft else ("wood", "wood-front", "wood-edge")
    return DEPTHS["box"], block(scene, box.x, box.y, box.z, tones)


def _rail(scene: Scene, rail: stage.Rail) -> tuple[float, list[str]]:
    """The top of a worktop on two legs."""
    tones = ("wood", "wood-front", "wood-edge")
    shapes = [furniture_leg(scene, x, 0.0, rail.y - 2.0, rail.z[0] + 1) for x in (rail.x[0] + 2, rail.x[1] - 2)]
    shapes += block(scene, rail.x, (rail.y - 2.4, rail.y), rail.z, tones)
    return DEPTHS["rail"], shapes


def _chair(scene: Scene, chair: stage.Chair) -> tuple[float, list[str]]:
    """A chair, its far legs first."""
    x, face = chair.x, chair.face
    sides = sorted((chair.z - SEAT_HALF + 1, chair.z + SEAT_HALF - 1), key=lambda z: scene.camera.depth((x, 0.0, z)))
    far, near = sides
    wide = (chair.z - SEAT_HALF, chair.z + SEAT_HALF)
    tones = ("wood", "wood-front", "wood-edge")
    rear = sorted((x - 9.6 * face, x - 11.2 * face))
    back = [furniture_leg(scene, x - 10.2 * face, SEAT_HEIGHT, BACK_HEIGHT + 1, far)]
    back += block(scene, (rear[0], rear[1]), (38.0, BACK_HEIGHT), wide, tones)
    back.append(furniture_leg(scene, x - 10.2 * face, SEAT_HEIGHT, BACK_HEIGHT + 1, near))
    seat = block(scene, (x - SEAT_HALF, x + SEAT_HALF), (SEAT_HEIGHT - 1.8, SEAT_HEIGHT), wide, tones)
    legs = {z: [furniture_leg(scene, x + dx * face, 0.0, SEAT_HEIGHT - 1, z) for dx in (10, -10)] for z in sides}
    away = dot((float(face), 0.0, 0.0), scene.camera.near) > 0
    order = [legs[far], back, seat, legs[near]] if away or face == 1 else [legs[far], seat, legs[near], back]
    return DEPTHS["chair"], [shape for group in order for shape in group]


def _ball(scene: Scene, ball: stage.Ball) -> tuple[float, list[str]]:
    """A ball with a light on it."""
    x, y = scene.camera.flat(ball.at)
    scene.bounds.take((x - ball.r, y - ball.r, x + ball.r, y + ball.r))
    r = ball.r
    spots = ((x, y, r, "ball"), (x - 0.3 * r, y + 0.35 * r, 0.3 * r, "ball-light"))
    shapes = []
    for cx, cy, radius, colour in spots:
        place = f'cx="{round(cx * 10)}" cy="{round(-cy * 10)}" r="{round(radius * 10)}"'
        shapes.append(f'<circle fill="{scene.palette[colour]}" {place}/>')
    return scene.camera.depth(ball.at), shapes


def _pillow(scene: Scene, pillow: stage.Pillow) -> tuple[float, list[str]]:
    """A rounded pillow or cushion."""
    middle, radius = (pillow.y[0] + pillow.y[1]) / 2, abs(pillow.y[1] - pillow.y[0]) / 2
    hull = tuple(bodies.sphere((x, middle, z), radius) for x in pillow.x for z in pillow.z)
    return -600.0, [rounded(scene, hull, "pillow")]


def _towel(scene: Scene, towel: stage.Towel) -> tuple[float, list[str]]:
    """A rolled towel."""
    hull = tuple(bodies.sphere(end, towel.r) for end in towel.ends)
    return -590.0, [rounded(scene, hull, "towel")]


def _strap(scene: Scene, strap: stage.Strap) -> tuple[float, list[str]]:
    """A strap, with a dark casing so that it is seen on any clothes."""
    places = [body_point(scene.skeleton, p).point if isinstance(p, str) else p for p in strap.points]
    points = [scene.camera.flat(place) for place in places]
    scene.bounds.take(box_of([support_of(points)]))
    path = polygon_path(points).removesuffix("z")
    return 50.0, [scene.line(path, "line", "30"), scene.line(path, "strap", "18")]


# Each function takes the one kind of prop it is listed for, which a table cannot say to the type checker.
_DRAWN: dict[str, Callable[[Scene, Any], tuple[float, list[str]]]] = {
    "mat": _mat, "floor": _floor, "wall": _wall, "box": _box, "chair": _chair, "rail": _rail,
    **FURNITURE, "ball": _ball, "pillow": _pillow, "cushion": _pillow, "towel": _towel, "strap": _strap,
}  # fmt: skip
