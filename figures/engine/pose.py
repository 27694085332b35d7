"""A pose as data: what is stored with an exercise, as JSON, and what the published JSON Schema is generated from.

An illustration holds one to three poses of one exercise (start and end), and what they share: camera, person, props,
muscles and arrows. Angles are degrees, lengths hundredths of the standing height. Everything is bounded and unknown
fields are faults, so whatever passes here can be drawn. Whether a body could do it is measured in ``validation``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from figures.engine.stage import Prop
from figures.engine.values import (
    Angle,
    Angles,
    Coordinate,
    Direction,
    Identifier,
    Line,
    Point,
    Record,
    Share,
    Side,
    Target,
)

#: Parts that can rest on something, and what they can rest on.
Part = Literal[
    "footR", "footL", "heelR", "heelL", "toesR", "toesL", "kneeR", "kneeL", "handR", "handL", "fistR", "fistL",
    "forearmR", "forearmL", "seat", "shoulders", "upperback", "thighR", "thighL", "calfR", "calfL", "ankleR", "ankleL",
    "head", "front",
]  # fmt: skip
Support = Literal[
    "floor", "wall", "chair", "chairback", "box", "cushion", "pillow", "ball", "towel", "rail",
    "table", "bed", "doorway", "wheelchair", "wheelchairback", "footplate",
    "thighR", "thighL", "shankR", "shankL", "footR", "footL",
]  # fmt: skip
MuscleName = Literal[
    "hamstrings", "quadriceps", "calf", "achilles", "hip_flexors", "adductors", "glutes", "low_back", "upper_back",
    "abdominals", "obliques", "upper_trapezius", "shoulder", "chest", "forearm", "shin", "sole",
]  # fmt: skip
ModelName = Literal["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7"]
Hair = Literal["short", "bun", "long", "bald", "headscarf"]
Build = Literal["usual", "larger"]


class View(Record):
    """The camera: round the figure (0 its right side, 90 its front, -90 its back) and up from the floor."""

    yaw: Angle = 0
    pitch: Annotated[float, Field(ge=-10, le=80, allow_inf_nan=False)] = 7
    near: Side | Literal["both"] | None = None


class Root(Record):
    """Where the middle of the hips is and how the pelvis is turned: about the upright, then forward, then sideways."""

    pos: Point = (0, 52.9, 0)
    pitch: Angle = 0
    yaw: Angle = 0
    roll: Angle = 0
    twist: Angle = 0


class Spine(Record):
    """The low back and the upper back: how far each bends forward, turns to the left and leans to the right."""

    flex: tuple[Angle, Angle] = (0, 0)
    twist: tuple[Angle, Angle] = (0, 0)
    bend: tuple[Angle, Angle] = (0, 0)


class Kneel(Record):
    """A knee on the floor, or on a cushion: the place of the surface under it, and where the shank points."""

    at: Point
    shank: Direction = (-1, 0, 0)


class Leg(Record):
    """A leg: given by its ankle's place (``to``), by a knee on the ground (``kneel``) or by its angles (``hip``)."""

    to: Target | None = None
    pole: Direction = (1, 0, 0)
    kneel: Kneel | None = None
    hip: Angles | None = None
    knee: Angle = 0
    ankle: Angle = 0
    foot: Direction | None = None
    footup: Direction = (0, 1, 0)
    toe: Annotated[float, Field(ge=-40, le=90, allow_inf_nan=False)] = 0

    @model_validator(mode="after")
    def _one_way(self) -> Leg:
        """A leg placed in two ways would obey only one of them, silently."""
        if sum(way is not None for way in (self.to, self.kneel, self.hip)) != 1:
            raise ValueError("give exactly one of to, kneel and hip")
        return self


