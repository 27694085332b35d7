"""More of a pose in words: free arms, head and trunk, and a foot that a sitting body lifts."""

from __future__ import annotations

from figures.engine.names import SIDE
from figures.engine.pose import Pose
from figures.engine.posture import is_seated
from figures.engine.skeleton import ArmJoints, Skeleton
from figures.engine.vectors import Frame, dot, sub, unit

#: An upper arm that rises so steeply points up; one that leaves the trunk so far is out or forward. Cosines.
UP, OFF_THE_TRUNK = 0.6, 0.5
#: A head or a trunk turned or tipped less is not mentioned. Degrees.
TURNED, TIPPED = 20.0, 14.0


def arms(pose: Pose, skeleton: Skeleton) -> str:
    """Where the arms are that touch nothing, as far as it is worth saying."""
    _, chest = skeleton.trunk.at(26.4)
    free = {side: arm for side, arm in skeleton.arms.items() if not {f"hand{side}", f"fist{side}"} & set(pose.rests)}
    places = {side: _place(arm, chest) for side, arm in free.items() if pose.arm(side).sh is not None}
    said = {side: place for side, place in places.items() if place}
    if len(said) == 2 and len(set(said.values())) == 1:
        return f"both arms {said['R'].replace('to the side', 'to the sides')}"
    return ", ".join(f"{SIDE[side]} arm {place}" for side, place in said.items())


def _place(arm: ArmJoints, chest: Frame) -> str:
    """Where an upper arm points; nothing where it hangs."""
    way = unit(sub(arm.elbow, arm.shoulder))
    if way[1] > UP:
        return "pointing up"
    if dot(way, chest.right) * arm.sign > OFF_THE_TRUNK:
        return "out to the side"
    return "stretched forward" if dot(way, chest.forward) > UP else ""


def head(pose: Pose) -> str:
    """Which way the head is turned and tipped against the chest."""
    _, turn, tip = pose.neck
    said = []
    if abs(turn) >= TURNED:
        said.append(f"head turned to the {'left' if turn > 0 else 'right'}")
    if abs(tip) >= TIPPED:
        said.append(f"head tipped to the {'right' if tip > 0 else 'left'}")
    return ", ".join(said)


def leaning(pose: Pose) -> str:
    """Which way the trunk leans sideways."""
    bend = sum(pose.spine.bend)
    return f"trunk leaning to the {'right' if bend > 0 else 'left'}" if abs(bend) >= TIPPED else ""


def lifted(pose: Pose) -> str:
    """Which foot a sitting body has off the floor."""
    if not is_seated(pose):
        return ""
    off = [side for side in ("R", "L") if not {f"foot{side}", f"heel{side}", f"toes{side}"} & set(pose.rests)]
    return "both feet lifted" if len(off) == 2 else f"{SIDE[off[0]]} foot lifted" if off else ""
