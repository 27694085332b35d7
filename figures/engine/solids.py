"""How far bodies are from things: the measuring behind every contact. A gap below nothing means pressed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import sqrt
from typing import NamedTuple

from figures.engine import stage
from figures.engine.bodies import Ellipsoid
from figures.engine.furniture import FOOTPLATE, FOOTPLATE_AHEAD, SEAT_HALF, SEAT_HEIGHT, WHEELCHAIR_BACK
from figures.engine.props import BACK_HEIGHT
from figures.engine.vectors import Vector, add, dot, length, scale, sub, unit

Span = tuple[float, float]
#: From a body to its gap.
Measure = Callable[[Ellipsoid], float]


class Solid(NamedTuple):
    """A thing that can be touched. What is hard may not be entered."""

    name: str
    gap: Measure
    is_hard: bool


def extent(body: Ellipsoid, direction: Vector) -> float:
    """How far an ellipsoid reaches from its centre in a direction."""
    return sqrt(sum(dot(axis, direction) ** 2 for axis in body[1:]))


def floor_gap(body: Ellipsoid) -> float:
    """How high above the floor the body's lowest point is."""
    return body.centre[1] - extent(body, (0.0, 1.0, 0.0))


def block_gap(x: Span, y: Span, z: Span) -> Measure:
    """The gap to a block."""
    low, high = (x[0], y[0], z[0]), (x[1], y[1], z[1])

    def gap(body: Ellipsoid) -> float:
        c = body.centre
        away = tuple(max(low[k] - c[k], 0.0, c[k] - high[k]) for k in range(3))
        distance = length((away[0], away[1], away[2]))
        if distance > 1e-9:
            sides = [away[k] if c[k] > high[k] else -away[k] for k in range(3)]
            return distance - extent(body, unit((sides[0], sides[1], sides[2])))
        axis = min(range(3), key=lambda k: min(c[k] - low[k], high[k] - c[k]))
        depth = min(c[axis] - low[axis], high[axis] - c[axis])
        return -depth - extent(body, tuple(1.0 if k == axis else 0.0 for k in range(3)))  # type: ignore[arg-type]  # three numbers, which a generator cannot promise

    return gap


def line_gap(a: Vector, b: Vector, radius: float) -> Measure:
    """The gap to a ball (when both ends are one) or to a roll."""
    way = sub(b, a)

    def gap(body: Ellipsoid) -> float:
        along = dot(sub(body.centre, a), way) / (dot(way, way) or 1.0)
        off = sub(body.centre, add(a, scale(way, max(0.0, min(1.0, along)))))
        return length(off) - radius - extent(body, unit(off))

    return gap


def bodies_gap(others: Iterable[Ellipsoid]) -> Measure:
    """The gap to other bodies, near enough for round ones."""
    solid = list(others)

    def gap(body: Ellipsoid) -> float:
        gaps = []
        for other in solid:
            off = sub(body.centre, other.centre)
            direction = unit(off)
            gaps.append(length(off) - extent(body, direction) - extent(other, direction))
        return min(gaps)

    return gap


def solids_of(props: Iterable[stage.Prop]) -> list[Solid]:
    """Everything around the figure that can be touched, besides the floor."""
    found: list[Solid] = []
    for prop in props:
        match prop:
            case stage.Wall(x=x, t=t, height=height, z=z):
                ends = sorted((x, x + (t or 5.0) * 20))
                found.append(
                    Solid("wall", block_gap((ends[0], ends[1]), (-50.0, height + 50), (z[0] - 99, z[1] + 99)), True)
                )
            case stage.Box(x=x, y=y, z=z):
                found.append(Solid("box", block_gap(x, y, z), not prop.soft))
            case stage.Rail(x=x, y=y, z=z):
                found.append(Solid("rail", block_gap(x, (y - 2.4, y), z), True))
            case stage.Chair() | stage.Table() | stage.Bed() | stage.Doorway() | stage.Wheelchair():
                found += _furniture(prop)
            case stage.Ball(at=at, r=r):
                found.append(Solid("ball", line_gap(at, at, r), False))
            case stage.Towel(ends=(a, b), r=r):
                found.append(Solid("towel", line_gap(a, b, r), False))
            case stage.Pillow(kind=kind, x=x, y=y, z=z):
                radius = (y[1] - y[0]) / 2
                found.append(
                    Solid(kind, block_gap((x[0] - radius, x[1] + radius), y, (z[0] - radius, z[1] + radius)), False)
                )
    return found


def _furniture(prop: stage.Prop) -> list[Solid]:
    """What a piece of furniture is made of; a bed gives way."""
    match prop:
        case stage.Table(x=x, y=y, z=z):
            return [Solid("table", block_gap(x, (y - 2.4, y), z), True)]
        case stage.Bed(x=x, y=y, z=z):
            return [Solid("bed", block_gap(x, (0.0, y), z), False)]
        case stage.Doorway():
            return _doorway(prop)
        case stage.Wheelchair():
            return _wheelchair(prop)
        case stage.Chair():
            return _chair(prop)
    return []


def _chair(chair: stage.Chair) -> list[Solid]:
    """A chair's seat and its back."""
    wide = (chair.z - SEAT_HALF, chair.z + SEAT_HALF)
    seat = block_gap((chair.x - SEAT_HALF, chair.x + SEAT_HALF), (SEAT_HEIGHT - 1.8, SEAT_HEIGHT), wide)
    rear = sorted((chair.x - 9.6 * chair.face, chair.x - 11.2 * chair.face))
    back = block_gap((rear[0], rear[1]), (38.0, BACK_HEIGHT), wide)
    return [Solid("chair", seat, True), Solid("chairback", back, True)]


def _wheelchair(chair: stage.Wheelchair) -> list[Solid]:
    """A wheelchair's seat, its back and its footplates; its wheels are beside the body."""
    wide = (chair.z - SEAT_HALF, chair.z + SEAT_HALF)
    seat = block_gap((chair.x - SEAT_HALF, chair.x + SEAT_HALF), (SEAT_HEIGHT - 1.8, SEAT_HEIGHT), wide)
    rear = sorted((chair.x - 9.6 * chair.face, chair.x - 11.2 * chair.face))
    back = block_gap((rear[0], rear[1]), (SEAT_HEIGHT, WHEELCHAIR_BACK), wide)
    ahead = sorted(chair.x + ahead * chair.face for ahead in FOOTPLATE_AHEAD)
    plates = block_gap((ahead[0], ahead[1]), (FOOTPLATE - 1.0, FOOTPLATE), wide)
    return [Solid("wheelchair", seat, True), Solid("wheelchairback", back, True), Solid("footplate", plates, True)]


def _doorway(door: stage.Doorway) -> list[Solid]:
    """The pieces of wall on either side of a doorway."""
    low, high = door.z
    thick, tall = (door.x, door.x + 4.0), (-50.0, door.height)
    return [Solid("doorway", block_gap(thick, tall, z), True) for z in ((low - 60.0, low), (high, high + 60.0))]
