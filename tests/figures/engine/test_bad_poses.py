"""Poses that a body cannot hold are refused, and each refusal names the limb and the number."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from figures.engine import validation
from figures.engine.pose import Part, Support
from tests.figures.engine.examples import standing

WALL = {"kind": "wall", "x": 30}
CHAIR = {"kind": "chair", "x": -30}


def with_prop(data: dict[str, Any], prop: dict[str, Any]) -> dict[str, Any]:
    """The data with one more prop."""
    data["props"].append(prop)
    return data


BAD = {
    "knee bent further than it goes": (standing(legR={"hip": [60, 0, 0], "knee": 160}), "legR", 160),
    "knee bent backwards": (standing(legL={"hip": [0, 0, 0], "knee": -30}), "legL", -30),
    "hip flexed too far": (standing(legR={"hip": [140, 0, 0], "knee": 90}), "legR", 140),
    "hip extended too far": (standing(legL={"hip": [-50, 0, 0], "knee": 10}), "legL", -50),
    "leg spread too far": (standing(legR={"hip": [0, 80, 0], "knee": 5}), "legR", 80),
    "toes pulled up too far": (standing(legR={"hip": [40, 0, 0], "knee": 5, "ankle": 50}), "legR", 50),
    "elbow bent too far": (standing(armR={"sh": [20, 5, 0], "el": 170}), "armR", 170),
    "elbow bent backwards": (standing(armL={"sh": [20, 5, 0], "el": -25}), "armL", -25),
    "arm too far back": (standing(armL={"sh": [-80, 0, 0], "el": 10}), "armL", -80),
    "neck nods too far": (standing(neck=[70, 0, 0]), "neck", 70),
    "neck turned too far": (standing(neck=[0, -75, 0]), "neck", -75),
    "spine folded": (standing(spine={"flex": [60, 50]}), "spine", 110),
    "spine wrung": (standing(spine={"twist": [40, 45]}), "spine", 85),
    "ankle out of reach": (standing(legL={"to": [60, 3.9, -5], "foot": [1, 0, 0]}), "legL", None),
    "palm out of reach": (standing(armR={"to": [60, 60, 8], "hand": [1, 0, 0]}), "armR", None),
    "foot in the floor": (standing(legR={"to": [0, 1.5, 5], "foot": [1, 0, 0]}), "legR", 2.35),
    "foot above the floor it stands on": (standing(legL={"to": [0, 5.0, -5], "foot": [1, 0, 0]}), "legL", 1.15),
    "hand in the wall": (
        with_prop(standing(armR={"to": [33, 70, 8], "hand": [0, 1, 0], "palm": [1, 0, 0], "grip": 0}), WALL),
        "armR",
        None,
    ),
    "palm not at the wall it rests on": (
        with_prop(
            standing(
                armL={"to": [27, 72, -8], "hand": [0, 1, 0], "palm": [1, 0, 0]},
                rests={"footR": "floor", "handL": "wall"},
            ),
            WALL,
        ),
        "armL",
        3.0,
    ),
    "seat not on the chair": (with_prop(standing(rests={"footR": "floor", "seat": "chair"}), CHAIR), "root", None),
    "hand rests on a rail that is not there": (standing(rests={"footR": "floor", "handR": "rail"}), "armR", None),
    "a leg placed in two ways": (
        standing(legR={"to": [0, 3.9, 5], "hip": [0, 0, 0]}),
        "legR",
        None,
    ),
    "a palm without a direction": (standing(armL={"to": [20, 60, -8]}), "armL", None),
    "an angle beyond a full turn": (standing(legL={"hip": [0, 0, 0], "knee": 999}), "legL", 999),
}


#: ``thighR`` and its like, limbs, and the fields that place them.
NAMES_IN_THE_DATA = {*get_args(Part), *get_args(Support), "legR", "legL", "armR", "armL", "sh", "el", "figures"} - {
    *("seat", "head", "shoulders", "front", "floor", "wall", "chair", "cushion", "pillow", "ball", "towel"),
}


def test_there_are_twenty_bad_poses_and_more():
    assert len(BAD) >= 20


@pytest.mark.parametrize("name", BAD)
def test_a_bad_pose_is_refused_and_the_limb_is_named(name: str):
    data, limb, number = BAD[name]
    _, faults = validation.read(data)
    named = [fault for fault in faults if fault.limb == limb]
    assert named, [str(fault) for fault in faults]
    if number is not None:
        assert any(fault.number == pytest.approx(number, abs=0.3) for fault in named), [str(f) for f in named]


def test_a_refusal_says_limb_number_and_rule_in_words():
    _, faults = validation.read(standing(legR={"hip": [60, 0, 0], "knee": 160}))
    assert "start, right leg: the knee is bent 160.0 degrees; it goes from -1 to 145" in [str(f) for f in faults]


@pytest.mark.parametrize("name", BAD)
def test_no_refusal_speaks_of_the_body_in_the_names_of_the_data(name: str):
    for fault in validation.read(BAD[name][0])[1]:
        words = set(re.findall(r"\w+", str(fault)))
        assert not words & NAMES_IN_THE_DATA, str(fault)


def test_a_part_of_the_body_is_named_as_people_name_it():
    data = standing(rests={"footR": "floor", "thighR": "floor", "fistL": "chairback"})
    data["props"].append(CHAIR)
    said = [str(fault) for fault in validation.read(data)[1]]
    assert any(words.startswith("start, right leg: the right thigh is off the floor by") for words in said), said
    assert any(words.startswith("start, left arm: the left hand is off the back of the chair by") for words in said)


def test_only_the_limb_at_fault_is_named():
    _, faults = validation.read(standing(armR={"sh": [20, 5, 0], "el": 170}))
    assert {fault.limb for fault in faults} == {"armR"}


def test_two_poses_that_read_alike_are_refused_until_one_has_words_of_its_own():
    data = standing()
    data["figures"].append({**data["figures"][0], "key": "end", "label": "Stand taller"})
    _illustration, faults = validation.read(data)
    assert [(fault.pose, fault.what) for fault in faults] == [("end", "it reads like start")]
    data["figures"][1]["alt"] = "Standing tall, the crown of the head drawn up."
    assert validation.read(data)[1] == []


def test_the_plain_standing_pose_has_no_fault():
    assert validation.read(standing())[1] == []


def test_a_limb_placed_differently_at_the_end_cannot_be_moved_there():
    data = standing()
    end = {**data["figures"][0], "key": "end", "legR": {"hip": [0, 0, 0], "knee": 0}}
    data["figures"].append(end)
    _, faults = validation.read(data)
    assert any(fault.limb == "legR" and "placed by the angles of its joints" in fault.what for fault in faults)
