"""What a practitioner writes for one patient waves no stop sign away; words that warn of one are left alone."""

from __future__ import annotations

import pytest

from clinical.words.pain_faults import signs_in_note_fault
from clinical.words.stop_sign_words import waved_away


@pytest.mark.parametrize(
    "words",
    [
        "Ignore pins and needles",
        "Slowly. Do not stop if your foot goes numb.",
        "The warnings on this page are not for you.",
        "Numbness in your foot is known and no reason to stop",
        "Some tingling is fine",
        "Some tingling is fine, stop if it goes numb",
        "If your leg goes weak, carry on",
        "Carry on even with pins and needles",
        "Feeling light-headed is normal, just keep going",
        "It’s ok if your toes tingle",
        "It is normal to feel a bit dizzy",
        "Disregard the stop signs",
        "Stop signs do not apply to you",
        "No need to stop for tingling",
        "Don’t worry about a little numbness",
        "If you get dizzy when you stand up: that is normal.",
        "Go on\neven if you feel faint",
        "Keep going if you feel dizzy",
        "When it tingles, just carry on",
        "Work through the weakness",
        "It does not matter if your hand goes numb",
        "Let your foot go numb",
        "Stay in it until your foot goes numb",
        "You may get pins and needles, that is ok",
        "Expect some tingling",
        "Feeling weak is part of it",
        "Mild tingling OK",
        "The stop signs are for others",
    ],
)
def test_words_against_a_stop_sign_are_found(words: str):
    assert waved_away(words) != ""


@pytest.mark.parametrize(
    "words",
    [
        "Stop if your foot goes numb",
        "No numbness",
        "Tell me if it tingles",
        "Do not ignore tingling",
        "Never carry on if your foot goes numb",
        "Tingling is not normal: stop",
        "If you feel dizzy, do not carry on",
        "If you feel dizzy, sit down, then carry on",
        "If you feel dizzy, it is fine to stop",
        "It is fine to stop if you feel dizzy",
        "Carry on if the numbness has gone",
        "Carry on unless you feel dizzy",
        "Carry on with the weak leg",
        "If your leg goes weak, hold on to the rail",
        "If one leg is weak, carry on with the other",
        "A faint pull is fine",
        "Stop if your foot goes numb, a pull is fine",
        "Ignoring numbness makes it worse",
        "Go on only without tingling",
        "Some people carry on when they feel dizzy: please do not",
        "It is not okay to feel dizzy",
        "Do not think that numbness is normal",
        "Tell us if numbness is normal for you",
        "If the tingling is less, carry on",
        "Let us know if it tingles",
        "Do not stay until your foot goes numb",
        "Stretch until it tingles, then ease back",
    ],
)
def test_words_that_warn_of_a_stop_sign_are_left_alone(words: str):
    assert waved_away(words) == ""


def test_refusal_names_the_note_and_what_to_do():
    fault = signs_in_note_fault("Well done. Ignore pins and needles.")
    assert fault.startswith("Your note’s “Ignore pins and needles” speaks against")
    assert "Take it out" in fault
