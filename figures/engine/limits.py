"""How far joints go: degrees a healthy adult reaches, with a little room for drawing.

The ranges are figures of the drawing's rig, chosen to refuse what looks broken; they are not clinical norms.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import acos, asin, atan2, degrees
from typing import NamedTuple

from figures.engine.faults import Fault
from figures.engine.pose import Pose
from figures.engine.skeleton import ArmJoints, Skeleton
from figures.engine.vectors import Frame, Vector, dot, scale

Range = tuple[float, float]

HIP_FLEX: Range = (-25, 130)
HIP_OUT: Range = (-40, 70)
#: Measured after flexion and spread, so an ankle that rests on the other knee gives more than a goniometer would.
HIP_AXIAL: Range = (-60, 95)
KNEE: Range = (-1, 145)
ANKLE: Range = (-45, 30)
#: A foot that the floor lays flat under a kneeling leg goes further than one that is pointed.
ANKLE_KNEELING: Range = (-85, 35)
ELBOW: Range = (-1, 150)
WRIST: Range = (0, 92)
SHOULDER_BACK: Range = (-65, 185)
SPINE_FLEX: Range = (-50, 90)
SPINE_TWIST: Range = (-60, 60)
SPINE_BEND: Range = (-45, 45)
NECK: Range = (-50, 50)


class BallAngles(NamedTuple):
    """How a bone hangs on the trunk: forward, outward, and turned about its length (outward positive)."""

    flex: float
    out: float
    axial: float


def ball_angles(parent: Frame, limb: Frame, sign: int) -> BallAngles:
    """The angles of a hip or a shoulder that would turn a limb's upper bone so."""
    bone = scale(limb.up, -1)
    flex = degrees(atan2(dot(bone, parent.forward), -dot(bone, parent.up)))
    out = degrees(asin(max(-1.0, min(1.0, sign * dot(bone, parent.right)))))
    rest = parent.flexed(flex).bent(-sign * out)
    axial = degrees(atan2(dot(limb.forward, rest.right), dot(limb.forward, rest.forward))) * sign
    return BallAngles(flex, out, axial)


def bend_between(near: Frame, far: Frame) -> float:
    """How far the second bone is bent against the first: positive where its end moves backwards."""
    bone = scale(far.up, -1)
    return degrees(atan2(-dot(bone, near.forward), -dot(bone, near.up)))


def angle(a: Vector, b: Vector) -> float:
    """The angle between two directions."""
    return degrees(acos(max(-1.0, min(1.0, dot(a, b)))))


def joint_faults(pose: Pose, skeleton: Skeleton) -> list[Fault]:
    """Every joint that goes further than it can."""
    measured = [*_trunk(pose), *_legs(pose, skeleton), *_arms(skeleton)]
    return [
        Fault(pose.key, limb, what, number, "degrees", f"it goes from {low:.0f} to {high:.0f}")
        for limb, what, number, (low, high) in measured
        if not low - 0.05 <= number <= high + 0.05
    ]


Measured = Iterator[tuple[str, str, float, Range]]


def _trunk(pose: Pose) -> Measured:
    """Spine and neck, whose angles are given."""
    yield "spine", "it bends forward", sum(pose.spine.flex), SPINE_FLEX
    yield "spine", "it turns", sum(pose.spine.twist), SPINE_TWIST
    yield "spine", "it leans sideways", sum(pose.spine.bend), SPINE_BEND
    for what, number in zip(("it nods", "it turns", "it leans sideways"), pose.neck, strict=True):
        yield "neck", what, number, NECK


def _legs(pose: Pose, skeleton: Skeleton) -> Measured:
    """Hips, knees and ankles, measured on the solved legs."""
    for side, leg in skeleton.legs.items():
        limb = f"leg{side}"
        hip = ball_angles(skeleton.trunk.pelvis, leg.thigh, leg.sign)
        yield limb, "the hip is flexed", hip.flex, HIP_FLEX
        yield limb, "the hip is spread", hip.out, HIP_OUT
        yield limb, "the thigh is turned outward", hip.axial, HIP_AXIAL
        yield limb, "the knee is bent", bend_between(leg.thigh, leg.shank), KNEE
        ankle = degrees(atan2(dot(leg.foot.forward, leg.shank.up), dot(leg.foot.forward, leg.shank.forward)))
        yield limb, "the ankle is flexed", ankle, ANKLE_KNEELING if pose.leg(side).kneel else ANKLE


def _arms(skeleton: Skeleton) -> Measured:
    """Shoulders, elbows and wrists."""
    _, chest = skeleton.trunk.at(26.4)
    for side, arm in skeleton.arms.items():
        limb = f"arm{side}"
        yield limb, "the elbow is bent", -bend_between(arm.upper, arm.fore), ELBOW
        yield limb, "the wrist is bent", angle(arm.fore.up, arm.hand.up), WRIST
        yield limb, "the shoulder is flexed", _shoulder_flexion(chest, arm), SHOULDER_BACK


def _shoulder_flexion(chest: Frame, arm: ArmJoints) -> float:
    """How far the upper arm is forward (positive) or back; an arm out to the side counts by how much it is either."""
    bone = scale(arm.upper.up, -1)
    flex = degrees(atan2(dot(bone, chest.forward), -dot(bone, chest.up)))
    if flex < -90:
        return flex + 360  # overhead and a little behind is a raised arm, not one that went backwards
    aside = abs(dot(bone, chest.right))
    return flex * (1 - aside) if flex < 0 else flex
