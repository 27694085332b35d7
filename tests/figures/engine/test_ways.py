"""A limb can be placed in another way and stays where it is."""

from __future__ import annotations

import pytest

from figures.engine import library, rig, validation
from figures.engine.pose import Illustration
from figures.engine.vectors import Vector, length, sub
from figures.engine.ways import LIMBS, Limb, Way, limb_of_pose, placed, way_of

#: Shoulder blades slide up to 2.2 towards what an arm reaches for, and 1.6 up with it, but not for angles: units.
SLIDE = 3.8


def ends(illustration: Illustration, key: str, limb: str) -> tuple[Vector, Vector]:
    """A limb's middle joint and its end."""
    skeleton = rig.solve(illustration.pose(key))
    if limb.startswith("leg"):
        leg = skeleton.legs[limb[-1]]
        return leg.knee, leg.ankle
    arm = skeleton.arms[limb[-1]]
    return arm.elbow, arm.wrist


@pytest.mark.parametrize("way", ["angles", "place"])
@pytest.mark.parametrize("name", library.names())
def test_a_limb_stays_where_it_is(name: str, way: Way):
    before = library.illustration(name)
    for limb in LIMBS:
        after = placed(before, limb, way)
        for pose in before.figures:
            for a, b in zip(ends(before, pose.key, limb), ends(after, pose.key, limb), strict=True):
                assert length(sub(a, b)) < SLIDE, (limb, pose.key)


@pytest.mark.parametrize("way", ["angles", "place", "body"])
def test_all_poses_are_placed_alike_and_can_be_read_again(way: Way):
    for name in library.names():
        for limb in LIMBS:
            after = placed(library.illustration(name), limb, way)
            assert {way_of(limb_of_pose(pose, limb)) for pose in after.figures} == {way}
            assert Illustration.model_validate(after.model_dump(mode="json", by_alias=True, exclude_none=True)) == after


@pytest.mark.parametrize("limb", ["legR", "legL"])
def test_a_strongly_bent_knee_does_not_flip(limb: Limb):
    start = placed(library.illustration("lying-hamstring-stretch"), limb, "angles")
    leg = limb_of_pose(start.pose("end"), limb).model_copy(update={"hip": (95, 0, 0), "knee": 140})
    bent = start.model_copy(
        update={"figures": [pose.model_copy(update={f"leg_{limb[-1].lower()}": leg}) for pose in start.figures]}
    )
    knee, _ = ends(bent, "end", limb)
    after, _ = ends(placed(bent, limb, "place"), "end", limb)
    assert length(sub(knee, after)) < 0.5


def test_a_knee_on_the_ground_stays_on_it():
    kneeling = library.illustration("kneeling-hip-flexor-stretch")
    again = placed(placed(kneeling, "legR", "angles"), "legR", "kneel")
    for pose in kneeling.figures:
        before, after = (ends(each, pose.key, "legR")[0] for each in (kneeling, again))
        assert length(sub(before, after)) < 1.5


def test_an_arm_does_not_kneel():
    with pytest.raises(ValueError, match="only a leg"):
        placed(library.illustration("squat"), "armR", "kneel")


def test_placing_by_angles_leaves_a_library_pose_without_faults():
    illustration = placed(library.illustration("lying-hamstring-stretch"), "legL", "angles")
    assert validation.faults_of(illustration) == []
