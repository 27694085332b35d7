"""Handles: the places of a drawn figure that can be taken and moved, and what becomes of the pose then.

A handle is moved in the plane of the picture; how near it is stays as it was. Hands and feet are then placed by where
they are, in all poses alike; the hips take the trunk along; the head bends the neck.
"""

from __future__ import annotations

from typing import Literal, get_args

from figures.engine import rig
from figures.engine.camera import Camera, Flat
from figures.engine.limits import NECK
from figures.engine.pose import Illustration, Pose
from figures.engine.reach import palm_of
from figures.engine.skeleton import Skeleton
from figures.engine.vectors import Vector, add, scale
from figures.engine.ways import Limb, limb_of_pose, place, placed, with_limb

Handle = Literal["handR", "handL", "footR", "footL", "hips", "head"]
HANDLES: tuple[Handle, ...] = get_args(Handle)
#: From the upper end of the neck to the middle of the head.
HEAD_MIDDLE = 6.0
#: How the neck is bent to follow the head: few steps, since each starts where the last drag ended.
STEPS = 6


def handle_places(skeleton: Skeleton) -> dict[Handle, Vector]:
    """Where the handles of a solved pose are in space."""
    head = skeleton.head
    places: dict[Handle, Vector] = {
        "hips": skeleton.trunk.hips,
        "head": head.skull.at(head.top, 0, HEAD_MIDDLE, 0),
    }
    for side, leg in skeleton.legs.items():
        places["footR" if side == "R" else "footL"] = leg.ankle
    for side, arm in skeleton.arms.items():
        places["handR" if side == "R" else "handL"] = palm_of(arm.wrist, arm.hand)
    return places


def stick_lines(skeleton: Skeleton) -> list[list[Vector]]:
    """The skeleton as a few lines: spine with head, shoulders, hips, and the limbs."""
    trunk, head = skeleton.trunk, skeleton.head
    lines = [[*(station.point for station in trunk.stations[1::6]), head.base, head.top]]
    lines.append([head.top, head.skull.at(head.top, 0, 2 * HEAD_MIDDLE, 0)])
    lines.append([skeleton.legs["R"].hip, skeleton.legs["L"].hip])
    lines.append([skeleton.arms["R"].shoulder, skeleton.arms["L"].shoulder])
    for leg in skeleton.legs.values():
        lines.append([leg.hip, leg.knee, leg.ankle, leg.foot.at(leg.ankle, 8.0, -2.5, 0)])
    for arm in skeleton.arms.values():
        lines.append([arm.shoulder, arm.elbow, arm.wrist, arm.hand.at(arm.wrist, 0, -7.0, 0)])
    return lines


def moved(illustration: Illustration, key: str, handle: Handle, to: Flat) -> Illustration:
    """The illustration after a handle of one pose was moved to a place in the picture. KeyError: no such pose."""
    pose = illustration.pose(key)
    camera = Camera(illustration.view.yaw, illustration.view.pitch)
    skeleton = rig.solve(pose)
    start = handle_places(skeleton)[handle]
    x, y = camera.flat(start)
    shift = add(scale(camera.right, to[0] - x), scale(camera.up, to[1] - y))
    if handle == "hips":
        return _with_pose(illustration, _hips_moved(pose, shift))
    if handle == "head":
        return _with_pose(illustration, _head_moved(pose, camera, to))
    limb = limb_at(handle)
    illustration = placed(illustration, limb, "place")
    part = limb_of_pose(illustration.pose(key), limb).model_copy(update={"to": place(add(start, shift))})
    return _with_pose(illustration, with_limb(illustration.pose(key), limb, part))


def limb_at(handle: Handle) -> Limb:
    """The limb a hand or a foot ends."""
    limbs: dict[str, Limb] = {"handR": "armR", "handL": "armL", "footR": "legR", "footL": "legL"}
    return limbs[handle]


def _with_pose(illustration: Illustration, changed: Pose) -> Illustration:
    """The illustration with one pose changed."""
    poses = [changed if pose.key == changed.key else pose for pose in illustration.figures]
    return illustration.model_copy(update={"figures": poses})


def _hips_moved(pose: Pose, shift: Vector) -> Pose:
    """The trunk somewhere else, with what holds it; hands and feet that have a place keep it."""
    root = pose.root.model_copy(update={"pos": place(add(pose.root.pos, shift))})
    anchor = pose.anchor
    if anchor:
        anchor = anchor.model_copy(update={"at": place(add(anchor.at, shift))})
    return pose.model_copy(update={"root": root, "anchor": anchor})


def _head_moved(pose: Pose, camera: Camera, to: Flat) -> Pose:
    """The neck bent so that the head comes near a place: Newton's method on nodding and leaning, damped."""
    flex, twist, lean = pose.neck
    for _ in range(STEPS):
        x, y = _head_at(pose, camera, (flex, twist, lean))
        nod = _head_at(pose, camera, (flex + 1, twist, lean))
        tip = _head_at(pose, camera, (flex, twist, lean + 1))
        a, b, c, d = nod[0] - x, tip[0] - x, nod[1] - y, tip[1] - y
        # Seen from the side, leaning hardly shows: without the damping the neck would lean wildly.
        damp = 0.004
        p, q, r = a * a + c * c + damp, a * b + c * d, b * b + d * d + damp
        along, aside = a * (to[0] - x) + c * (to[1] - y), b * (to[0] - x) + d * (to[1] - y)
        determinant = p * r - q * q
        flex = _within((r * along - q * aside) / determinant + flex)
        lean = _within((p * aside - q * along) / determinant + lean)
    return pose.model_copy(update={"neck": (round(flex, 1) + 0.0, twist, round(lean, 1) + 0.0)})


def _within(degrees: float) -> float:
    """As far as a neck goes."""
    return max(NECK[0], min(NECK[1], degrees))


def _head_at(pose: Pose, camera: Camera, neck: tuple[float, float, float]) -> Flat:
    """Where the head would be in the picture."""
    skeleton = rig.solve(pose.model_copy(update={"neck": neck}))
    return camera.flat(handle_places(skeleton)["head"])
