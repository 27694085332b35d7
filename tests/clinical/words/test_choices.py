"""Whoever adds a region or a position says whose notes reach it too: silence would leave it unprotected."""

from __future__ import annotations

from typing import Any

import pytest

from clinical.words.choices import SAME_POSITION_AS, WIDER_REGION, BodyRegion, StartingPosition

#: The regions that lie within no other that is in the vocabulary, judged one by one.
WITHIN_NO_OTHER = {
    *("jaw", "neck", "shoulder", "arm", "hand", "chest", "upper_back", "low_back", "trunk", "pelvic_floor"),
    *("hip", "buttock", "front_thigh", "back_thigh", "inner_thigh", "knee", "lower_leg", "foot"),
}
#: The positions that are done like no other, as far as notes care.
LIKE_NO_OTHER = {
    *("supine", "prone", "side_lying", "long_sitting", "sitting", "four_point_kneeling", "kneeling", "half_kneeling"),
    "standing",
}


@pytest.mark.parametrize(
    ("vocabulary", "reached_by", "none"),
    [(BodyRegion, WIDER_REGION, WITHIN_NO_OTHER), (StartingPosition, SAME_POSITION_AS, LIKE_NO_OTHER)],
)
def test_each_says_whose_notes_reach_it_too_or_that_none_do(
    vocabulary: Any, reached_by: dict[str, str], none: set[str]
):
    unsaid = set(vocabulary.values) - set(reached_by) - none
    assert not unsaid, f"name the wider one of {unsaid} in clinical/words/choices.py, or say here that there is none"
    assert not none & set(reached_by)
    assert none <= set(vocabulary.values)
    assert set(reached_by.values()) <= none, "one step reaches the widest"
