"""The solved skeleton: joints and frames in space, before any flesh."""

from __future__ import annotations

from dataclasses import dataclass, field

from figures.engine.vectors import Frame, Vector, mix, mixed_frame


@dataclass(frozen=True)
class Station:
    """One place on the spine: how far along it from the hips, where, and how it is turned."""

    along: float
    point: Vector
    frame: Frame


@dataclass(frozen=True)
class LegJoints:
    """A leg. ``sign`` is 1 on the right and -1 on the left; ``short`` is how far the ankle misses its target."""

    side: str
    sign: int
    hip: Vector
    knee: Vector
    ankle: Vector
    thigh: Frame
    shank: Frame
    foot: Frame
    toe: float = 0.0
    short: float = 0.0


@dataclass(frozen=True)
class ArmJoints:
    """An arm. ``short`` is how far the wrist misses its target; ``contact`` is where the palm was asked to be."""

    side: str
    sign: int
    shoulder: Vector
    elbow: Vector
    wrist: Vector
    upper: Frame
    fore: Frame
    hand: Frame
    grip: float = 15.0
    thumb: bool = True
    short: float = 0.0
    contact: Vector | None = None


@dataclass(frozen=True)
class Trunk:
    """Pelvis and spine; ``missing`` is how far its anchors could not be kept."""

    hips: Vector
    pelvis: Frame
    stations: tuple[Station, ...]

    def at(self, along: float) -> tuple[Vector, Frame]:
        """The place and frame at a station, between those that were calculated."""
        stations = self.stations
        for i in range(len(stations) - 1):
            a, b = stations[i], stations[i + 1]
            if along <= b.along:
                share = max(0.0, (along - a.along) / (b.along - a.along))
                return mix(a.point, b.point, share), mixed_frame(a.frame, b.frame, share)
        return stations[-1].point, stations[-1].frame

    def hip(self, sign: int, half_width: float) -> Vector:
        """The hip joint of a side."""
        return self.pelvis.at(self.hips, 0, 0, sign * half_width)


@dataclass(frozen=True)
class Head:
    """Neck and head: the neck's lower and upper end with its frame, and the skull's frame at the upper end."""

    base: Vector
    top: Vector
    neck: Frame
    skull: Frame


@dataclass(frozen=True)
class Skeleton:
    """A whole solved pose."""

    trunk: Trunk
    head: Head
    legs: dict[str, LegJoints] = field(default_factory=dict)
    arms: dict[str, ArmJoints] = field(default_factory=dict)
