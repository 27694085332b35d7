"""Every exercise of the starter library has its poses, and each of them can be published."""

from __future__ import annotations

import gzip
import re
import statistics
import time
from pathlib import Path

import pytest
import yaml

from figures.engine import contacts, library, render, rig, solids, strip, validation
from figures.engine.interpolation import frames
from figures.engine.mirror import mirrored
from figures.engine.pose import Illustration
from figures.engine.words import alternative_text
from tests.figures.engine.examples import drawn

EXERCISES = Path(__file__).resolve().parents[3] / "library" / "starter" / "exercises"
NAMES = library.names()

STILL_BYTES = 16 * 1024
STRIP_BYTES_PACKED = 20 * 1024
#: A still may take half a second on two cores; twice that here, since tests share their machine.
STILL_SECONDS = 1.0


def test_every_exercise_of_the_starter_library_is_illustrated():
    named = {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8")).get("figure") for path in EXERCISES.glob("*.yaml")
    }
    assert [name for name, figure in named.items() if not figure] == []
    bases = {name for name in NAMES if name.startswith("base-")}
    assert {figure for figure in named.values() if isinstance(figure, str)} == set(NAMES) - bases
    assert bases == {"base-all-fours", "base-side-lying", "base-wheelchair"}


@pytest.mark.parametrize("name", NAMES)
def test_a_library_pose_has_no_fault(name: str):
    illustration = library.illustration(name)
    faults = [*validation.faults_of(illustration), *validation.size_faults(illustration)]
    assert [str(fault) for fault in faults] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_other_side_of_a_library_pose_has_no_fault_either(name: str):
    assert [str(fault) for fault in validation.faults_of(mirrored(library.illustration(name)))] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_illustration_goes_from_start_to_end_and_is_named_by_its_exercise(name: str):
    illustration = library.illustration(name)
    assert illustration.id == name
    assert [pose.key for pose in illustration.figures] == ["start", "end"]


@pytest.mark.parametrize("name", NAMES)
def test_every_claimed_contact_is_within_its_limit(name: str):
    illustration = library.illustration(name)
    for pose in illustration.figures:
        parts, things = contacts.parts_of(rig.solve(pose)), solids.solids_of(illustration.props)
        for part, support in pose.rests.items():
            gap = contacts.gap_of(parts[part], support, things, parts)
            assert gap is not None
            assert gap <= contacts.TOUCH, (pose.key, part, support)


@pytest.mark.parametrize("name", NAMES)
def test_between_start_and_end_nothing_goes_far_through_the_floor(name: str):
    """On its way a body may touch what it lies on a little deeper than where it rests."""
    illustration = library.illustration(name)
    for pose in frames(illustration.figures[0], illustration.figures[-1], 5)[1:-1]:
        skeleton = rig.solve(pose)
        for part in contacts.parts_of(skeleton).values():
            assert min(solids.floor_gap(body) for body in part.bodies) > -2.5, (pose.key, part.name)


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", NAMES)
def test_a_strip_is_light_enough(name: str):
    text = strip.strip_svg(library.illustration(name))
    assert len(gzip.compress(text.encode(), mtime=0)) <= STRIP_BYTES_PACKED


@pytest.mark.parametrize("name", NAMES)
def test_a_still_is_light_enough(name: str):
    assert len(drawn(name).svg("Title", "Description").encode()) <= STILL_BYTES


def test_a_still_is_drawn_quickly_enough():
    seconds = []
    for name in NAMES[::4]:
        illustration = library.illustration(name)
        before = time.perf_counter()
        render.draw(illustration, "end")
        seconds.append(time.perf_counter() - before)
    assert statistics.median(seconds) <= STILL_SECONDS


@pytest.mark.parametrize("name", NAMES)
def test_the_text_says_what_the_body_does_and_not_that_there_is_a_picture(name: str):
    illustration = library.illustration(name)
    for pose in illustration.figures:
        text = alternative_text(illustration, pose.key)
        assert text.endswith(".")
        assert 10 < len(text) < 260
        assert not re.search(r"\b(image|picture|illustration|drawing|figure|photo)\b", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("wall-calf-stretch", "right leg straight, left knee bent; both hands on the wall"),
        ("standing-hamstring-stretch", "both hands on the left thigh"),
        ("lying-hamstring-stretch", "right leg nearly straight"),
        ("lying-hamstring-stretch", "both hands behind the right thigh"),
        ("standing-thigh-stretch", "right hand holding the right foot"),
        ("raised-leg-hamstring-stretch", "left hand on a fixed support"),
        ("plank", "Resting on forearms and knees"),
        ("glute-bridge", "hips lifted"),
        ("lying-figure-four-stretch", "right ankle on the left thigh"),
    ],
)
def test_the_text_agrees_with_the_steps(name: str, said: str):
    assert said in alternative_text(library.illustration(name), "end")


@pytest.mark.parametrize("name", NAMES)
def test_no_two_poses_of_a_figure_read_alike(name: str):
    for illustration in (library.illustration(name), mirrored(library.illustration(name))):
        said = [alternative_text(illustration, pose.key).partition(" Felt here")[0] for pose in illustration.figures]
        assert len(set(said)) == len(said), said


def test_a_pose_may_have_words_of_its_own_and_the_other_side_gets_the_other_words():
    data = library.illustration("wall-calf-stretch").model_dump(by_alias=True, exclude_none=True)
    data["figures"][0]["alt"] = "Facing a wall, the right foot behind."
    illustration = Illustration.model_validate(data)
    assert alternative_text(illustration, "start") == "Facing a wall, the right foot behind."
    assert alternative_text(mirrored(illustration), "start") == "Facing a wall, the left foot behind."


def test_the_text_of_the_other_side_names_the_other_side():
    other = mirrored(library.illustration("wall-calf-stretch"))
    assert "right knee bent, left leg straight" in alternative_text(other, "end")
    assert "left calf" in alternative_text(other, "end")


def test_the_lying_hamstring_knee_is_bent_about_twenty_degrees():
    assert library.illustration("lying-hamstring-stretch").pose("end").leg_r.knee == pytest.approx(20, abs=3)


def test_an_unknown_name_is_refused():
    with pytest.raises(KeyError):
        library.illustration("handstand")
