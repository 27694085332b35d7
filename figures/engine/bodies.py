"""The flesh: ellipsoids on the bones, in hulls of two to four that follow each other.

A hull is the convex skin round its ellipsoids; a part is drawn as the union of its hulls.
"""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians, sin
from typing import NamedTuple

from figures.engine import proportions as size
from figures.engine.skeleton import ArmJoints, Head, LegJoints, Skeleton
from figures.engine.vectors import Frame, Vector, add, mix, scale


class Ellipsoid(NamedTuple):
    """A centre and three half-axes at right angles."""

    centre: Vector
    a: Vector
    b: Vector
    c: Vector


Hull = tuple[Ellipsoid, ...]

#: A hem is an ellipsoid as thin as this, so that cloth ends in a straight edge.
HEM = 0.12


def sphere(centre: Vector, radius: float) -> Ellipsoid:
    """A ball."""
    return Ellipsoid(centre, (radius, 0.0, 0.0), (0.0, radius, 0.0), (0.0, 0.0, radius))


def ellipsoid(centre: Vector, frame: Frame, forward: float, up: float, right: float) -> Ellipsoid:
    """An ellipsoid with its axes along a frame."""
    return Ellipsoid(centre, scale(frame.forward, forward), scale(frame.up, up), scale(frame.right, right))


def chain(bodies: list[Ellipsoid]) -> list[Hull]:
    """Hulls of each two that follow each other."""
    return list(pairwise(bodies))


class Sleeve(NamedTuple):
    """How a limb is swept: from and to along the bone, how much thicker, in how many steps, with a flat hem or not."""

    start: float = -1.0
    end: float = 2.0
    thicker: float = 0.0
    steps: int = 9
    hem: bool = False


def limb(near: Vector, far: Vector, frame: Frame, profile: size.Profile, sign: int, sleeve: Sleeve) -> list[Ellipsoid]:
    """Spheres along a bone with the radius and offset of its profile."""
    low, high = max(sleeve.start, profile[0][0]), min(sleeve.end, profile[-1][0])
    out = []
    for i in range(sleeve.steps + 1):
        t = low + (high - low) * i / sleeve.steps
        forward, outward, radius = size.along(profile, t)
        centre = frame.at(mix(near, far, t), forward, 0, outward * sign)
        radius += sleeve.thicker
        if sleeve.hem and i == sleeve.steps:
            out.append(ellipsoid(centre, frame, radius, HEM, radius))
        else:
            out.append(sphere(centre, radius))
    return out


def thigh(leg: LegJoints, girth: float) -> list[Ellipsoid]:
    """The thigh's spheres, clothed or not."""
    return limb(leg.hip, leg.knee, leg.thigh, size.THIGH_PROFILE, leg.sign, Sleeve(thicker=girth))


def shank(leg: LegJoints, sleeve: Sleeve) -> list[Ellipsoid]:
    """The shank's spheres."""
    return limb(leg.knee, leg.ankle, leg.shank, size.SHANK_PROFILE, leg.sign, sleeve)


def buttock(skeleton: Skeleton, sign: int, girth: float) -> tuple[Ellipsoid, Ellipsoid]:
    """The two spheres of a buttock, lower and upper."""
    hips, pelvis = skeleton.trunk.hips, skeleton.trunk.pelvis
    return (
        sphere(pelvis.at(hips, -2.5, -1.2, 4.0 * sign), 4.4 + girth * 0.5),
        sphere(pelvis.at(hips, -1.6, 2.0, 3.6 * sign), 4.2 + girth * 0.5),
    )


def upper_arm(arm: ArmJoints, sleeve: Sleeve) -> list[Ellipsoid]:
    """The upper arm's spheres."""
    return limb(arm.shoulder, arm.elbow, arm.upper, size.UPPER_ARM_PROFILE, arm.sign, sleeve)


def forearm(arm: ArmJoints, girth: float) -> list[Ellipsoid]:
    """The forearm's spheres."""
    return limb(arm.elbow, arm.wrist, arm.fore, size.FOREARM_PROFILE, arm.sign, Sleeve(thicker=girth))


def foot(leg: LegJoints) -> list[Hull]:
    """The foot: heel, instep, the balls, and toes that bend about them."""

    def ball(forward: float, up: float, inward: float, radius: float) -> Ellipsoid:
        return sphere(leg.foot.at(leg.ankle, forward, up, -inward * leg.sign), radius)

    c, s = cos(radians(leg.toe)), sin(radians(leg.toe))

    def toe(forward: float, up: float, inward: float, radius: float) -> Ellipsoid:
        x, y = forward - 7.3, up + 2.55
        return ball(7.3 + x * c - y * s, -2.55 + x * s + y * c, inward, radius)

    heel, tendon, ankle = ball(-2.5, -2.1, 0, 1.8), ball(-0.5, 0.2, 0, 1.6), ball(0.3, -0.3, 0, 1.75)
    instep = ball(3.6, -1.55, 0, 1.65)
    inner, outer = ball(7.3, -2.5, 1.1, 1.3), ball(6.5, -2.7, -1.3, 1.15)
    toes = (toe(10.4, -2.95, 1.0, 0.95), toe(9.4, -3.0, -1.3, 0.85))
    return [(heel, tendon, ankle), (heel, ankle, instep), (heel, instep, inner, outer), (inner, outer, *toes)]


