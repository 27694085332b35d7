"""What the parts of a body and of a room are called, for whoever reads about a pose: one vocabulary for all words."""

from __future__ import annotations

SIDE = {"R": "right", "L": "left"}
#: Parts that are there once.
_ONCE = {"seat": "seat", "shoulders": "shoulders", "upperback": "upper back", "head": "head", "front": "front"}
#: Parts of either side that are called otherwise than in the data.
_PAIRED = {"hand": "palm", "fist": "hand", "shank": "shin"}
LIMBS = {
    "legR": "right leg",
    "legL": "left leg",
    "armR": "right arm",
    "armL": "left arm",
    "spine": "spine",
    "neck": "neck",
    "root": "hips",
    "head": "head",
    "trunk": "trunk",
}
SUPPORTS = {
    "floor": "the floor",
    "wall": "the wall",
    "chair": "the chair",
    "chairback": "the back of the chair",
    "box": "a raised surface",
    "cushion": "a cushion",
    "pillow": "a pillow",
    "ball": "the ball",
    "towel": "the towel",
    "rail": "a fixed support",
    "table": "the table",
    "bed": "the bed",
    "doorway": "the door frame",
    "wheelchair": "the wheelchair",
    "wheelchairback": "the back of the wheelchair",
    "footplate": "the footplate",
}
#: How a limb may be placed, by the field that places it.
WAYS = {
    "to": "by its place",
    "kneel": "by the knee on the ground",
    "hip": "by the angles of its joints",
    "sh": "by the angles of its joints",
}
#: Fields of a pose that are not called what they are.
_FIELDS = {
    "sh": "shoulder",
    "el": "elbow",
    "wr": "wrist",
    "to": "place",
    "pos": "position",
    "pole": "bend",
    "footup": "top of the foot",
    "flex": "bend forward",
    "rests": "contact",
}


def part(name: str) -> str:
    """A part of the body: "right thigh" for ``thighR``."""
    if name in _ONCE:
        return _ONCE[name]
    stem = name[:-1]
    return f"{SIDE[name[-1]]} {_PAIRED.get(stem, stem)}"


def support(name: str) -> str:
    """What something rests on: a thing, or a part of the body."""
    return SUPPORTS.get(name) or f"the {part(name)}"


def field(path: list[str]) -> str:
    """Where in the data something stands: "pose 2, knee" for ``figures, 1, legR, knee``; "the whole" for nowhere."""
    steps = [step for step in path if step not in LIMBS]
    if steps[:1] == ["figures"] and len(steps) > 1 and steps[1].isdecimal():
        steps = [f"pose {int(steps[1]) + 1}", *steps[2:]]
    return ", ".join(_step(step) for step in steps) or "the whole"


def _step(step: str) -> str:
    """One step of the way, in words where it is a part of the body."""
    if step in _ONCE or (step[-1:] in SIDE and step[:-1].islower()):
        return part(step)
    return _FIELDS.get(step, step)
