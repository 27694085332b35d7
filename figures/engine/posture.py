"""How a body is held as a whole: lying, sitting, kneeling or standing, and on what."""

from __future__ import annotations

from typing import Literal, NamedTuple

from figures.engine import rig
from figures.engine.pose import Pose
from figures.engine.rig import lean_of
from figures.engine.skeleton import Skeleton
from figures.engine.vectors import dot

#: What a pose can be told to be by its geometry; a body on a bed is in bed, however it lies.
Held = Literal[
    "in_bed", "supine", "prone", "forearms_and_knees", "side_lying", "long_sitting", "sitting", "wheelchair",
    "four_point_kneeling", "kneeling", "half_kneeling", "standing",
]  # fmt: skip

#: A trunk this flat lies; a body on the floor has its hips below so many units, and sits on it below so many.
FLAT, LOW, SITS = 0.6, 24.0, 12.0
#: A chest that looks up or down at least so much (a sine) is not on its side.
FACING = 0.3

_SEATS: dict[str, tuple[Held, str]] = {
    "chair": ("sitting", "Sitting on a chair"),
    "box": ("sitting", "Sitting on a raised surface"),
    "wheelchair": ("wheelchair", "Sitting in a wheelchair"),
    "bed": ("in_bed", "Sitting on a bed"),
}


class Posture(NamedTuple):
    """What the body does as a whole, as a name and in words."""

    held: Held
    words: str


def posture_of(pose: Pose, skeleton: Skeleton | None = None) -> Posture:
    """How the body of a pose is held."""
    skeleton = skeleton or rig.solve(pose)
    is_flat = lean_of(skeleton.trunk) < FLAT
    is_on_a_bed = "bed" in pose.rests.values()
    if is_flat and (skeleton.trunk.hips[1] < LOW or is_on_a_bed):
        lying = _lying(pose, skeleton)
        return Posture("in_bed", f"{lying.words} in bed") if is_on_a_bed else lying
    return _raised(pose, skeleton, is_flat)


def _lying(pose: Pose, skeleton: Skeleton) -> Posture:
    """Which way up somebody lies."""
    _, chest = skeleton.trunk.at(22.0)
    if chest.forward[1] > FACING:
        is_lifted = skeleton.trunk.hips[1] > SITS and "seat" not in pose.rests
        return Posture("supine", f"Lying on the back{' with the hips lifted' if is_lifted else ''}")
    if chest.forward[1] >= -FACING:
        return Posture("side_lying", f"Lying on the {'left' if chest.right[1] > 0 else 'right'} side")
    if "front" in pose.rests:
        return Posture("prone", "Lying on the front")
    return Posture("forearms_and_knees", "Resting on forearms and knees")


def _raised(pose: Pose, skeleton: Skeleton, is_flat: bool) -> Posture:
    """How somebody kneels, sits or stands."""
    knees = sum(part.startswith("knee") for part in pose.rests)
    if knees == 2 and is_flat and {"handR", "handL"} & set(pose.rests):
        return Posture("four_point_kneeling", "On hands and knees")
    lean = _lean(skeleton)
    if knees:
        held, words = ("half_kneeling", "Kneeling on one knee") if knees == 1 else ("kneeling", "Kneeling")
        return Posture(held, words + lean)  # type: ignore[arg-type]  # one of two names, which a choice cannot promise
    if skeleton.trunk.hips[1] < SITS:
        return Posture("long_sitting", "Sitting on the floor" + lean)
    if not is_seated(pose):
        return Posture("standing", "Standing" + lean)
    seat, words = _SEATS.get(pose.rests["seat"], ("sitting", "Sitting"))
    return Posture(seat, words + lean)


def is_seated(pose: Pose) -> bool:
    """Whether something carries the seat."""
    return pose.rests.get("seat", "floor") != "floor"


def _lean(skeleton: Skeleton) -> str:
    """Which way the chest leans against the hips."""
    _, chest = skeleton.trunk.at(22.0)
    ahead = skeleton.trunk.pelvis.forward
    forward = dot(chest.up, (ahead[0], 0.0, ahead[2]))
    return " and leaning forward" if forward > 0.4 else " and leaning back" if forward < -0.2 else ""
