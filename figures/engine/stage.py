"""What stands around the figure, as data: mats, walls, chairs, balls. All of it stays where it is between poses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from figures.engine.values import Coordinate, Point, Range, Record, Side, Target


class Mat(Record):
    """A mat on the floor."""

    kind: Literal["mat"]
    x: Range
    z: Range = (-15, 15)


class Floor(Record):
    """A patch of floor to stand on."""

    kind: Literal["floor"]
    x: Range
    depth: Annotated[float, Field(gt=0, le=100)] = 15
    z: Coordinate = 0


class Wall(Record):
    """A wall that faces the figure; ``x`` is its nearer face, ``t`` its thickness (behind that face if positive)."""

    kind: Literal["wall"]
    x: Coordinate
    t: Annotated[float, Field(ge=-20, le=20)] = 5
    height: Annotated[float, Field(gt=0, le=150)] = 104
    z: Range = (-17, 17)


class Box(Record):
    """A step, a low couch or any steady block. ``soft`` is drawn as upholstery."""

    kind: Literal["box"]
    x: Range
    y: Range
    z: Range
    soft: bool = False


class Chair(Record):
    """A chair: seat 26 high and 22 by 22, back to 54 high; ``face`` 1 looks ahead, -1 towards the figure."""

    kind: Literal["chair"]
    x: Coordinate
    z: Coordinate = 0
    face: Literal[1, -1] = 1


class Rail(Record):
    """The edge of a worktop: something fixed to hold."""

    kind: Literal["rail"]
    x: Range
    y: Coordinate
    z: Range


class Ball(Record):
    """A small ball."""

    kind: Literal["ball"]
    at: Point
    r: Annotated[float, Field(gt=0, le=35)]


class Pillow(Record):
    """A pillow or a cushion, rounded."""

    kind: Literal["pillow", "cushion"]
    x: Range
    y: Range
    z: Range


class Towel(Record):
    """A rolled towel from one end to the other."""

    kind: Literal["towel"]
    ends: tuple[Point, Point]
    r: Annotated[float, Field(gt=0, le=10)] = 1.6


class Strap(Record):
    """A strap through places or points of the body."""

    kind: Literal["strap"]
    points: Annotated[list[Target], Field(min_length=2, max_length=12)]


class Table(Record):
    """A table on four legs; ``y`` is how high its top is."""

    kind: Literal["table"]
    x: Range
    y: Annotated[float, Field(gt=3, le=100)] = 43
    z: Range = (-18, 18)


class Bed(Record):
    """A bed, its head at the first number of ``x``; ``y`` is how high its mattress is."""

    kind: Literal["bed"]
    x: Range
    y: Annotated[float, Field(gt=12, le=60)] = 26
    z: Range = (-20, 20)


class Doorway(Record):
    """An opening in a wall: ``x`` is the nearer face of the wall, ``z`` goes from one post to the other."""

    kind: Literal["doorway"]
    x: Coordinate
    z: Range = (-22, 22)
    height: Annotated[float, Field(gt=20, le=150)] = 116


class Wheelchair(Record):
    """A wheelchair: seat 26 high and 22 by 22, footplates 4 high; ``face`` 1 looks ahead, -1 towards the figure."""

    kind: Literal["wheelchair"]
    x: Coordinate
    z: Coordinate = 0
    face: Literal[1, -1] = 1


class Dumbbell(Record):
    """A small weight in a hand; it goes where the hand goes."""

    kind: Literal["dumbbell"]
    hand: Side


class Stick(Record):
    """A stick held at two places or points of the body; it reaches a little past both."""

    kind: Literal["stick"]
    ends: tuple[Target, Target]


Prop = Annotated[
    Mat | Floor | Wall | Box | Chair | Rail | Ball | Pillow | Towel | Strap
    | Table | Bed | Doorway | Wheelchair | Dumbbell | Stick,
    Field(discriminator="kind"),
]  # fmt: skip
