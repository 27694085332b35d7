"""Between two poses: every number is mixed, and limbs are solved again for every picture.

Camera, props, model and the order of layers stay; so feet that are planted stay planted while the hips move.
"""

from __future__ import annotations

from typing import Any

from figures.engine import rig
from figures.engine.bodypoints import body_point
from figures.engine.pose import Pose
from figures.engine.vectors import mix

#: What is not mixed but taken from the later pose.
FROZEN = ("key", "label", "alt", "rests", "z", "thumb", "axes", "point")


def eased(share: float) -> float:
    """Slow at both ends: the share of the way at a share of the time."""
    return share * share * (3 - 2 * share)


def between(first: Pose, last: Pose, share: float) -> Pose:
    """The pose a share of the way from one to the other. Limbs must be placed in the same way in both."""
    if share <= 0:
        return first
    if share >= 1:
        return last
    start, end = (pose.model_dump(by_alias=True, exclude_none=True) for pose in (first, last))
    for limb in ("armR", "armL", "legR", "legL"):
        a, b = start[limb].get("to"), end[limb].get("to")
        if a is not None and b is not None and not _same_kind(a, b):
            start[limb]["to"], end[limb]["to"] = _places(first, a), _places(last, b)
    mixed = _mixed(start, end, share)
    return Pose.model_validate(mixed)


def frames(first: Pose, last: Pose, count: int) -> list[Pose]:
    """So many poses from the first to the last, both among them, eased."""
    return [between(first, last, eased(i / (count - 1))) for i in range(count)]


def _same_kind(a: Any, b: Any) -> bool:
    """Whether two targets can be mixed as they are: two places, or two points of the same body part."""
    if isinstance(a, str) and isinstance(b, str):
        return a.split(":")[0] == b.split(":")[0]
    return not isinstance(a, str) and not isinstance(b, str)


def _places(pose: Pose, target: Any) -> Any:
    """A target as a place in space."""
    return body_point(rig.solve(pose), target).point if isinstance(target, str) else target


def _mixed(a: Any, b: Any, share: float) -> Any:
    """Two values of the same shape, mixed number by number."""
    if isinstance(b, dict) and isinstance(a, dict):
        return {
            key: value if key in FROZEN or key not in a else _mixed(a[key], value, share) for key, value in b.items()
        }
    if isinstance(b, list | tuple) and isinstance(a, list | tuple) and len(a) == len(b):
        return [_mixed(x, y, share) for x, y in zip(a, b, strict=True)]
    if isinstance(a, str) and isinstance(b, str) and ":" in b and _same_kind(a, b):
        part, *numbers = b.split(":")
        pairs = zip(a.split(":")[1:], numbers, strict=True)
        return ":".join([part, *(f"{float(x) + (float(y) - float(x)) * share:.4f}" for x, y in pairs)])
    if isinstance(a, int | float) and isinstance(b, int | float) and not isinstance(b, bool):
        return mix((float(a), 0.0, 0.0), (float(b), 0.0, 0.0), share)[0]
    return b
