"""From a pose to its skeleton: the trunk first, then what hangs on it, then what the arms reach for."""

from __future__ import annotations

from dataclasses import replace

from figures.engine import proportions as size
from figures.engine.bodypoints import body_point
from figures.engine.pose import Anchor, Arm, Leg, Pose, Root, Spine
from figures.engine.reach import (
    hand_frame,
    kneeling_height,
    kneeling_joints,
    shoulder_towards,
    two_bones,
    wrist_for_palm,
)
from figures.engine.skeleton import ArmJoints, Head, LegJoints, Skeleton, Station, Trunk
from figures.engine.vectors import (
    STANDING,
    UP,
    Frame,
    Vector,
    add,
    dot,
    frame_along,
    frame_facing,
    length,
    scale,
    sub,
    unit,
)

#: The spine is bent in steps of this length.
STEP = 0.75
#: The ankle's skin is this far from its middle: what an ankle that rests on a body part is lifted by.
ANKLE_RADIUS = 1.6
SIDES = (("R", 1), ("L", -1))


def solve(pose: Pose) -> Skeleton:
    """The skeleton of a pose. Never fails: what cannot be reached is missed by ``short``, for the validator to say."""
    trunk = _placed_trunk(pose)
    skeleton = Skeleton(trunk, _head(trunk, pose.neck))
    # A leg that rests on the other leg is solved after it.
    for side, sign in sorted(SIDES, key=lambda item: isinstance(pose.leg(item[0]).to, str)):
        skeleton = replace(skeleton, legs={**skeleton.legs, side: _leg(skeleton, pose.leg(side), side, sign)})
    for side, sign in SIDES:
        skeleton = replace(skeleton, arms={**skeleton.arms, side: _arm(skeleton, pose.arm(side), side, sign)})
    return skeleton


def pelvis_frame(root: Root) -> Frame:
    """The pelvis: turned about the upright, leaned forward, rolled, and twisted about its own length."""
    return STANDING.twisted(root.yaw).flexed(-root.pitch).bent(root.roll).twisted(root.twist)


def _placed_trunk(pose: Pose) -> Trunk:
    """The trunk after its anchor and after its knees on the floor have moved it."""
    trunk = _trunk(pose.root, pose.spine)
    if pose.anchor:
        trunk = _moved(trunk, _anchor_shift(trunk, pose.anchor))
    rises = [
        kneeling_height(hip, kneel.at) - hip[1]
        for side, sign in SIDES
        for hip, kneel in [(trunk.hip(sign, size.HIP_HALF_WIDTH), pose.leg(side).kneel)]
        if kneel
    ]
    # Of two knees that ask for different heights the higher hips win; the other thigh is then reported as too short.
    return _moved(trunk, (0.0, max(rises), 0.0)) if rises else trunk


def _trunk(root: Root, spine: Spine) -> Trunk:
    """The spine as an even bend through the low back and another through the upper back."""
    frame = pelvis = pelvis_frame(root)
    point: Vector = root.pos
    stations = [Station(-3.4, add(point, scale(frame.up, -3.4)), frame), Station(0.0, point, frame)]
    for i in range(round(size.SPINE / STEP)):
        part, stretch = (0, size.LUMBAR) if i * STEP < size.LUMBAR else (1, size.SPINE - size.LUMBAR)
        half = STEP / stretch / 2
        bend = (spine.flex[part] * half, spine.twist[part] * half, spine.bend[part] * half)
        frame = _bent(frame, bend)
        point = add(point, scale(frame.up, STEP))
        frame = _bent(frame, bend)
        stations.append(Station((i + 1) * STEP, point, frame))
    return Trunk(root.pos, pelvis, tuple(stations))


def _bent(frame: Frame, bend: tuple[float, float, float]) -> Frame:
    """A frame after so much bending forward, turning to the left and leaning to the right."""
    return frame.flexed(-bend[0]).twisted(bend[1]).bent(bend[2])


def _moved(trunk: Trunk, shift: Vector) -> Trunk:
    """The trunk somewhere else."""
    stations = tuple(Station(s.along, add(s.point, shift), s.frame) for s in trunk.stations)
    return Trunk(add(trunk.hips, shift), trunk.pelvis, stations)


def _anchor_shift(trunk: Trunk, anchor: Anchor) -> Vector:
    """How the trunk must move for the anchor's point to be at its place, on the anchor's axes only."""
    blades, frame = trunk.at(25.0)
    points = {
        "hips": trunk.hips,
        "shoulders": frame.at(blades, -4.8, 0, 0),
        "seat": trunk.pelvis.at(trunk.hips, -1.5, -5.5, 0),
        "back": trunk.pelvis.at(trunk.hips, -6.8, 0, 0),
        "front": trunk.pelvis.at(trunk.hips, 4.8, 0, 0),
    }
    x, y, z = sub(anchor.at, points[anchor.point])
    return (x if "x" in anchor.axes else 0.0, y if "y" in anchor.axes else 0.0, z if "z" in anchor.axes else 0.0)


def _head(trunk: Trunk, neck: tuple[float, float, float]) -> Head:
    """Half of the neck's bend is in the neck, half where the skull sits on it."""
    point, frame = trunk.at(size.NECK_STATION)
    base = frame.at(point, -0.8, 0, 0)
    flex, twist, bend = neck
    shaft = frame.flexed(-size.NECK_TILT - flex / 2).twisted(twist * 0.4).bent(bend / 2)
    skull = shaft.flexed(size.NECK_TILT - flex / 2).twisted(twist * 0.6).bent(bend / 2)
    return Head(base, add(base, scale(shaft.up, size.NECK)), shaft, skull)


