"""Whether a pose can be published: its data, its joints, its contacts, and the size of its drawing."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from figures.engine import names, render, rig
from figures.engine.contacts import contact_faults
from figures.engine.faults import Fault, schema_faults
from figures.engine.limits import joint_faults
from figures.engine.pose import Illustration, Pose
from figures.engine.words import posture_in_words

#: The most bytes a still may have, uncompressed.
MOST_BYTES = 16 * 1024


def read(data: Any) -> tuple[Illustration | None, list[Fault]]:
    """Data as an illustration with the faults of its poses; no illustration when it is not one."""
    try:
        illustration = Illustration.model_validate(data)
    except ValidationError as error:
        return None, schema_faults(error)
    return illustration, faults_of(illustration)


def faults_of(illustration: Illustration) -> list[Fault]:
    """All faults of an illustration but the size of its drawings, fast enough to ask while somebody edits."""
    faults: list[Fault] = []
    for pose in illustration.figures:
        skeleton = rig.solve(pose)
        faults += joint_faults(pose, skeleton)
        faults += contact_faults(pose, skeleton, list(illustration.props))
    # A pose no body can hold is mended first; what it reads like is then another question.
    return faults + _ways_that_change(illustration) or _poses_that_read_alike(illustration)


def size_faults(illustration: Illustration) -> list[Fault]:
    """Poses whose drawing is too heavy for a page."""
    faults = []
    for pose in illustration.figures:
        size = len(render.draw(illustration, pose.key).svg("t", "d").encode())
        if size > MOST_BYTES:
            faults.append(Fault(pose.key, "drawing", "it has", size, "bytes", f"at most {MOST_BYTES}"))
    return faults


def _ways_that_change(illustration: Illustration) -> list[Fault]:
    """Limbs that are placed by a target in one pose and by angles in the next: nothing lies between those."""
    faults = []
    first = illustration.figures[0]
    for pose in illustration.figures[1:]:
        for limb in ("legR", "legL", "armR", "armL"):
            if _way(first, limb) != _way(pose, limb):
                rule = f"place it as in {first.key}, {names.WAYS[_way(first, limb)]}"
                faults.append(Fault(pose.key, limb, f"it is placed {names.WAYS[_way(pose, limb)]}", None, "", rule))
    return faults


def _poses_that_read_alike(illustration: Illustration) -> list[Fault]:
    """Poses nobody can tell apart who does not see them."""
    faults: list[Fault] = []
    said: dict[str, str] = {}
    for pose in illustration.figures:
        is_last = pose == illustration.figures[-1]
        words = pose.alt or (illustration.alt if is_last else "") or posture_in_words(pose)
        if words in said:
            rule = "move the body more, or write the words of this pose yourself"
            faults.append(Fault(pose.key, "illustration", f"it reads like {said[words]}", None, "", rule))
        said.setdefault(words, pose.key)
    return faults


def _way(pose: Pose, limb: str) -> str:
    """How a limb of a pose is placed."""
    part = pose.leg(limb[-1]) if limb[:3] == "leg" else pose.arm(limb[-1])
    return next(way for way in ("to", "kneel", "hip", "sh") if getattr(part, way, None) is not None)
