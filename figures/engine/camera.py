"""The camera: parallel projection, so that lengths can be compared anywhere in a figure."""

from __future__ import annotations

from math import cos, radians, sin

from figures.engine.vectors import Vector, dot

Flat = tuple[float, float]


class Camera:
    """Looks at the figure from ``yaw`` round it (0 its right side, 90 its front) and ``pitch`` above the floor."""

    def __init__(self, yaw: float, pitch: float) -> None:
        y, p = radians(yaw), radians(pitch)
        self.right: Vector = (cos(y), 0.0, -sin(y))
        self.up: Vector = (-sin(y) * sin(p), cos(p), -cos(y) * sin(p))
        #: Towards the camera: more is nearer.
        self.near: Vector = (sin(y) * cos(p), sin(p), cos(y) * cos(p))

    def flat(self, point: Vector) -> Flat:
        """Where a point is in the picture: right and up."""
        return (dot(point, self.right), dot(point, self.up))

    def depth(self, point: Vector) -> float:
        """How near a point is."""
        return dot(point, self.near)

    def faces(self, direction: Vector) -> bool:
        """Whether a surface that looks this way is seen."""
        return dot(direction, self.near) > 0