class Arm(Record):
    """An arm: given by what its palm touches (``to``, with the fingers' direction ``hand``) or by its angles (``sh``).

    ``palm`` is where the palm looks; without it, at the body part it touches, or down. ``shrug`` and ``pro`` move the
    shoulder up and forward.
    """

    to: Target | None = None
    pole: Direction = (-1, 0, 0)
    hand: Direction | None = None
    palm: Direction | None = None
    sh: Angles | None = None
    el: Angle = 8
    wr: Angle = 0
    grip: Annotated[float, Field(ge=0, le=90, allow_inf_nan=False)] = 15
    thumb: bool = True
    shrug: Annotated[float, Field(ge=-2, le=4, allow_inf_nan=False)] = 0
    pro: Annotated[float, Field(ge=-3, le=3, allow_inf_nan=False)] = 0

    @model_validator(mode="after")
    def _one_way(self) -> Arm:
        """As for a leg; and a palm cannot be laid on anything without knowing where the fingers point."""
        if (self.to is None) == (self.sh is None):
            raise ValueError("give exactly one of to and sh")
        if self.to is not None and self.hand is None:
            raise ValueError("give hand, the direction of the fingers, together with to")
        return self


class Anchor(Record):
    """Moves the trunk so that a point of its surface lies at a place, on the axes named."""

    point: Literal["hips", "shoulders", "seat", "back", "front"]
    at: Point
    axes: Literal["x", "y", "z", "xy", "yz", "xz", "xyz"] = "xyz"


#: What somebody is told who does not see it; empty for what the geometry says.
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]


class Pose(Record):
    """One position of the body, and what it rests on: every contact that is claimed here is measured.

    ``alt`` says what it shows, where its author knows better than its geometry.
    """

    key: Identifier
    label: Line
    alt: Words = ""
    root: Root = Root()
    spine: Spine = Spine()
    neck: Angles = (0, 0, 0)
    leg_r: Leg = Field(alias="legR")
    leg_l: Leg = Field(alias="legL")
    arm_r: Arm = Field(alias="armR")
    arm_l: Arm = Field(alias="armL")
    anchor: Anchor | None = None
    rests: dict[Part, Support] = Field(min_length=1)
    z: dict[Literal["armR", "armL", "legR", "legL", "head", "trunk", "pelvis"], Coordinate] = Field(
        default_factory=dict
    )

    def leg(self, side: str) -> Leg:
        """The leg of a side, "R" or "L"."""
        return self.leg_r if side == "R" else self.leg_l

    def arm(self, side: str) -> Arm:
        """The arm of a side, "R" or "L"."""
        return self.arm_r if side == "R" else self.arm_l


class Muscle(Record):
    """A muscle to show: where the stretch or the work is felt."""

    name: MuscleName
    side: Side


class Arrow(Record):
    """The way a part moves, drawn beside it on the last pose; ``bend`` curves it to its left."""

    start: Point = Field(alias="from")
    end: Point = Field(alias="to")
    bend: Share = 0


class Illustration(Record):
    """All that is drawn for one exercise."""

    v: Literal[1] = 1
    id: Identifier
    view: View = View()
    model: ModelName = "m0"
    hair: Hair | None = None
    glasses: bool | None = None
    build: Build | None = None
    figures: Annotated[list[Pose], Field(min_length=1, max_length=3)]
    muscles: Annotated[list[Muscle], Field(max_length=8)] = []
    props: Annotated[list[Prop], Field(max_length=12)] = []
    arrows: Annotated[list[Arrow], Field(max_length=6)] = []
    ghost: bool = False
    alt: Words = ""
    reviewed_by: Line | None = None

    @model_validator(mode="after")
    def _keys_differ(self) -> Illustration:
        """Poses are asked for by their key."""
        keys = [pose.key for pose in self.figures]
        if len(set(keys)) != len(keys):
            raise ValueError("two poses have the same key")
        return self

    def pose(self, key: str) -> Pose:
        """The pose of that name; KeyError when there is none."""
        for pose in self.figures:
            if pose.key == key:
                return pose
        raise KeyError(key)