def hand(arm: ArmJoints) -> list[Hull]:
    """The hand as a mitten with a thumb; ``grip`` curls the fingers towards the palm."""

    def ball(along: float, palmar: float, lateral: float, radius: float) -> Ellipsoid:
        return sphere(arm.hand.at(arm.wrist, palmar, -along, lateral * arm.sign), radius)

    curl = radians(arm.grip)
    first = (4.7 + 2.6 * cos(curl), 0.15 + 2.6 * sin(curl))
    last = (first[0] + 2.0 * cos(curl * 1.9), first[1] + 2.0 * sin(curl * 1.9))
    wrist, palm = ball(0, 0, 0, 1.12), ball(2.6, 0.1, 0, 1.25)
    sides = (ball(3.0, 0.1, 0.75, 0.95), ball(2.8, 0.1, -0.75, 0.95))
    knuckles = (ball(4.7, 0.15, 0.85, 0.85), ball(4.5, 0.15, -0.85, 0.8))
    middles = (ball(first[0], first[1], 0.7, 0.72), ball(first[0] - 0.2, first[1], -0.6, 0.68))
    tips = (ball(last[0], last[1], 0.45, 0.58), ball(last[0] - 0.3, last[1], -0.4, 0.55))
    hulls: list[Hull] = [(wrist, palm), (palm, *sides, *knuckles), (*knuckles, *middles), (*middles, *tips)]
    if arm.thumb:
        joint = ball(3.3, 1.0, 1.5, 0.66)
        hulls += [(ball(1.6, 0.5, 0.7, 0.8), joint), (joint, ball(4.7, 1.2, 1.7, 0.52))]
    return hulls


def trunk(skeleton: Skeleton, start: float, end: float, girth: float = 0.0) -> list[Ellipsoid]:
    """The trunk's ellipsoids between two stations of the spine."""
    out = []
    for i in range(size.TRUNK_STATIONS):
        station = -3.4 + (29.2 + 3.4) * i / (size.TRUNK_STATIONS - 1)
        if start <= station <= end:
            out.append(trunk_slice(skeleton, station, girth))
    return out


def trunk_slice(skeleton: Skeleton, station: float, girth: float = 0.0, thick: float = 1.6) -> Ellipsoid:
    """One ellipsoid of the trunk."""
    point, frame = skeleton.trunk.at(station)
    forward, half_width, half_depth = size.along(size.TRUNK_PROFILE, station)
    belly = girth * (1.5 if 0 < station < 16 else 0.8)
    centre = frame.at(point, forward + belly * 0.35, 0, 0)
    return ellipsoid(centre, frame, half_depth + belly, thick, half_width + belly)


def yoke(skeleton: Skeleton, sign: int) -> Hull:
    """The shoulder's bridge from the spine to the arm."""
    point, frame = skeleton.trunk.at(25.0)
    arm = skeleton.arms["R" if sign == 1 else "L"]
    return (
        sphere(frame.at(point, -0.8, 0.2, 5.2 * sign), 3.2),
        sphere(arm.shoulder, 2.75),
        trunk_slice(skeleton, 26.7),
    )


def neck(head: Head) -> list[Hull]:
    """The neck."""
    return chain(
        [
            sphere(head.base, 2.75),
            sphere(mix(head.base, head.top, 0.5), 2.5),
            sphere(add(head.top, scale(head.neck.forward, 0.3)), 2.6),
        ]
    )


def skull(head: Head) -> Frame:
    """The skull's frame, in the head's own scale: heads are drawn a little larger than life."""
    return Frame(*(scale(axis, size.HEAD_SCALE) for axis in head.skull))


def face(head: Head) -> list[Hull]:
    """Skull, brow, jaw, chin and nose."""
    frame, origin = skull(head), head.top

    def ball(forward: float, up: float, radius: float) -> Ellipsoid:
        return sphere(frame.at(origin, forward, up, 0), radius)

    dome = ellipsoid(frame.at(origin, 0.6, 6.0, 0), frame, 5.5, 5.1, 4.45)
    brow = ellipsoid(frame.at(origin, 2.7, 4.4, 0), frame, 3.2, 3.0, 3.6)
    jaw = ellipsoid(frame.at(origin, 2.6, 0.9, 0), frame, 2.5, 1.9, 2.7)
    chin = ball(4.1, 0.3, 1.15)
    nose = (ball(5.3, 4.4, 0.6), ball(6.35, 2.95, 0.62), ball(5.1, 2.5, 0.7))
    return [(dome, brow), (brow, jaw), (jaw, chin), (brow, chin), (dome, jaw), nose]


def ear(head: Head, sign: int) -> Ellipsoid:
    """The ear of a side."""
    frame = skull(head)
    centre = frame.at(head.top, 0.1, 3.6, 4.3 * sign)
    return ellipsoid(centre, frame.turned(head.skull.right, -10), 1.05, 1.55, 0.5)
