"""What nobody sees has no business in a text; what a language or a picture needs has, in its place."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from clinical.words.characters import first_unseen, says_something, unseen, words_of_two_scripts
from tests.unseen_characters import UNSEEN, WELL_WRITTEN


def number(character: str) -> str:
    """A test's name."""
    return f"U+{ord(character):04X}"


def test_there_are_enough_of_them():
    assert len(set(UNSEEN)) == 40


@pytest.mark.parametrize("character", UNSEEN, ids=number)
def test_what_nobody_sees_is_found_wherever_it_stands_in_a_text(character: str):
    for text in (f"{character}Stretch", f"Stre{character}tch", f"Stretch{character}"):
        found = first_unseen(text)
        assert found
        assert found.name().startswith(f"{number(character)} (")
        assert found.before == text.partition(character)[0]


@pytest.mark.parametrize("text", WELL_WRITTEN.values(), ids=WELL_WRITTEN)
def test_what_people_write_in_their_languages_passes(text: str):
    assert list(unseen(text, lines=False)) == []


def test_every_control_and_format_there_is_is_known():
    kinds = {"Cc", "Cf", "Zl", "Zp"}
    every = [sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) in kinds]
    passed = {sign for sign in every if not first_unseen(f"ab{sign}cd")}
    shown = {sign for sign in passed - set("\n\t") if "NUMBER" in unicodedata.name(sign)}
    names = sorted(unicodedata.name(sign) for sign in passed - shown - set("\n\t"))
    assert len(every) > 200
    assert [name for name in names if not name.startswith(("ARABIC ", "SYRIAC ", "KAITHI "))] == []


@pytest.mark.parametrize("character", ["\ud800", "\ue000", "\ufdd0", "\U0010fffe", "\u0378"], ids=number)
def test_what_is_no_character_is_refused(character: str):
    assert first_unseen(f"a{character}")


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("ab\u200dcd", 2),  # a joiner between letters that never join
        ("می\u200c\u200cخواهم", 2),  # two where one does it
        ("می\u200c", 2),  # nothing follows
        ("👨\u200dab", 1),  # a picture and no other
        ("שלום\u200f\u200f", 5),
        ("not\u200e 30", 3),  # no letter from right to left near
        ("a\ufe0f", 1),
        ("1\ufe0f", 1),  # a digit without its key cap
        ("☀\ufe0f\ufe0f", 2),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0078\U000e007f", 1),  # no flag there is
        ("a\U000e0100", 1),
        ("ab\u180b", 2),
        ("ab\rcd", 2),
    ],
)
def test_out_of_its_place_it_is_refused(text: str, position: int):
    assert [found.position for found in unseen(text)][:1] == [position]


def test_lines_end_only_where_there_may_be_some():
    text = "Breathe.\r\n\tSlowly.\n"
    assert not first_unseen(text)
    assert [found.position for found in unseen(text, lines=False)] == [8, 9, 10, 18]


def test_place_is_told_by_what_can_be_seen_before_it():
    found = first_unseen("hold ton \u202b03")
    assert found
    assert (found.name(), found.before) == ("U+202B (right-to-left embedding)", "hold ton")


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u3164", "\u2800", "\u200b\u00a0\ufeff", "\u115f\u1160", "\ufe0f", "\u0300\u0301"]
)
def test_what_looks_empty_says_nothing(text: str):
    assert not says_something(text)


def test_anything_else_says_something():
    assert all(map(says_something, [".", "é", *WELL_WRITTEN.values()]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cаlf stretch", ("Cаlf",)),  # a Cyrillic а
        ("Ηip and Knee", ("Ηip",)),  # a Greek Η
        ("Растяжка calf", ()),
        ("Διάταση hip", ()),
        ("ふくらはぎ stretch 2x", ()),
    ],
)
def test_words_of_two_alphabets_that_look_alike_are_found(text: str, words: tuple[str, ...]):
    assert words_of_two_scripts(text) == words
