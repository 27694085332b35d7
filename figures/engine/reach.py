"""Reaching: where knees and elbows go when an ankle or a palm is to be at a place."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from figures.engine import proportions as size
from figures.engine.vectors import Frame, Vector, add, cross, dot, length, scale, square_to, sub, unit

#: How much of a limb's full length may be used. A limb any straighter would flip its bend from frame to frame.
STRAIGHTEST = 0.9985


class Reach(NamedTuple):
    """A solved limb: its middle joint, its end and the side its middle joint points to."""

    middle: Vector
    end: Vector
    front: Vector


def two_bones(root: Vector, target: Vector, near: float, far: float, pole: Vector) -> Reach:
    """The two-bone limb from ``root`` to ``target`` that bends towards ``pole``; it ends short of what is too far."""
    way = sub(target, root)
    distance = max(abs(near - far) + 1e-3, min(length(way), STRAIGHTEST * (near + far)))
    ahead = unit(way)
    along = (near * near - far * far + distance * distance) / (2 * distance)
    off = sqrt(max(near * near - along * along, 0.0))
    front = square_to(pole, ahead)
    middle = add(root, add(scale(ahead, along), scale(front, off)))
    return Reach(middle, add(root, scale(ahead, distance)), front)


def hand_frame(fingers: Vector, palm: Vector) -> Frame:
    """The frame of a hand whose fingers point one way and whose palm looks another; forward is out of the palm."""
    up = scale(unit(fingers), -1)
    out = square_to(palm, up)
    return Frame(out, up, cross(out, up))


def wrist_for_palm(contact: Vector, hand: Frame) -> Vector:
    """Where the wrist must be for the middle of the palm to lie on ``contact``."""
    return hand.at(contact, -size.PALM_OUT, size.PALM_ALONG, 0)


def palm_of(wrist: Vector, hand: Frame) -> Vector:
    """The middle of the palm's surface: the other way round."""
    return hand.at(wrist, size.PALM_OUT, -size.PALM_ALONG, 0)


def shoulder_towards(shoulder: Vector, target: Vector, trunk: Frame) -> Vector:
    """The shoulder joint after its blade has slid towards what the arm reaches for, and up when that is overhead."""
    way = sub(target, shoulder)
    direction = unit(way)
    slide = min(size.SHOULDER_SLIDE, 0.035 * length(way))
    # A reach at the very end of the arm may use all the slide there is.
    missing = length(way) - STRAIGHTEST * size.ARM
    slide = min(size.SHOULDER_SLIDE, max(slide, missing))
    raised = max(0.0, dot(direction, trunk.up)) * 1.6
    return add(add(shoulder, scale(direction, slide)), scale(trunk.up, raised))


def kneeling_height(hip: Vector, surface: Vector) -> float:
    """How high the hip joint is above a knee that rests at ``surface``; the thigh's length decides it.

    A knee further off than the thigh is long gives the height of a flat thigh: the reach is then reported as short.
    """
    flat = (surface[0] - hip[0]) ** 2 + (surface[2] - hip[2]) ** 2
    return surface[1] + size.KNEELING_KNEE + sqrt(max(size.THIGH**2 - flat, 0.0))


def kneeling_joints(surface: Vector, shank: Vector) -> tuple[Vector, Vector]:
    """The knee on its surface, and the ankle on the floor behind it."""
    knee = add(surface, (0.0, size.KNEELING_KNEE, 0.0))
    drop = knee[1] - size.KNEELING_ANKLE
    flat = unit((shank[0], 0.0, shank[2]), (-1.0, 0.0, 0.0))
    run = sqrt(max(size.SHANK**2 - drop * drop, 0.0))
    return knee, (knee[0] + flat[0] * run, size.KNEELING_ANKLE, knee[2] + flat[2] * run)
