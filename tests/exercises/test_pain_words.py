"""Words that allow pain an exercise does not: found in what people write, and not in what merely names pain."""

from __future__ import annotations

import pytest

from exercises.pain_words import allowed_in_words, pain_in_words_fault


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("Pain up to 3 of 10 is fine if it settles by next morning", 3),
        ("A pull. Pain of 2-4/10 is normal.", 4),
        ("Work at 5 out of 10 pain", 5),
        ("Stop if pain is more than 3 out of 10", 3),
        ("Some pain is okay.", 1),
        ("Mild soreness is to be expected", 1),
        ("A mild pull, never pain", 0),
        ("An effort of 6 out of 10", 0),
        ("Stop if you feel pain.", 0),
        ("Ask your physiotherapist if the pain is 8 out of 10.", 0),
        ("Pain up to 7 out of 10 is fine: it will help you", 7),
        ("Ask nobody: pain of 4 out of 10 is okay", 4),
        ("Pain up to seven out of ten", 7),
        ("Pain of 2.5 out of 10 is fine", 3),
        ("Pain up to 6 is fine", 6),
        ("", 0),
    ],
)
def test_how_much_pain_the_words_allow(text: str, most: int):
    assert allowed_in_words(text) == most


def test_words_may_say_what_the_field_says_and_no_more():
    assert pain_in_words_fault(["A pull", "Pain up to 3 of 10 is fine"], 3) == ""
    assert "Pain allowed, out of 10" in pain_in_words_fault(["A pull", "Pain up to 3 of 10 is fine"], 2)
