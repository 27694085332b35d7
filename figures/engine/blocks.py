"""What things around the figure are made of: three-tone blocks, legs, soft and rounded shapes."""

from __future__ import annotations

from figures.engine import bodies
from figures.engine.curves import outline_path, polygon_path
from figures.engine.outline import box_of, supports, trace
from figures.engine.scene import Scene
from figures.engine.vectors import Vector, dot

Span = tuple[float, float]


def block(scene: Scene, x: Span, y: Span, z: Span, tones: tuple[str, str, str]) -> list[str]:
    """A block's visible faces: top, front and side in three tones."""
    faces: list[tuple[Vector, list[Vector], int]] = []
    for axis, tone in ((1, 0), (2, 1), (0, 2)):
        for end, way in ((0, -1.0), (1, 1.0)):
            normal = tuple(way if k == axis else 0.0 for k in range(3))
            faces.append(((normal[0], normal[1], normal[2]), _corners((x, y, z), axis, end), tone))
    shapes = []
    for outward, corners, tone in sorted(faces, key=lambda face: dot(face[0], scene.camera.near)):
        if dot(outward, scene.camera.near) > 0.01:
            points = [scene.camera.flat(corner) for corner in corners]
            scene.bounds.take_points(points)
            shapes.append(scene.filled(tones[tone], polygon_path(points)))
    return shapes


def _corners(spans: tuple[Span, Span, Span], axis: int, end: int) -> list[Vector]:
    """The four corners of one face, in turn."""
    first, second = (k for k in range(3) if k != axis)
    corners = []
    for a, b in ((0, 0), (1, 0), (1, 1), (0, 1)):
        place = [0.0, 0.0, 0.0]
        place[axis], place[first], place[second] = spans[axis][end], spans[first][a], spans[second][b]
        corners.append((place[0], place[1], place[2]))
    return corners


def furniture_leg(scene: Scene, x: float, low: float, high: float, z: float) -> str:
    """A furniture leg."""
    points = [scene.camera.flat((x, y, z)) for y in (low, high)]
    scene.bounds.take_points(points)
    (x0, y0), (x1, y1) = ((round(a * 10), round(-b * 10)) for a, b in points)
    return scene.line(f"M{x0} {y0}L{x1} {y1}", "wood-edge", "17")


def rounded(scene: Scene, hull: bodies.Hull, colour: str) -> str:
    """A soft thing with a pale line round it."""
    group = supports(scene.camera, [hull])
    scene.bounds.take(box_of(group))
    stroke = scene.palette["pillow-line"]
    return (
        f'<path fill="{scene.palette[colour]}" stroke="{stroke}" stroke-width="5" d="{outline_path(trace([group]))}"/>'
    )
