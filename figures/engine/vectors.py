"""Points, directions and frames in space: what the skeleton is calculated with.

Plain tuples of floats: a figure has some hundred of them, and their arithmetic must give the same bytes everywhere.
"""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import NamedTuple

Vector = tuple[float, float, float]

AHEAD: Vector = (1.0, 0.0, 0.0)
UP: Vector = (0.0, 1.0, 0.0)
RIGHT: Vector = (0.0, 0.0, 1.0)


def add(a: Vector, b: Vector) -> Vector:
    """The sum of two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vector, b: Vector) -> Vector:
    """The way from ``b`` to ``a``."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vector, factor: float) -> Vector:
    """The vector, longer or shorter."""
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def dot(a: Vector, b: Vector) -> float:
    """How much of one vector lies along the other."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """The vector at right angles to both."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vector) -> float:
    """How long the vector is."""
    return sqrt(dot(a, a))


def unit(a: Vector, otherwise: Vector = AHEAD) -> Vector:
    """The direction of a vector; ``otherwise`` for one too short to have any."""
    long = length(a)
    return scale(a, 1 / long) if long > 1e-9 else otherwise


def mix(a: Vector, b: Vector, share: float) -> Vector:
    """The point a share of the way from ``a`` to ``b``."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def square_to(a: Vector, axis: Vector) -> Vector:
    """The direction of ``a`` after taking away its part along ``axis`` (a unit vector)."""
    rest = sub(a, scale(axis, dot(a, axis)))
    if length(rest) > 1e-6:
        return unit(rest)
    # Any direction will do when the wish lies along the axis; always the same one, so that output does not flicker.
    spare = UP if abs(axis[1]) < 0.9 else AHEAD
    return unit(sub(spare, scale(axis, dot(spare, axis))))


class Frame(NamedTuple):
    """Three directions at right angles. Up runs along a bone from its far end to its near end."""

    forward: Vector
    up: Vector
    right: Vector

    def at(self, origin: Vector, forward: float, up: float, right: float) -> Vector:
        """The point so far forward, up and right of ``origin``."""
        f, u, r = self
        return (
            origin[0] + f[0] * forward + u[0] * up + r[0] * right,
            origin[1] + f[1] * forward + u[1] * up + r[1] * right,
            origin[2] + f[2] * forward + u[2] * up + r[2] * right,
        )

    def turned(self, axis: Vector, degrees: float) -> Frame:
        """The frame turned about an axis through its origin, by the right-hand rule (Rodrigues' formula)."""
        if not degrees:
            return self
        c, s = cos(radians(degrees)), sin(radians(degrees))

        def turn(v: Vector) -> Vector:
            along = scale(axis, dot(axis, v) * (1 - c))
            return add(add(scale(v, c), scale(cross(axis, v), s)), along)

        return Frame(turn(self.forward), turn(self.up), turn(self.right))

    def flexed(self, degrees: float) -> Frame:
        """Turned about its own right: a limb that hangs down swings forward."""
        return self.turned(self.right, degrees)

    def bent(self, degrees: float) -> Frame:
        """Turned about its own forward: positive brings the top to the right."""
        return self.turned(self.forward, degrees)

    def twisted(self, degrees: float) -> Frame:
        """Turned about its own up: positive brings the front to the left."""
        return self.turned(self.up, degrees)


#: The frame of somebody who stands and faces ahead.
STANDING = Frame(AHEAD, UP, RIGHT)


def frame_along(bone: Vector, front: Vector) -> Frame:
    """The frame of a bone that runs in direction ``bone`` and whose front looks towards ``front``."""
    up = scale(unit(bone), -1)
    forward = square_to(front, up)
    return Frame(forward, up, cross(forward, up))


def frame_facing(forward: Vector, up: Vector) -> Frame:
    """The frame that points exactly forward, with its up as near to the wish as that allows."""
    ahead = unit(forward)
    above = square_to(up, ahead)
    return Frame(ahead, above, cross(ahead, above))


def mixed_frame(a: Frame, b: Frame, share: float) -> Frame:
    """The frame between two that lie close together."""
    return Frame(*(unit(mix(x, y, share)) for x, y in zip(a, b, strict=True)))
