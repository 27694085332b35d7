"""The other side: geometry is mirrored, never the picture.

The body is mirrored through its own middle plane (right becomes left, z becomes -z) and the camera goes round to the
other side, so that the worked leg is still the near one. Mirrored twice is the original.
"""

from __future__ import annotations

from typing import Any

from figures.engine.pose import Illustration
from figures.engine.side_words import of_the_other_side
from figures.engine.values import Side

_SIDES = {"R": "L", "L": "R"}
#: Fields that hold a place or a direction: their third number is z.
_PLACES = frozenset({"pos", "to", "pole", "foot", "footup", "hand", "palm", "at", "shank", "from"})
#: Angles that turn the other way in a mirror.
_TURNS = frozenset({"yaw", "roll", "twist", "bend"})


def mirrored(illustration: Illustration) -> Illustration:
    """The illustration of the other side."""
    data = illustration.model_dump(by_alias=True, exclude_none=True)
    data["view"] = _view(data["view"])
    data["figures"] = [_pose(pose) for pose in data["figures"]]
    data["muscles"] = [{**muscle, "side": _SIDES[muscle["side"]]} for muscle in data["muscles"]]
    data["props"] = [_prop(prop) for prop in data["props"]]
    data["arrows"] = [
        {**arrow, "from": _flipped(arrow["from"]), "to": _flipped(arrow["to"]), "bend": _minus(arrow["bend"])}
        for arrow in data["arrows"]
    ]
    data["alt"] = of_the_other_side(data["alt"])
    return Illustration.model_validate(data)


def shown_side(illustration: Illustration) -> Side:
    """The side a one-sided exercise is drawn for: where it is felt, or else the side that is nearer to the reader."""
    felt = {muscle.side for muscle in illustration.muscles}
    if len(felt) == 1:
        return felt.pop()
    near = illustration.view.near
    if near in ("R", "L"):
        return near
    return "R" if -90 <= illustration.view.yaw <= 90 else "L"


def _minus(number: float) -> float:
    """The number with the other sign; nothing stays a plain 0."""
    return -number if number else 0.0


def _view(view: dict[str, Any]) -> dict[str, Any]:
    """The camera from the other side."""
    yaw = 180.0 - view["yaw"]
    yaw = yaw - 360 if yaw > 180 else yaw
    near = view.get("near")
    return {**view, "yaw": yaw, **({"near": _SIDES.get(near, near)} if near else {})}


def _pose(pose: dict[str, Any]) -> dict[str, Any]:
    """A pose with its sides swapped."""
    out: dict[str, Any] = {}
    for key, value in pose.items():
        if key == "neck":
            out[key] = [value[0], _minus(value[1]), _minus(value[2])]
        elif key in ("label", "alt"):
            out[key] = of_the_other_side(value)
        elif key == "rests":
            out[key] = {_swapped(part): _swapped(support) for part, support in value.items()}
        elif key == "z":
            out[key] = {_swapped(part): depth for part, depth in value.items()}
        else:
            out[_swapped(key)] = _record(value) if isinstance(value, dict) else value
    return out


def _record(record: dict[str, Any]) -> dict[str, Any]:
    """The root, the spine, a limb or an anchor, mirrored."""
    out: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, str) and key == "to":
            out[key] = _body_point(value)
        elif key in _PLACES:
            out[key] = _flipped(value)
        elif key in _TURNS:
            out[key] = [_minus(v) for v in value] if isinstance(value, list | tuple) else _minus(value)
        else:
            out[key] = _record(value) if isinstance(value, dict) else value
    return out


def _prop(prop: dict[str, Any]) -> dict[str, Any]:
    """A prop on the other side of the figure's middle plane."""
    out = dict(prop)
    if "z" in prop:
        z = prop["z"]
        out["z"] = [_minus(z[1]), _minus(z[0])] if isinstance(z, list | tuple) else _minus(z)
    if "at" in prop:
        out["at"] = _flipped(prop["at"])
    if "ends" in prop:
        out["ends"] = [_body_point(end) if isinstance(end, str) else _flipped(end) for end in prop["ends"]]
    if "hand" in prop:
        out["hand"] = _SIDES[prop["hand"]]
    if "points" in prop:
        out["points"] = [_body_point(p) if isinstance(p, str) else _flipped(p) for p in prop["points"]]
    return out


def _flipped(place: Any) -> Any:
    """A place on the other side."""
    return [place[0], place[1], _minus(place[2])]


def _body_point(name: str) -> str:
    """The same point of the other side's part; its outward number needs no change, being outward."""
    part, rest = name.split(":", 1)
    return f"{_swapped(part)}:{rest}"


def _swapped(name: str) -> str:
    """``legR`` for ``legL``; names without a side stay."""
    return name[:-1] + _SIDES[name[-1]] if name[-1] in _SIDES and name[:-1].islower() else name
