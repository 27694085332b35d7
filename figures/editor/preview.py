"""What the pose editor is shown of a figure that is being changed: its drawings, its handles and its faults, as data.

Text comes in from a browser or a person and is judged here once, for the form and for the editor's views alike.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from figures.engine import library, render, rig, validation
from figures.engine.camera import Camera
from figures.engine.curves import SCALE
from figures.engine.faults import Fault
from figures.engine.fingerprint import fingerprint
from figures.engine.handles import handle_places, stick_lines
from figures.engine.pose import Illustration, Pose
from figures.engine.skeleton import Skeleton
from figures.engine.vectors import Vector
from figures.engine.ways import LIMBS, limb_of_pose, way_of
from figures.engine.words import alternative_text

#: The longest text of a figure, in characters; the library's longest has three thousand.
MOST_CHARACTERS = 40_000
#: Drawings kept in a process: changing one pose of a figure leaves the other as it was.
KEPT_DRAWINGS = 64

Place = tuple[int, int]


class NotAFigure(ValueError):
    """A text that holds no figure. ``faults`` says why, limb by limb where it can."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(str(fault) for fault in faults))


def read_text(text: str) -> tuple[Illustration, list[Fault]]:
    """The figure a text holds and the faults of its poses. Raises ``NotAFigure``."""
    if len(text) > MOST_CHARACTERS:
        raise _unreadable("it has", len(text), "characters", f"write at most {MOST_CHARACTERS}")
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _unreadable(f"it is not JSON at {place}", None, "", f"mend it there ({error.msg})") from error
    except (RecursionError, ValueError) as error:
        raise _unreadable("it is not JSON", None, "", "write it less deeply nested, with shorter numbers") from error
    if any(ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 for letter in _letters(data)):
        # PostgreSQL keeps neither in JSON.
        raise _unreadable("a text in it has a control character", None, "", "take it out")
    illustration, faults = validation.read(data)
    if illustration is None:
        raise NotAFigure(faults)
    return illustration, faults


def _unreadable(what: str, number: float | None, unit: str, rule: str) -> NotAFigure:
    """A fault of the text as a whole."""
    return NotAFigure([Fault("", "figure", what, number, unit, rule)])


def _letters(data: Any) -> str:
    """All letters of all texts in some data; lines may be broken in them."""
    if isinstance(data, str):
        return data.replace("\n", "").replace("\r", "").replace("\t", "")
    if isinstance(data, dict):
        return "".join(_letters(part) for pair in data.items() for part in pair)
    return "".join(_letters(part) for part in data) if isinstance(data, list) else ""


def complete(illustration: Illustration) -> dict[str, Any]:
    """A figure as data with every usual value written out, so that each control of the editor finds its own."""
    return illustration.model_dump(mode="json", by_alias=True, exclude_none=True)


def preview(illustration: Illustration, faults: list[Fault]) -> dict[str, Any]:
    """Everything the editor shows of a figure."""
    return {
        "figure": complete(illustration),
        "poses": [_pose(illustration, pose) for pose in illustration.figures],
        "faults": fault_list(faults),
    }


def fault_list(faults: list[Fault]) -> list[dict[str, Any]]:
    """Faults as data: which pose and limb, how much, and the whole in words."""
    return [
        {
            "pose": fault.pose,
            "limb": fault.limb,
            "number": _rounded(fault.number),
            "unit": fault.unit,
            "words": str(fault),
        }
        for fault in faults
    ]


def _rounded(number: float | None) -> float | None:
    """A measure as the words give it."""
    return None if number is None else round(number, 1)


def _pose(illustration: Illustration, pose: Pose) -> dict[str, Any]:
    """One pose: its drawing, where its handles are, and how its limbs are placed."""
    seen = illustration if pose == illustration.figures[-1] else _without_what_only_the_last_shows(illustration, pose)
    return {
        "key": pose.key,
        "svg": drawn(seen.model_dump_json(by_alias=True), pose.key, alternative_text(illustration, pose.key)),
        "handles": handles(illustration, rig.solve(pose)),
        "ways": {limb: way_of(limb_of_pose(pose, limb)) for limb in LIMBS},
    }


def _without_what_only_the_last_shows(illustration: Illustration, pose: Pose) -> Illustration:
    """The figure with this pose alone: so its drawing is found again while another pose is changed."""
    return illustration.model_copy(update={"figures": [pose], "muscles": [], "arrows": [], "ghost": False})


@lru_cache(maxsize=KEPT_DRAWINGS)
def drawn(figure: str, key: str, description: str) -> str:
    """The drawing of a pose as a picture that is read aloud, in light colours."""
    illustration = Illustration.model_validate_json(figure)
    drawing = render.draw(illustration, key, "light", f"figure-{key}")
    return drawing.svg(illustration.pose(key).label, description)


def handles(illustration: Illustration, skeleton: Skeleton) -> dict[str, Place]:
    """Where the handles are in a drawing's own units."""
    camera = Camera(illustration.view.yaw, illustration.view.pitch)
    return {name: _in_drawing(camera, point) for name, point in handle_places(skeleton).items()}


def stick(illustration: Illustration, key: str) -> dict[str, Any]:
    """A pose as a few lines, with its handles, in a drawing's own units. Raises KeyError for an unknown pose."""
    camera = Camera(illustration.view.yaw, illustration.view.pitch)
    skeleton = rig.solve(illustration.pose(key))
    lines = [[_in_drawing(camera, point) for point in line] for line in stick_lines(skeleton)]
    return {"lines": lines, "handles": handles(illustration, skeleton)}


def _in_drawing(camera: Camera, point: Vector) -> Place:
    """A point as a drawing writes it."""
    x, y = camera.flat(point)
    return (round(x * SCALE), round(-y * SCALE))


def thumbnail_name(name: str) -> str:
    """What names a library pose's small picture for ever. Raises KeyError for an unknown pose."""
    illustration = library.illustration(name)
    return fingerprint(illustration, illustration.figures[-1].key, "light")


@lru_cache(maxsize=KEPT_DRAWINGS)
def thumbnail(name: str) -> str:
    """The last pose of a library figure as a picture without words. Raises KeyError for an unknown pose."""
    illustration = library.illustration(name)
    return render.draw(illustration, illustration.figures[-1].key, "light", "f").svg()
