"""What is said of the other side follows the side that is asked for, whatever was written among the steps."""

from __future__ import annotations

import pytest

from exercises.choices import Side
from exercises.other_side import asks_for_the_other_side, sentence_about_the_other_side, without_the_other_side

#: Sentences that say nothing but to change over.
ONLY_THAT = [
    "Then do the same with the other leg.",
    "Then do the other side.",
    "Then change knees and do the same for the other leg.",
    "Then do the same to the other side.",
    "Finish one side, then do the same to the other side.",
    "Finish one side, then do the same with the other leg in front.",
    "Then do the same with the other leg behind.",
    "Repeat on the other side.",
    "Now repeat with the other arm!",
    "Change sides.",
    "Swap legs and repeat.",
    "Switch sides and do it again",
    "The same with the other foot.",
    "Repeat the whole exercise with your other hand too.",
    "Then repeat it again on the opposite side.",
]

#: Sentences that say something else, or more than that.
SAY_MORE = [
    "Bend the other leg out of the way.",
    "Put the other foot flat in front.",
    "Keep the other leg still.",
    "Do not do it with the other leg if that hurts.",
    "Do the same with the other leg only if it does not hurt.",
    "Then do the same with the other leg, holding on to the chair.",
    "Rest one ankle on the other knee.",
    "Press the muscle with the fingers of the other hand.",
    "Change your grip.",
    "Let go, then do the other side.",
    "Lift both sides.",
    "Do not move the other leg.",
]


@pytest.mark.parametrize("sentence", ONLY_THAT)
def test_a_written_sentence_about_the_other_side_is_left_out(sentence: str):
    assert without_the_other_side(f"Put the leg down slowly. {sentence}") == "Put the leg down slowly."
    assert without_the_other_side(sentence) == ""


@pytest.mark.parametrize("sentence", SAY_MORE)
def test_a_sentence_that_says_more_stays(sentence: str):
    for written in (sentence, f"Sit down. {sentence}", f"{sentence}  Breathe."):
        assert without_the_other_side(written) == written


def test_only_the_end_of_a_step_is_left_out():
    written = "Then do the other side. Breathe out."
    assert without_the_other_side(written) == written
    assert without_the_other_side("Let go. Change sides. Then do the same with the other leg.") == "Let go."


@pytest.mark.parametrize(("side", "said"), [(Side.EACH, "Then do the same on the other side."), (Side.LEFT, "")])
def test_each_side_is_told_to_change_over_and_one_side_is_not(side: Side, said: str):
    assert sentence_about_the_other_side(side) == said


@pytest.mark.parametrize("side", [Side.RIGHT, Side.BOTH])
def test_one_side_and_both_together_have_no_other_side(side: Side):
    assert sentence_about_the_other_side(side) == ""


@pytest.mark.parametrize(
    "text",
    [
        *ONLY_THAT,
        "Do the same with the other leg only if it does not hurt.",
        "Then do the same with the other leg, holding on to the chair.",
        "Let go, then do the other side.",
    ],
)
def test_an_author_is_told_of_a_step_that_asks_for_the_other_side(text: str):
    assert asks_for_the_other_side(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bend the other leg out of the way.",
        "Keep the other leg still.",
        "Rest one ankle on the other knee.",
        "Press the muscle with the fingers of the other hand.",
        "Lift both sides.",
    ],
)
def test_an_author_is_not_told_of_a_part_that_is_named(text: str):
    assert not asks_for_the_other_side(text)
