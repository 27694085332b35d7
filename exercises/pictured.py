"""Which figure fits which starting position: a picture that says otherwise than the words misleads.

Pure. A drawing cannot tell everything: who leans stands, and a bed need not be drawn.
"""

from __future__ import annotations

from collections.abc import Iterable

from figures.engine.pose import Pose
from figures.engine.posture import Held, posture_of

#: What a figure may show at its start, by starting position.
SHOWN_AS: dict[str, frozenset[Held]] = {
    "in_bed": frozenset({"in_bed", "supine", "prone", "side_lying", "long_sitting"}),
    "supine": frozenset({"supine", "in_bed"}),
    "prone": frozenset({"prone", "forearms_and_knees", "in_bed"}),
    "side_lying": frozenset({"side_lying", "in_bed"}),
    "long_sitting": frozenset({"long_sitting", "in_bed"}),
    "sitting": frozenset({"sitting", "wheelchair"}),
    "wheelchair": frozenset({"sitting", "wheelchair"}),
    "four_point_kneeling": frozenset({"four_point_kneeling", "forearms_and_knees"}),
    "kneeling": frozenset({"kneeling"}),
    "half_kneeling": frozenset({"half_kneeling"}),
    "leaning": frozenset({"standing"}),
    "standing": frozenset({"standing"}),
}


def fits_a_position(first: Pose, positions: Iterable[str]) -> bool:
    """Whether the first pose of a figure shows one of these starting positions; one not chosen yet fits."""
    held = posture_of(first).held
    return any(position not in SHOWN_AS or held in SHOWN_AS[position] for position in positions)
