"""What a short sign has room for, and when one sign may stand for several notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.safety.short_signs import (
    LETTERS_OF_A_SIGN,
    MOST_WORDS,
    Family,
    is_too_wordy,
    repeats_a_label,
    words_digest,
    words_in,
)
from tests.pure_examples import key

NUMB, WEAK = "you have new numbness between your legs", "both legs are weak"
FAMILY = Family("your legs go numb or weak", ((key(2), words_digest(NUMB)), (key(3), words_digest(WEAK))))


def test_a_sign_has_room_for_ten_words_and_sixty_letters():
    assert (MOST_WORDS, LETTERS_OF_A_SIGN) == (10, 60)


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("  \n", 0), ("pain", 1), (" a  leg is\ncold ", 4), ("hot-water bottle", 2)]
)
def test_words_are_counted_as_a_reader_counts_them(text, words):
    assert words_in(text) == words


@pytest.mark.parametrize(("words", "refused"), [(0, False), (10, False), (11, True)])
def test_ten_words_are_taken_in_at_a_glance_and_eleven_are_not(words, refused):
    assert is_too_wordy("word " * words) is refused


def test_digest_of_words_is_that_of_the_words_and_not_of_the_blanks_round_them():
    assert words_digest(f" {NUMB}\n") == words_digest(NUMB) != words_digest(NUMB.upper())
    assert len(words_digest(NUMB)) == 16


@given(st.text(), st.text())
def test_other_words_have_another_digest(one, other):
    assert (words_digest(one) == words_digest(other)) is (one.strip() == other.strip())


@pytest.mark.parametrize(
    ("texts", "stands"),
    [
        pytest.param({key(2): NUMB, key(3): WEAK}, True, id="all in force in the same words"),
        pytest.param({key(2): NUMB, key(3): WEAK, key(4): "more"}, True, id="others beside them"),
        pytest.param({key(2): NUMB}, False, id="one not in force"),
        pytest.param({key(2): NUMB, key(3): "both legs are very weak"}, False, id="one in other words"),
        pytest.param({key(2): WEAK, key(3): NUMB}, False, id="words of another"),
        pytest.param({}, False, id="none in force"),
    ],
)
def test_joint_sign_stands_only_while_all_it_speaks_for_are_in_force_in_the_words_it_was_approved_beside(texts, stands):
    assert FAMILY.stands_among(texts) is stands


def test_family_without_a_sign_never_stands():
    assert not Family("", FAMILY.members).stands_among({key(2): NUMB, key(3): WEAK})


@pytest.mark.parametrize("blank", ["", "  "])
def test_note_that_is_not_there_is_not_one_without_words(blank):
    family = Family("a sign", ((key(2), words_digest(blank)),))
    assert not family.stands_among({})
    assert family.stands_among({key(2): ""})


@pytest.mark.parametrize(
    ("sign", "refused"),
    [
        ("your calf is hot or red", False),
        ("you stop if you must", False),
        *((f"your calf is hot{end}", True) for end in ".!…"),
        ("your calf is hot. ", True),
        ("Call 999 if your calf is hot", True),
        ("stop IF your calf is hot", True),
        ("check first with a nurse", True),
    ],
)
def test_sign_completes_its_label_and_is_no_sentence_of_its_own(sign: str, refused: bool):
    assert repeats_a_label(sign) is refused
