"""What holds for every valid pose, however strange: it is drawn, measured, put in words and mirrored."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from figures.engine import library, render, rig, validation
from figures.engine.interpolation import between
from figures.engine.mirror import mirrored
from figures.engine.pose import Illustration
from figures.engine.words import alternative_text

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

coordinates = st.floats(-200, 200, allow_nan=False).map(lambda v: round(v, 2))
angles = st.floats(-180, 180, allow_nan=False).map(lambda v: round(v, 1))
places = st.tuples(coordinates, coordinates, coordinates).map(list)
triples = st.tuples(angles, angles, angles).map(list)
shares = st.floats(-9, 9, allow_nan=False).map(lambda v: round(v, 2))
body_points = st.builds(
    lambda part, side, a, b, c: f"{part}{side}:{a}:{b}:{c}",
    st.sampled_from(["thigh", "shank", "upperarm", "forearm", "foot", "head", "pelvis", "trunk"]),
    st.sampled_from("RL"),
    shares,
    shares,
    shares,
)
targets: SearchStrategy[Any] = st.one_of(places, body_points)
legs: SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"to": targets}, optional={"pole": places, "foot": places, "footup": places}),
    st.fixed_dictionaries({"hip": triples, "knee": angles, "ankle": angles}),
    st.fixed_dictionaries({"kneel": st.fixed_dictionaries({"at": places, "shank": places})}),
)
arms: SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"to": targets, "hand": places}, optional={"pole": places, "palm": places}),
    st.fixed_dictionaries({"sh": triples, "el": angles, "wr": angles}),
)
pairs = st.tuples(angles, angles).map(list)
poses = st.fixed_dictionaries(
    {
        "key": st.just("start"),
        "label": st.just("Somehow"),
        "root": st.fixed_dictionaries({"pos": places, "pitch": angles, "yaw": angles, "roll": angles, "twist": angles}),
        "spine": st.fixed_dictionaries({"flex": pairs, "twist": pairs, "bend": pairs}),
        "neck": triples,
        "legR": legs,
        "legL": legs,
        "armR": arms,
        "armL": arms,
        "rests": st.just({"footR": "floor", "handL": "thighR", "seat": "ball"}),
    }
)
illustrations = st.fixed_dictionaries(
    {
        "id": st.just("somehow"),
        "view": st.fixed_dictionaries(
            {"yaw": angles, "pitch": st.integers(-10, 80), "near": st.sampled_from([None, "R", "L", "both"])}
        ),
        "model": st.sampled_from(["m0", "m2", "m4", "m5", "m7"]),
        "figures": poses.map(lambda pose: [pose]),
        "muscles": st.lists(
            st.fixed_dictionaries(
                {"name": st.sampled_from(["hamstrings", "glutes", "obliques", "calf"]), "side": st.sampled_from("RL")}
            ),
            max_size=3,
        ),
        "props": st.just([{"kind": "ball", "at": [3, 4, 5], "r": 3}, {"kind": "chair", "x": 4}]),
        "arrows": st.lists(st.fixed_dictionaries({"from": places, "to": places, "bend": st.just(0.2)}), max_size=2),
    }
).map(Illustration.model_validate)


@FEW
@given(illustrations)
def test_every_valid_pose_is_drawn_and_measured(illustration: Illustration):
    drawing = render.draw(illustration, "start")
    assert drawing.box[2] > 0
    assert "nan" not in drawing.markup
    for fault in validation.faults_of(illustration):
        assert fault.limb
        assert fault.number is None or math.isfinite(fault.number)
    assert alternative_text(illustration, "start")


@FEW
@given(illustrations)
def test_mirrored_twice_is_the_original(illustration: Illustration):
    twice = mirrored(mirrored(illustration))
    assert twice.model_copy(update={"view": illustration.view}) == illustration
    assert math.isclose((twice.view.yaw - illustration.view.yaw) % 360, 0, abs_tol=1e-9) or math.isclose(
        (twice.view.yaw - illustration.view.yaw) % 360, 360, abs_tol=1e-9
    )


@FEW
@given(illustrations)
def test_the_mirrored_skeleton_is_the_skeleton_mirrored(illustration: Illustration):
    skeleton = rig.solve(illustration.figures[0])
    other = rig.solve(mirrored(illustration).figures[0])
    for side, opposite in (("R", "L"), ("L", "R")):
        x, y, z = skeleton.trunk.hip(1 if side == "R" else -1, 4.7)
        assert all(
            math.isclose(a, b, abs_tol=1e-6)
            for a, b in zip(other.trunk.hip(-1 if side == "R" else 1, 4.7), (x, y, -z), strict=True)
        )
        assert opposite in other.legs


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(library.names()), st.floats(0, 1))
def test_every_pose_between_two_is_valid(name: str, share: float):
    illustration = library.illustration(name)
    pose = between(illustration.figures[0], illustration.figures[-1], share)
    skeleton = rig.solve(pose)
    assert all(leg.short <= 1.5 for leg in skeleton.legs.values())
    assert all(arm.short <= 2.5 for arm in skeleton.arms.values())
