"""What was kept for a patient allows no more pain than the exercise does now, and loses no warning."""

from __future__ import annotations

import pytest

from clinical.words.pain_kept import without_more_pain

#: What a patient was warned of, and goes on reading, whatever the exercise allows by now.
KEPT_FOR_A_PATIENT = [
    "Two sets. Even if it hurts only a little, stop. With pain of 4 out of 10 or above, ring us. If pain is worse than "
    "normal, stop. Go to hospital with pain of 8 out of 10.",
    "Slowly. Leave it out at pain of 2/10.",
    "Slowly. With pain of 4 out of 10, leave it out.",
    "Pain up to 3 of 10 is fine, above that go to hospital.",
    "Keep pain below 3 of 10.",
    "Pain up to 3 of 10 is fine unless your calf swells, then A&E at once.",
    "Pain up to 5/10 is fine, swelling or a hot calf means A&E today",
    "Nothing is gained by pushing through pain.",
    "Some pain is fine, tingling in the foot is the sign to come out.",
    "Some ache is fine, dizziness: sit down at once",
    "Pain of 2 is fine: anything sharp, let go at once",
    "Up to 3 of pain is fine, hold the rail with both hands",
    "Some pain is fine, pins and needles: come back up.",
    "Mild pain is okay, hold on to the chair",
    "Some pain is fine, feeling faint is a sign",
]


@pytest.mark.parametrize(
    ("words", "most", "left"),
    [
        ("Keep the heel down. Pain up to 3 of 10 is fine.", 3, "Keep the heel down. Pain up to 3 of 10 is fine."),
        ("Keep the heel down. Pain up to 3 of 10 is fine.", 2, "Keep the heel down."),
        ("Pain up to 3 of 10 is fine; keep the heel down", 0, "keep the heel down"),
        ("Pain at most 3 of 10", 0, ""),
        ("Even if it hurts, push on. Breathe out.", 3, "Breathe out."),
        ("Push through the pain. Breathe out.", 3, "Breathe out."),
        ("Walk. Pain is ok. Rest", 0, "Walk. Rest"),
        ("pain is ok; never say pain is ok", 0, "never say pain is ok"),
        *((warning, 0, warning) for warning in KEPT_FOR_A_PATIENT),
        ("Stop if pain is more than 3 of 10.", 0, "Stop if pain is more than 3 of 10."),
        ("", 0, ""),
    ],
)
def test_sentence_that_allows_more_is_left_out_and_no_other(words: str, most: int, left: str):
    assert without_more_pain(words, most) == left
