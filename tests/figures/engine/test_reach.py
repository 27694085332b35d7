"""Reaching is exact: palms lie where they are put, planted knees and feet stay, anchors hold."""

from __future__ import annotations

from typing import Any

import pytest

from figures.engine import contacts, rig, solids
from figures.engine import proportions as size
from figures.engine.bodypoints import body_point
from figures.engine.pose import Illustration
from figures.engine.reach import palm_of, two_bones
from figures.engine.skeleton import Skeleton
from figures.engine.vectors import length, sub
from tests.figures.engine.examples import standing


def solved(**changes: Any) -> Skeleton:
    """The skeleton of the standing pose with changes."""
    return rig.solve(Illustration.model_validate(standing(**changes)).figures[0])


def test_a_palm_lies_exactly_on_its_target():
    skeleton = solved(armR={"to": [26, 70, 8], "hand": [0, 1, 0], "palm": [1, 0, 0]})
    arm = skeleton.arms["R"]
    assert length(sub(palm_of(arm.wrist, arm.hand), (26, 70, 8))) < 1e-6
    assert arm.short == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("target", ["thighR:.5:1:.2", "thighL:.7:1:-.5", "shankR:.1:1:0", "trunkL:18:1:.4"])
def test_a_palm_on_a_body_part_touches_its_skin(target: str):
    changes = {"root__pitch": 40, "root__pos": [-8, 46, 0], "armR": {"to": target, "hand": [0.5, -1, 0]}}
    skeleton = solved(**changes)
    arm = skeleton.arms["R"]
    assert length(sub(palm_of(arm.wrist, arm.hand), body_point(skeleton, target).point)) == pytest.approx(
        arm.short, abs=1e-6
    )


def test_a_palm_on_the_thigh_is_neither_in_it_nor_off_it():
    skeleton = solved(armR={"to": "thighR:.4:1:.2", "hand": [0.2, -1, 0]})
    parts = contacts.parts_of(skeleton)
    gap = contacts.gap_of(parts["handR"], "thighR", [], parts)
    assert gap is not None
    assert abs(gap) < 0.3


def test_bones_keep_their_length_when_a_target_is_too_far():
    reach = two_bones((0, 0, 0), (100, 0, 0), 17.2, 14.6, (0, 1, 0))
    assert length(reach.middle) == pytest.approx(17.2)
    assert length(sub(reach.end, reach.middle)) == pytest.approx(14.6)


def test_a_kneeling_knee_stays_on_its_place_while_the_hips_move():
    knees = []
    for ahead in (0, 4, 8):
        skeleton = solved(root__pos=[ahead, 30, 0], legR={"kneel": {"at": [0, 0, 5]}})
        leg = skeleton.legs["R"]
        assert leg.knee == (0, size.KNEELING_KNEE, 5)
        assert length(sub(leg.knee, leg.hip)) == pytest.approx(size.THIGH)
        assert leg.short == pytest.approx(0, abs=1e-9)
        knees.append(skeleton.trunk.hips[1])
    assert knees == sorted(knees, reverse=True), "hips sink as they move off the knee"


def test_an_anchor_holds_its_axes_and_leaves_the_others():
    skeleton = solved(anchor={"point": "hips", "at": [7, 44, 3], "axes": "xy"})
    assert skeleton.trunk.hips == pytest.approx((7, 44, 0))


def test_a_straight_leg_is_as_long_as_its_bones():
    leg = solved(root__pos=[0, 60, 0]).legs["R"]
    assert length(sub(leg.ankle, leg.hip)) == pytest.approx(size.THIGH + size.SHANK, rel=0.002)
    assert leg.short > 5


@pytest.mark.parametrize(("height", "gap"), [(3.85, 0.0), (4.35, 0.5), (2.85, -1.0)])
def test_the_gap_under_a_sole_is_measured(height: float, gap: float):
    skeleton = solved(root__pos=[0, 50, 0], legR={"to": [0, height, 5], "foot": [1, 0, 0]})
    lowest = min(solids.floor_gap(body) for body in contacts.parts_of(skeleton)["footR"].bodies)
    assert lowest == pytest.approx(gap - 0.05, abs=0.06)