def _leg(skeleton: Skeleton, leg: Leg, side: str, sign: int) -> LegJoints:
    """A leg, in whichever of the three ways it was given."""
    hip = skeleton.trunk.hip(sign, size.HIP_HALF_WIDTH)
    if leg.hip is not None:
        joints = _turned_leg(skeleton.trunk.pelvis, hip, leg, side, sign)
    elif leg.kneel is not None:
        knee, ankle = kneeling_joints(leg.kneel.at, leg.kneel.shank)
        front = sub(knee, ankle)
        thigh = frame_along(sub(knee, hip), front)
        shank = frame_along(sub(ankle, knee), (0.0, -1.0, 0.0))
        missing = abs(length(sub(knee, hip)) - size.THIGH)
        # The back of the foot lies on the floor, toes a little lower than the ankle.
        instep = frame_facing((ankle[0] - knee[0], -0.45 * size.SHANK, ankle[2] - knee[2]), (0.0, -1.0, 0.0))
        joints = LegJoints(side, sign, hip, knee, ankle, thigh, shank, instep, leg.toe, missing)
    else:
        target = _ankle_target(skeleton, leg)
        reach = two_bones(hip, target, size.THIGH, size.SHANK, leg.pole)
        thigh = frame_along(sub(reach.middle, hip), reach.front)
        shank = frame_along(sub(reach.end, reach.middle), reach.front)
        short = length(sub(target, reach.end))
        foot = shank.flexed(leg.ankle)
        joints = LegJoints(side, sign, hip, reach.middle, reach.end, thigh, shank, foot, leg.toe, short)
    if leg.foot is not None:
        joints = replace(joints, foot=frame_facing(leg.foot, leg.footup))
    return joints


def _turned_leg(pelvis: Frame, hip: Vector, leg: Leg, side: str, sign: int) -> LegJoints:
    """A leg given by its angles: flexed, brought outward, turned about its length."""
    flex, out, axial = leg.hip or (0.0, 0.0, 0.0)
    thigh = pelvis.flexed(flex).bent(-sign * out).twisted(-sign * axial)
    knee = add(hip, scale(thigh.up, -size.THIGH))
    shank = thigh.flexed(-leg.knee)
    ankle = add(knee, scale(shank.up, -size.SHANK))
    return LegJoints(side, sign, hip, knee, ankle, thigh, shank, shank.flexed(leg.ankle), leg.toe)


def _ankle_target(skeleton: Skeleton, leg: Leg) -> Vector:
    """Where the ankle's middle goes; on a body part it lies on the skin, not in it."""
    if isinstance(leg.to, str):
        point, outward = body_point(skeleton, leg.to)
        return add(point, scale(outward, ANKLE_RADIUS))
    return leg.to or skeleton.trunk.hips


def _arm(skeleton: Skeleton, arm: Arm, side: str, sign: int) -> ArmJoints:
    """An arm, by its angles or by what its palm touches."""
    point, frame = skeleton.trunk.at(size.SHOULDER_STATION)
    shoulder = frame.at(point, size.SHOULDER_FORWARD + arm.pro, arm.shrug, sign * size.SHOULDER_HALF_WIDTH)
    if arm.sh is not None:
        return _turned_arm(frame, shoulder, arm, side, sign)
    palm: Vector = arm.palm or (0.0, -1.0, 0.0)
    if isinstance(arm.to, str):
        contact, outward = body_point(skeleton, arm.to)
        palm = arm.palm or scale(outward, -1)
    else:
        contact = arm.to or shoulder
    hand = hand_frame(arm.hand or (0.0, -1.0, 0.0), palm)
    wrist = wrist_for_palm(contact, hand)
    shoulder = shoulder_towards(shoulder, wrist, frame)
    reach = two_bones(shoulder, wrist, size.UPPER_ARM, size.FOREARM, arm.pole)
    back = scale(reach.front, -1)
    upper = frame_along(sub(reach.middle, shoulder), back)
    fore = frame_along(sub(reach.end, reach.middle), back)
    return ArmJoints(
        side, sign, shoulder, reach.middle, reach.end, upper, fore, hand, arm.grip, arm.thumb,
        length(sub(wrist, reach.end)), contact,
    )  # fmt: skip


def _turned_arm(frame: Frame, shoulder: Vector, arm: Arm, side: str, sign: int) -> ArmJoints:
    """An arm given by its angles: flexed, brought outward, turned about its length; the palm looks inward."""
    flex, out, axial = arm.sh or (0.0, 0.0, 0.0)
    upper = frame.flexed(flex).bent(-sign * out).twisted(-sign * axial)
    raised = max(0.0, -dot(upper.up, frame.up))
    shoulder = add(shoulder, scale(frame.up, raised * 2.2))
    elbow = add(shoulder, scale(upper.up, -size.UPPER_ARM))
    fore = upper.flexed(arm.el)
    wrist = add(elbow, scale(fore.up, -size.FOREARM))
    hand = fore.flexed(arm.wr).twisted(sign * 90)
    if arm.hand is not None:
        hand = hand_frame(arm.hand, arm.palm or hand.forward)
    return ArmJoints(side, sign, shoulder, elbow, wrist, upper, fore, hand, arm.grip, arm.thumb)


def lean_of(trunk: Trunk) -> float:
    """How upright the trunk is: 1 standing, 0 lying, -1 on the head."""
    return dot(unit(sub(trunk.at(25.0)[0], trunk.hips)), UP)
