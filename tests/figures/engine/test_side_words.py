"""What is said of the other side swaps the words that name a side of the body, and no other "left" and "right"."""

from __future__ import annotations

import pytest

from figures.engine import library
from figures.engine.mirror import mirrored
from figures.engine.side_words import of_the_other_side
from figures.engine.words import alternative_text

#: What is said of one side, and of the other.
SIDES = [
    ("Right knee bent, left leg straight.", "Left knee bent, right leg straight."),
    ("Lift the right one.", "Lift the left one."),
    ("The left upper arm rests.", "The right upper arm rests."),
    ("the right big toe", "the left big toe"),
    ("Right back knee on the cushion", "Left back knee on the cushion"),
    ("Left-hand fingertips on the wall", "Right-hand fingertips on the wall"),
    ("LEFT LEG up", "RIGHT LEG up"),
    ("Turn your head to the left.", "Turn your head to the right."),
    ("Chest turned to the right, knees to the left", "Chest turned to the left, knees to the right"),
    ("Look over your right shoulder", "Look over your left shoulder"),
    ("Lying on the right", "Lying on the left"),
    ("On the left in front of you", "On the right in front of you"),
    ("Turn left at the waist", "Turn right at the waist"),
    ("Hips shifted right over the foot", "Hips shifted left over the foot"),
    ("Lean left.", "Lean right."),
    ("Left foot in front, right behind.", "Right foot in front, left behind."),
    ("Left straight, right bent", "Right straight, left bent"),
    ("The left over the right", "The right over the left"),
    ("Swing from left to right", "Swing from right to left"),
    ("Left and right arms apart", "Right and left arms apart"),
    ("Felt here: left calf.", "Felt here: right calf."),
    ("Step leftwards", "Step rightwards"),
    ("Keep the left heel down", "Keep the right heel down"),
]

#: Words that are no side of the body, in a text about one.
NO_SIDES = [
    "{} knee bent to a right angle.",
    "{} knee bent at right angles to the floor",
    "{} elbow right-angled",
    "A right-angled bend of the {} knee",
    "Begin right away with the {} leg",
    "{} foot down: all right",
    "The {} foot is right in front of the chair",
    "Stand right behind the chair, {} hand on it",
    "Sit right back, {} leg out",
    "{} leg: bend right down to the floor",
    "{} arm stretched right up",
    "{} hand right under the shoulder",
    "Lift the {} leg to the right height",
    "The {} foot in the right place",
    "Put the {} hand where it feels right",
    "{} heel left on the floor",
    "{} arm left free",
    "Bend the {} knee with what is left",
    "{} leg upright, the light is bright",
    "Hold the {} leg while you have room left",
]


@pytest.mark.parametrize(("said", "other"), SIDES)
def test_a_word_that_names_a_side_is_swapped_and_swapped_back(said: str, other: str):
    assert of_the_other_side(said) == other
    assert of_the_other_side(other) == said


@pytest.mark.parametrize("said", NO_SIDES)
@pytest.mark.parametrize(("one", "other"), [("left", "right"), ("right", "left"), ("Left", "Right")])
def test_a_word_that_names_no_side_stays(said: str, one: str, other: str):
    assert of_the_other_side(said.format(one)) == said.format(other)


def test_the_text_of_a_mirrored_figure_keeps_its_right_angle():
    drawn = library.illustration("wall-calf-stretch")
    said = drawn.model_copy(update={"alt": "Right knee bent to a right angle."})
    other = mirrored(said)
    assert alternative_text(other, "end").startswith("Left knee bent to a right angle.")
    assert mirrored(other).alt == said.alt


def test_the_caption_of_a_mirrored_pose_keeps_its_right_angle():
    drawn = library.illustration("wall-calf-stretch")
    poses = [pose.model_copy(update={"label": "Left knee at a right angle"}) for pose in drawn.figures]
    other = mirrored(drawn.model_copy(update={"figures": poses}))
    assert {pose.label for pose in other.figures} == {"Right knee at a right angle"}
