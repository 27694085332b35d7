"""The shadow under the figure: one soft ellipse below what is near the floor."""

from __future__ import annotations

from figures.engine import bodies
from figures.engine.bodies import Ellipsoid
from figures.engine.props import ellipse
from figures.engine.scene import Scene
from figures.engine.vectors import Vector

#: What is higher than this throws no shadow worth drawing.
HEIGHT = 9.0
SHADE = ' fill-opacity=".08"'

Spot = tuple[Vector, float]


def shadow(scene: Scene) -> str:
    """The ellipse, or nothing when the figure is seen from above, where it would be a stain beside the body."""
    if scene.view.pitch > 35:
        return ""
    spots = [(place, radius) for place, radius in _spots(scene) if place[1] < HEIGHT]
    if not spots:
        return ""
    left, right = min(p[0] - r for p, r in spots), max(p[0] + r for p, r in spots)
    back, front = min(p[2] - r for p, r in spots), max(p[2] + r for p, r in spots)
    middle = ((left + right) / 2, -0.2, (back + front) / 2)
    wide, deep = (right - left) / 2 + 2.5, max((front - back) / 2 + 3, 6.0)
    return ellipse(scene, Ellipsoid(middle, (wide, 0.0, 0.0), (0.0, 0.01, 0.0), (0.0, 0.0, deep)), "shadow", SHADE)


def _spots(scene: Scene) -> list[Spot]:
    """Places of the body that may be near the floor."""
    skeleton = scene.skeleton
    spots: list[Spot] = []
    for leg in skeleton.legs.values():
        spots += [(body.centre, 1.5) for hull in bodies.foot(leg) for body in hull] + [(leg.knee, 3.0)]
    for arm in skeleton.arms.values():
        spots += [(arm.elbow, 2.0), (arm.wrist, 2.0)]
    spots += [(skeleton.trunk.at(float(s))[0], 5.0) for s in range(0, 30, 3)]
    return spots
