"""The controls of what all poses of a figure share: camera, person, muscles, things around the figure, arrows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from figures.editor.controls import LENGTH, Cluster, Control, Option, Words, degrees, place


@dataclass(frozen=True)
class Thing:
    """A kind of row that can be added: its name, its controls, and what a new one is."""

    kind: str
    title: Words
    controls: tuple[Control, ...]
    preset: dict[str, Any]

    def preset_json(self) -> str:
        """A new one, as the page carries it."""
        return json.dumps(self.preset)


#: The camera's usual places: words, and yaw and pitch.
CAMERAS: tuple[tuple[str, Words, float, float], ...] = (
    ("side", _("From the side"), 0, 8),
    ("floor", _("From the side, for sitting on the floor"), 12, 15),
    ("above", _("From the side, from above"), 0, 55),
    ("squat", _("A little from the front"), 18, 7),
    ("three-quarter", _("Half from the front"), 45, 10),
    ("front", _("From the front"), 90, 4),
    ("back", _("From the back"), -90, 4),
    ("other-side", _("From the other side"), 180, 8),
)
NEAR: tuple[Option, ...] = (
    ("", _("as the camera sees it")),
    ("R", _("the right side")),
    ("L", _("the left side")),
    ("both", _("both sides")),
)
MODELS: tuple[Option, ...] = (
    ("m0", _("Tan skin, short dark hair, teal top")),
    ("m1", _("Brown skin, hair in a bun, yellow top")),
    ("m2", _("Light skin, grey bun, glasses, pink top")),
    ("m3", _("Dark skin, short black hair, blue top")),
    ("m4", _("Tan skin, long dark hair, blue top")),
    ("m5", _("Tan skin, headscarf, yellow top")),
    ("m6", _("Light skin, bald, glasses, teal top")),
    ("m7", _("Brown skin, short hair, larger build, pink top")),
)
HAIR: tuple[Option, ...] = (
    ("", _("as the person has it")),
    ("short", _("short")),
    ("bun", _("in a bun")),
    ("long", _("long")),
    ("bald", _("none")),
    ("headscarf", _("under a headscarf")),
)
GLASSES: tuple[Option, ...] = (("", _("as the person has it")), ("true", _("with glasses")), ("false", _("without")))
BUILD: tuple[Option, ...] = (("", _("as the person has it")), ("usual", _("usual")), ("larger", _("larger")))
MUSCLES: tuple[Option, ...] = (
    ("upper_trapezius", _("Neck and shoulder")),
    ("shoulder", _("Shoulder")),
    ("upper_back", _("Upper back")),
    ("low_back", _("Low back")),
    ("abdominals", _("Tummy")),
    ("obliques", _("Side of the trunk")),
    ("glutes", _("Buttock")),
    ("hip_flexors", _("Front of the hip")),
    ("quadriceps", _("Front of the thigh")),
    ("hamstrings", _("Back of the thigh")),
    ("adductors", _("Inside of the thigh")),
    ("chest", _("Chest")),
    ("forearm", _("Forearm")),
    ("calf", _("Calf")),
    ("shin", _("Shin")),
    ("achilles", _("Achilles tendon")),
    ("sole", _("Sole of the foot")),
)


def camera() -> Cluster:
    """The camera, freely."""
    return Cluster(
        _("Camera"),
        (
            degrees("view/yaw", _("Round the figure (0 its right side, 90 its front)")),
            degrees("view/pitch", _("Up from the floor"), (-10, 80)),
            Control("view/near", _("In the near, lighter tones"), kind="choice", options=NEAR),
        ),
    )


def person() -> Cluster:
    """Who is drawn. It never means anything."""
    return Cluster(
        _("Person"),
        (
            Control("model", _("Person"), kind="choice", options=MODELS),
            Control("hair", _("Hair"), kind="choice", options=HAIR),
            Control("glasses", _("Glasses"), kind="choice", options=GLASSES),
            Control("build", _("Build"), kind="choice", options=BUILD),
        ),
    )


def _span(path: str, start: Words, end: Words) -> tuple[Control, Control]:
    """From one place to another along one direction."""
    low, high = -120, 120
    return (
        Control(f"{path}/0", start, unit=LENGTH, low=low, high=high, step=0.5),
        Control(f"{path}/1", end, unit=LENGTH, low=low, high=high, step=0.5),
    )


_LONG = _span("x", _("From (ahead)"), _("To (ahead)"))
_HIGH = _span("y", _("From (above the floor)"), _("To (above the floor)"))
_WIDE = _span("z", _("From (to the right)"), _("To (to the right)"))
_AHEAD = Control("x", _("Ahead"), unit=LENGTH, low=-120, high=120, step=0.5)
_ASIDE = Control("z", _("To the right"), unit=LENGTH, low=-60, high=60, step=0.5)
_ROUND = Control("r", _("Radius"), unit=LENGTH, low=0.5, high=35, step=0.1)


def props() -> tuple[Thing, ...]:
    """Everything that can stand or lie around the figure."""
    height = Control("height", _("Height"), unit=LENGTH, low=1, high=150)
    thick = Control("t", _("Thickness (below nought: on the other side)"), unit=LENGTH, low=-20, high=20)
    facing = (("1", _("ahead")), ("-1", _("towards the figure")))
    return (
        Thing("mat", _("Mat"), (*_LONG, *_WIDE), {"kind": "mat", "x": [-50, 50], "z": [-15, 15]}),
        Thing(
            "floor",
            _("Patch of floor"),
            (*_LONG, Control("depth", _("Depth"), unit=LENGTH, low=1, high=100), _ASIDE),
            {"kind": "floor", "x": [-30, 30], "depth": 15, "z": 0},
        ),
        Thing(
            "wall",
            _("Wall"),
            (_AHEAD, height, thick, *_WIDE),
            {"kind": "wall", "x": 45, "t": 5, "height": 104, "z": [-17, 17]},
        ),
        Thing(
            "chair",
            _("Chair"),
            (_AHEAD, _ASIDE, Control("face", _("Looks"), kind="number-choice", options=facing)),
            {"kind": "chair", "x": 0, "z": 0, "face": 1},
        ),
        Thing(
            "box",
            _("Step, low couch or other block"),
            (*_LONG, *_HIGH, *_WIDE, Control("soft", _("Upholstered"), kind="tick")),
            {"kind": "box", "x": [20, 45], "y": [0, 12], "z": [-14, 14], "soft": False},
        ),
        Thing(
            "rail",
            _("Rail or edge to hold"),
            (*_LONG, Control("y", _("Above the floor"), unit=LENGTH, low=0, high=120, step=0.5), *_WIDE),
            {"kind": "rail", "x": [30, 36], "y": 52, "z": [-14, 14]},
        ),
        Thing("ball", _("Ball"), (*place("at"), _ROUND), {"kind": "ball", "at": [10, 2, 0], "r": 2}),
        *_furniture(),
        *_soft_things(),
        *_held(),
    )


def _furniture() -> tuple[Thing, ...]:
    """What is sat on, lain on, leaned on and stood in."""
    top = Control("y", _("Above the floor"), unit=LENGTH, low=3, high=100, step=0.5)
    facing = (("1", _("ahead")), ("-1", _("towards the figure")))
    return (
        Thing("table", _("Table"), (*_LONG, top, *_WIDE), {"kind": "table", "x": [20, 60], "y": 43, "z": [-18, 18]}),
        Thing("bed", _("Bed"), (*_LONG, top, *_WIDE), {"kind": "bed", "x": [-52, 56], "y": 26, "z": [-20, 20]}),
        Thing("doorway", _("Doorway"), (_AHEAD, *_WIDE), {"kind": "doorway", "x": 8, "z": [-22, 22], "height": 116}),
        Thing(
            "wheelchair",
            _("Wheelchair"),
            (_AHEAD, _ASIDE, Control("face", _("Looks"), kind="number-choice", options=facing)),
            {"kind": "wheelchair", "x": 0, "z": 0, "face": 1},
        ),
    )


def _held() -> tuple[Thing, ...]:
    """What goes where a hand goes."""
    hands = (("R", _("the right hand")), ("L", _("the left hand")))
    return (
        Thing(
            "dumbbell",
            _("Dumbbell"),
            (Control("hand", _("In"), kind="choice", options=hands),),
            {"kind": "dumbbell", "hand": "R"},
        ),
        Thing("stick", _("Stick (its ends are changed in the data)"), (), STICK),
    )


def _soft_things() -> tuple[Thing, ...]:
    """Pillows and what is rolled or tied."""
    pillow = {"x": [-6.5, 6.5], "y": [0, 3.2], "z": [-9, 9]}
    ends = (
        Cluster(_("One end"), place("ends/0")),
        Cluster(_("The other end"), place("ends/1")),
    )
    return (
        Thing("pillow", _("Pillow"), (*_LONG, *_HIGH, *_WIDE), {"kind": "pillow", **pillow}),
        Thing("cushion", _("Cushion"), (*_LONG, *_HIGH, *_WIDE), {"kind": "cushion", **pillow}),
        Thing(
            "towel",
            _("Rolled towel"),
            (*(control for end in ends for control in end.named()), _ROUND),
            {"kind": "towel", "ends": [[0, 1.6, -10], [0, 1.6, 10]], "r": 1.6},
        ),
        Thing("strap", _("Strap (its points are changed in the data)"), (), STRAP),
    )


#: From the right hand to the ball of the right foot.
STRAP: dict[str, Any] = {"kind": "strap", "points": ["forearmR:1:0:0", "footR:7:-2.5:0"]}
#: Held in both hands.
STICK: dict[str, Any] = {"kind": "stick", "ends": ["forearmR:1:0:0", "forearmL:1:0:0"]}


def arrow() -> Thing:
    """An arrow beside the last pose."""
    return Thing(
        "arrow",
        _("Arrow"),
        (
            *Cluster(_("From"), place("from")).named(),
            *Cluster(_("To"), place("to")).named(),
            Control("bend", _("Curved to its left"), low=-1, high=1, step=0.05),
        ),
        {"from": [20, 50, 0], "to": [30, 60, 0], "bend": 0.2},
    )
