"""The controls of the pose editor, as data: what each changes, its words, its unit, and how far it goes.

Paths lead into a pose's data (``legR/hip/0``); limits are those of the engine's joints, so that no slider offers what
the engine refuses. Words are a practitioner's, not the format's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from figures.engine import limits

Words = str | Promise
Option = tuple[str, Words]

DEGREES = "°"
#: Hundredths of the standing height.
LENGTH = "%"
REACH = 120.0


@dataclass(frozen=True)
class Control:
    """One input. A number has limits; a choice has options; otherwise it is a box to tick or a line of words."""

    path: str
    label: Words
    kind: str = "number"
    unit: str = ""
    low: float = 0
    high: float = 0
    step: float = 1
    options: Sequence[Option] = ()


@dataclass(frozen=True)
class Cluster:
    """Inputs that belong together: shown while the limb is placed in one of the ways ``way`` names, or always.

    An ``optional`` path can be taken away but where it is ``needed``, and begins with ``preset``.
    """

    legend: Words
    controls: tuple[Control, ...]
    way: str = ""
    optional: str = ""
    preset: Any = None
    needed: str = ""

    def preset_json(self) -> str:
        """What an optional path begins with, as the page carries it."""
        return json.dumps(self.preset)

    def named(self) -> tuple[Control, ...]:
        """The controls with the legend before their labels, for where there is no legend."""
        return tuple(replace(control, label=f"{self.legend}: {control.label}") for control in self.controls)


@dataclass(frozen=True)
class Section:
    """One part of the body with all that moves it; ``limb`` is the name faults use, ``parts`` what of it can rest."""

    limb: str
    title: Words
    clusters: tuple[Cluster, ...]
    ways: tuple[Option, ...] = ()
    rests: tuple[Option, ...] = ()


def degrees(path: str, label: Words, span: limits.Range = (-180, 180)) -> Control:
    """An angle."""
    return Control(path, label, unit=DEGREES, low=max(span[0], -180), high=min(span[1], 180))


def joint(path: str, label: Words, span: limits.Range) -> Control:
    """An angle of a joint; a joint that may be drawn a degree too straight begins at nought."""
    return degrees(path, label, (0 if -2 < span[0] < 0 else span[0], span[1]))


def lengths(path: str, ahead: Words, up: Words, right: Words, span: float = REACH) -> tuple[Control, ...]:
    """A place: ahead of the figure, above the floor, to its right."""
    return (
        Control(f"{path}/0", ahead, unit=LENGTH, low=-span, high=span, step=0.5),
        Control(f"{path}/1", up, unit=LENGTH, low=-5, high=span, step=0.5),
        Control(f"{path}/2", right, unit=LENGTH, low=-span / 2, high=span / 2, step=0.5),
    )


def place(path: str) -> tuple[Control, ...]:
    """A place in the room."""
    return lengths(path, _("Ahead"), _("Above the floor"), _("To the figure’s right"))


def direction(path: str) -> tuple[Control, ...]:
    """A direction; only the proportions count."""
    labels = (_("Ahead"), _("Up"), _("To the figure’s right"))
    return tuple(Control(f"{path}/{number}", label, low=-1, high=1, step=0.05) for number, label in enumerate(labels))


def body_point(path: str, bones: Sequence[Option]) -> tuple[Control, ...]:
    """A point on the skin of the body: the part, and where on it."""
    return (
        Control(f"{path}#0", _("On which part"), kind="choice", options=bones),
        Control(f"{path}#1", _("How far along (0 its upper end, 1 its lower)"), low=-5, high=30, step=0.01),
        Control(f"{path}#2", _("Towards the front (−1 is behind)"), low=-10, high=10, step=0.05),
        Control(f"{path}#3", _("Towards the outside (−1 is inside)"), low=-10, high=10, step=0.05),
    )


SIDES = {"R": _("Right"), "L": _("Left")}
BONES: tuple[Option, ...] = (
    ("thighR", _("Right thigh")),
    ("thighL", _("Left thigh")),
    ("shankR", _("Right shin and calf")),
    ("shankL", _("Left shin and calf")),
    ("upperarmR", _("Right upper arm")),
    ("upperarmL", _("Left upper arm")),
    ("forearmR", _("Right forearm")),
    ("forearmL", _("Left forearm")),
    ("footR", _("Right foot")),
    ("footL", _("Left foot")),
    ("headR", _("Head, right half")),
    ("headL", _("Head, left half")),
    ("pelvisR", _("Pelvis, right half")),
    ("pelvisL", _("Pelvis, left half")),
    ("trunkR", _("Trunk, right half")),
    ("trunkL", _("Trunk, left half")),
)
SUPPORTS: tuple[Option, ...] = (
    ("floor", _("the floor")),
    ("wall", _("the wall")),
    ("chair", _("the chair’s seat")),
    ("chairback", _("the back of the chair")),
    ("box", _("the box")),
    ("cushion", _("the cushion")),
    ("pillow", _("the pillow")),
    ("ball", _("the ball")),
    ("towel", _("the towel")),
    ("rail", _("the rail")),
    ("thighR", _("the right thigh")),
    ("thighL", _("the left thigh")),
    ("shankR", _("the right shin")),
    ("shankL", _("the left shin")),
    ("footR", _("the right foot")),
    ("footL", _("the left foot")),
)


def hips() -> Section:
    """Where the trunk is and how it leans."""
    return Section(
        "root",
        _("Hips and lean"),
        (
            Cluster(_("Where the hips are"), place("root/pos")),
            Cluster(
                _("How the trunk is turned"),
                (
                    degrees("root/pitch", _("Lean forward (−90 lies on the back, 90 on the front)")),
                    degrees("root/roll", _("Lean to the right")),
                    degrees("root/yaw", _("Turn on the spot")),
                    degrees("root/twist", _("Turn about its own length")),
                ),
            ),
            Cluster(
                _("Hold a part of the trunk at a place"),
                (
                    Control("anchor/point", _("Which part"), kind="choice", options=ANCHORS),
                    *place("anchor/at"),
                    Control("anchor/axes", _("In which directions"), kind="choice", options=AXES),
                ),
                optional="anchor",
                preset={"point": "shoulders", "at": [0, 0.6, 0], "axes": "y"},
            ),
        ),
        rests=(
            ("seat", _("Seat")),
            ("shoulders", _("Shoulder blades")),
            ("upperback", _("Upper back")),
            ("front", _("Front of the trunk")),
        ),
    )


ANCHORS: tuple[Option, ...] = (
    ("hips", _("Hips")),
    ("shoulders", _("Shoulder blades")),
    ("seat", _("Seat")),
    ("back", _("Low back")),
    ("front", _("Front of the hips")),
)
AXES: tuple[Option, ...] = (
    ("x", _("ahead only")),
    ("y", _("height only")),
    ("z", _("sideways only")),
    ("xy", _("ahead and height")),
    ("yz", _("height and sideways")),
    ("xz", _("ahead and sideways")),
    ("xyz", _("all three")),
)


def spine() -> Section:
    """The low back and the upper back."""
    return Section(
        "spine",
        _("Spine"),
        (
            Cluster(
                _("Low back"),
                (
                    degrees("spine/flex/0", _("Bend forward"), limits.SPINE_FLEX),
                    degrees("spine/twist/0", _("Turn to the left"), limits.SPINE_TWIST),
                    degrees("spine/bend/0", _("Lean to the right"), limits.SPINE_BEND),
                ),
            ),
            Cluster(
                _("Upper back"),
                (
                    degrees("spine/flex/1", _("Bend forward"), limits.SPINE_FLEX),
                    degrees("spine/twist/1", _("Turn to the left"), limits.SPINE_TWIST),
                    degrees("spine/bend/1", _("Lean to the right"), limits.SPINE_BEND),
                ),
            ),
        ),
    )


def neck() -> Section:
    """Neck and head."""
    return Section(
        "neck",
        _("Neck and head"),
        (
            Cluster(
                _("Neck"),
                (
                    degrees("neck/0", _("Nod"), limits.NECK),
                    degrees("neck/1", _("Turn to the left"), limits.NECK),
                    degrees("neck/2", _("Lean to the right"), limits.NECK),
                ),
            ),
        ),
        rests=(("head", _("Head")),),
    )
