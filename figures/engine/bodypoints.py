"""Named points of the body: "on the right thigh, two thirds down, behind"."""

from __future__ import annotations

from math import hypot
from typing import NamedTuple

from figures.engine import proportions as size
from figures.engine.skeleton import Skeleton
from figures.engine.vectors import Frame, Vector, add, mix, scale, unit


class Skin(NamedTuple):
    """A point on the skin and the direction that leads out of the body there."""

    point: Vector
    outward: Vector


def body_point(skeleton: Skeleton, name: str) -> Skin:
    """The place a body point's name means, such as ``thighR:.62:-1:0``; see ``pose.BodyPoint`` for the grammar.

    On thighs, shanks, arms and the trunk only the direction of the last two numbers counts: the point is put on the
    skin, so that a palm laid there touches. On feet, the head and the pelvis the three numbers are a place (forward,
    up, outward) and outward leads away from the part's middle.
    """
    part, *numbers = name.split(":")
    bone, side = part[:-1], part[-1]
    a, b, c = (float(number) for number in numbers)
    sign = 1 if side == "R" else -1
    if bone == "trunk":
        return _on_trunk(skeleton, a, b, c * sign)
    if bone in {"foot", "head", "pelvis"}:
        return _in_frame(skeleton, bone, side, (a, b, c * sign))
    near, far, frame, profile = _bone(skeleton, bone, side)
    return _on_limb(mix(near, far, a), frame, size.along(profile, a), b, c, sign)


def _bone(skeleton: Skeleton, bone: str, side: str) -> tuple[Vector, Vector, Frame, size.Profile]:
    """The ends, the frame and the profile of a limb's bone."""
    if bone in {"thigh", "shank"}:
        leg = skeleton.legs.get(side)
        if leg is None:
            # Legs that rest on each other: one of them has to come first, and the validator measures the miss.
            hip = skeleton.trunk.hip(1 if side == "R" else -1, size.HIP_HALF_WIDTH)
            return hip, hip, skeleton.trunk.pelvis, size.THIGH_PROFILE
        if bone == "thigh":
            return leg.hip, leg.knee, leg.thigh, size.THIGH_PROFILE
        return leg.knee, leg.ankle, leg.shank, size.SHANK_PROFILE
    arm = skeleton.arms.get(side)
    if arm is None:
        # Asked for before that arm is solved: the shoulder stands for it, and the validator measures the miss.
        point, frame = skeleton.trunk.at(size.SHOULDER_STATION)
        return point, point, frame, size.UPPER_ARM_PROFILE
    if bone == "upperarm":
        return arm.shoulder, arm.elbow, arm.upper, size.UPPER_ARM_PROFILE
    return arm.elbow, arm.wrist, arm.fore, size.FOREARM_PROFILE


def _on_limb(
    bone: Vector, frame: Frame, flesh: tuple[float, float, float], forward: float, outward: float, sign: int
) -> Skin:
    """The skin in a direction from the flesh's middle."""
    middle = frame.at(bone, flesh[0], 0, flesh[1] * sign)
    direction = unit(add(scale(frame.forward, forward), scale(frame.right, outward * sign)), frame.forward)
    return Skin(add(middle, scale(direction, flesh[2])), direction)


def _on_trunk(skeleton: Skeleton, along: float, forward: float, right: float) -> Skin:
    """The skin of the trunk at a station, on its ellipse."""
    point, frame = skeleton.trunk.at(along)
    ahead, half_width, half_depth = size.along(size.TRUNK_PROFILE, along)
    long = hypot(forward, right) or 1.0
    f, r = forward / long, right / long
    reach = 1 / (hypot(f / half_depth, r / half_width) or 1.0)
    outward = unit(add(scale(frame.forward, f / half_depth**2), scale(frame.right, r / half_width**2)), frame.forward)
    return Skin(frame.at(point, ahead + f * reach, 0, r * reach), outward)


def _in_frame(skeleton: Skeleton, bone: str, side: str, place: Vector) -> Skin:
    """A place in the frame of a foot, the head or the pelvis."""
    if bone == "foot" and (leg := skeleton.legs.get(side)):
        origin, frame, middle = leg.ankle, leg.foot, (3.0, -1.5, 0.0)
    elif bone == "head":
        origin, frame, middle = skeleton.head.top, skeleton.head.skull, (0.6, 5.5, 0.0)
    else:
        origin, frame, middle = skeleton.trunk.hips, skeleton.trunk.pelvis, (0.0, 0.0, 0.0)
    away = (place[0] - middle[0], place[1] - middle[1], place[2] - middle[2])
    return Skin(frame.at(origin, *place), unit(frame.at((0.0, 0.0, 0.0), *away)))
