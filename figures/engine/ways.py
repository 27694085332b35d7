"""Placing a limb in another way without moving it: by its joints' angles, by a place, by a point of the body.

All poses of an illustration place a limb in the same way, since nothing lies between two ways; so all are changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, degrees
from typing import Any, Literal

from figures.engine import proportions as size
from figures.engine import rig
from figures.engine.bodypoints import body_point
from figures.engine.limits import ball_angles, bend_between
from figures.engine.pose import Arm, Illustration, Kneel, Leg, Pose
from figures.engine.reach import palm_of
from figures.engine.skeleton import ArmJoints, LegJoints, Skeleton
from figures.engine.values import Point
from figures.engine.vectors import Vector, dot, length, mix, scale, sub, unit

#: ``angles`` is "hip" or "sh" of the format, ``place`` and ``body`` are the two kinds of "to".
Way = Literal["angles", "place", "body", "kneel"]
Limb = Literal["legR", "legL", "armR", "armL"]
LIMBS: tuple[Limb, ...] = ("legR", "legL", "armR", "armL")


def limb_of_pose(pose: Pose, limb: str) -> Leg | Arm:
    """A limb's data by its name."""
    return pose.leg(limb[-1]) if limb.startswith("leg") else pose.arm(limb[-1])


def way_of(part: Leg | Arm) -> Way:
    """How a limb is placed."""
    if isinstance(part.to, str):
        return "body"
    if part.to is not None:
        return "place"
    return "kneel" if isinstance(part, Leg) and part.kneel else "angles"


def placed(illustration: Illustration, limb: Limb, way: Way) -> Illustration:
    """The illustration with a limb of all its poses placed this way, as near as can be to where it is.

    Raises ``ValueError`` for an arm that is to kneel.
    """
    if way == "kneel" and not limb.startswith("leg"):
        raise ValueError("only a leg can kneel")
    poses = [with_limb(pose, limb, converted(pose, limb, way)) for pose in illustration.figures]
    return illustration.model_copy(update={"figures": poses})


def with_limb(pose: Pose, limb: str, part: Leg | Arm) -> Pose:
    """The pose with another leg or arm."""
    return pose.model_copy(update={f"{limb[:3]}_{limb[3].lower()}": part})


def converted(pose: Pose, limb: Limb, way: Way) -> Leg | Arm:
    """A limb of a pose, placed this way; as it is when it is so already."""
    part = limb_of_pose(pose, limb)
    if way_of(part) == way:
        return part
    skeleton = rig.solve(pose)
    if isinstance(part, Leg):
        return _leg(part, skeleton, skeleton.legs[limb[-1]], way)
    return _arm(part, skeleton, skeleton.arms[limb[-1]], way)


def _leg(leg: Leg, skeleton: Skeleton, joints: LegJoints, way: Way) -> Leg:
    """The leg in another way. A foot that was turned by the ankle alone keeps its angle."""
    empty: dict[str, Any] = {"to": None, "kneel": None, "hip": None}
    if way == "kneel":
        at = place((joints.knee[0], max(0.0, joints.knee[1] - size.KNEELING_KNEE), joints.knee[2]))
        return leg.model_copy(update={**empty, "foot": None, "kneel": Kneel(at=at, shank=_away(joints))})
    if way == "angles":
        hip = ball_angles(skeleton.trunk.pelvis, joints.thigh, joints.sign)
        knee = max(0.0, bend_between(joints.thigh, joints.shank))
        turned = {"hip": _rounded(hip), "knee": round(knee, 1), "ankle": round(_ankle(joints), 1)}
        return leg.model_copy(update={**empty, **turned})
    pole = _pole(joints.hip, joints.knee, joints.ankle, joints.thigh.forward)
    ankle = {} if leg.foot else {"ankle": round(_ankle(joints), 1)}
    to = place(joints.ankle) if way == "place" else nearest_body_point(skeleton, joints.ankle, f"leg{joints.side}")
    return leg.model_copy(update={**empty, "to": to, "pole": pole, **ankle})


def _arm(arm: Arm, skeleton: Skeleton, joints: ArmJoints, way: Way) -> Arm:
    """The arm in another way; the hand keeps its direction."""
    hand = {"hand": direction(scale(joints.hand.up, -1)), "palm": direction(joints.hand.forward)}
    if way == "angles":
        _, chest = skeleton.trunk.at(size.SHOULDER_STATION)
        shoulder = ball_angles(chest, joints.upper, joints.sign)
        elbow = max(0.0, -bend_between(joints.upper, joints.fore))
        return arm.model_copy(update={"to": None, "sh": _rounded(shoulder), "el": round(elbow, 1), **hand})
    palm = palm_of(joints.wrist, joints.hand)
    pole = _pole(joints.shoulder, joints.elbow, joints.wrist, scale(joints.upper.forward, -1))
    if way == "place":
        return arm.model_copy(update={"sh": None, "to": place(palm), "pole": pole, **hand})
    to = nearest_body_point(skeleton, palm, f"arm{joints.side}")
    return arm.model_copy(update={"sh": None, "to": to, "pole": pole, **hand, "palm": None})


def _pole(near: Vector, middle: Vector, end: Vector, when_straight: Vector) -> Point:
    """Where a knee or an elbow points: away from the line between the limb's ends, while it is bent enough to say."""
    way = sub(end, near)
    share = dot(sub(middle, near), way) / max(dot(way, way), 1e-6)
    off = sub(middle, mix(near, end, share))
    return direction(unit(off) if length(off) > 1.5 else when_straight)


def _ankle(joints: LegJoints) -> float:
    """How far the toes are drawn up."""
    return degrees(atan2(dot(joints.foot.forward, joints.shank.up), dot(joints.foot.forward, joints.shank.forward)))


def _away(joints: LegJoints) -> Point:
    """Where the shank of a kneeling leg points; behind the hips when it hangs straight down."""
    x, _, z = sub(joints.ankle, joints.knee)
    return direction((x, 0.0, z)) if abs(x) + abs(z) > 1 else direction(scale(joints.thigh.forward, -1))


def nearest_body_point(skeleton: Skeleton, near: Vector, limb: str) -> str:
    """The body point nearest to a place, on any part but the limb itself."""
    return min(_body_points(limb), key=lambda name: length(sub(body_point(skeleton, name).point, near)))


def _body_points(limb: str) -> Iterator[str]:
    """Points all over the body, but for the limb that reaches; an ankle is never sent to an arm, which comes later."""
    parts = {"thigh": "leg", "shank": "leg", "upperarm": "arm", "forearm": "arm"}
    for part, owner in parts.items():
        for side in "RL":
            if f"{owner}{side}" == limb or (owner == "arm" and (limb[:3] == "leg" or side == "L")):
                continue
            for tenth in range(1, 10):
                for ahead, out in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)):
                    yield f"{part}{side}:{tenth / 10}:{ahead}:{out}"
    for along in (4, 8, 12, 16, 20, 24):
        for ahead, right in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1)):
            yield f"trunkR:{along}:{ahead}:{right}"


def place(point: Vector) -> Point:
    """A place as somebody would write it, in tenths."""
    x, y, z = (round(max(-200.0, min(200.0, number)), 1) + 0.0 for number in point)
    return (x, y, z)


def direction(vector: Vector) -> Point:
    """A direction as somebody would write it, in hundredths."""
    x, y, z = (round(number, 2) + 0.0 for number in vector)
    return (x, y, z)


def _rounded(angles: tuple[float, float, float]) -> Point:
    """Angles in tenths of a degree."""
    return place(angles)
