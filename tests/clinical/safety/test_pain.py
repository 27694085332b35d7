"""How much pain an exercise allows, and how that words the default stop sign: least pain, soonest settled."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.safety.default_notes import STOP_KEY, default_placements, stop_note, with_stop_note
from clinical.safety.pain import (
    MOST_PAIN,
    NO_PAIN,
    PainLimit,
    exception_words,
    fine_words,
    stop_words,
    stop_words_in_short,
    strictest,
)
from clinical.safety.reach import Part, Place, pain_among, usual_sensation_among
from clinical.safety.rules import Placement, effective_notes
from clinical.safety.short_signs import LETTERS_OF_A_SIGN, is_too_wordy
from clinical.words.choices import NoteKind, PlaceKind, SettlesBy, Tier
from tests.pure_examples import subject, version

LIMITS = [NO_PAIN, *(PainLimit(most, by.value) for most in range(1, MOST_PAIN + 1) for by in SettlesBy)]
NEVER_SCOPED = ("numbness", "weakness", "dizziness")
USUAL = "Your usual restless-legs feeling is no reason to stop; new numbness is."

limits = st.sampled_from(LIMITS)
limit_lists = st.lists(limits, max_size=6)


@pytest.mark.parametrize(
    "wrong",
    [
        {"most": -1},
        {"most": MOST_PAIN + 1},
        {"most": 3, "settles_by": "tomorrow"},
        {"most": 3, "settles_by": ""},
        {"most": 0, "settles_by": "next_morning"},
        {"settles_by": "within_the_hour"},
    ],
    ids=str,
)
def test_limit_nobody_may_set_does_not_exist(wrong: dict[str, Any]):
    with pytest.raises(ValueError, match="pain"):
        PainLimit(**wrong)


def test_strictest_is_the_least_pain_settled_the_soonest():
    assert strictest([PainLimit(3, "next_morning"), PainLimit(5, "at_once")]) == PainLimit(3, "at_once")
    assert strictest([PainLimit(4, "next_morning"), PainLimit(2, "within_the_hour")]) == PainLimit(2, "within_the_hour")
    assert strictest([PainLimit(5, "next_morning"), NO_PAIN]) == NO_PAIN
    assert strictest([]) == NO_PAIN


@given(limit_lists, limits)
def test_adding_an_exercise_never_raises_the_limit(some: list[PainLimit], another: PainLimit):
    before, after = strictest(some), strictest([*some, another])
    assert not some or not after.allows_more_than(before)
    assert not after.allows_more_than(another)


@given(st.lists(limits, min_size=1, max_size=6), st.randoms())
def test_strictest_does_not_depend_on_order_or_on_who_merges_first(some: list[PainLimit], chance: Any):
    shuffled = list(some)
    chance.shuffle(shuffled)
    assert strictest(shuffled) == strictest(some) == strictest([strictest(some[:1]), strictest(some)])
    assert strictest([strictest(some)]) == strictest(some)


@given(limits, limits)
def test_one_of_two_different_limits_allows_more(one: PainLimit, other: PainLimit):
    assert (one.allows_more_than(other) or other.allows_more_than(one)) == (one != other)
    assert not one.allows_more_than(one)


@given(limit_lists)
def test_numbness_weakness_and_dizziness_are_never_scoped(some: list[PainLimit]):
    note = stop_note("en", strictest(some))
    for words in (note.text, note.in_short or note.text):
        assert all(sign in words for sign in (*NEVER_SCOPED, "pain"))


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_scoped_sign_says_the_figure_and_is_short_enough_for_the_card(limit: PainLimit):
    short = stop_words_in_short(limit)
    assert bool(short) == (len(stop_words(limit)) > LETTERS_OF_A_SIGN) == (limit != NO_PAIN)
    assert len(short) <= LETTERS_OF_A_SIGN
    assert not is_too_wordy(short)
    for words in (stop_words(limit), short, fine_words(limit)):
        assert not limit.most or str(limit.most) in words


def test_limits_read_differently_wherever_they_differ():
    for worded in (stop_words, stop_words_in_short, fine_words):
        assert len({worded(limit) for limit in LIMITS}) == len(LIMITS)


def test_stop_sign_is_worded_by_what_is_allowed():
    assert stop_words(PainLimit(3, "next_morning")) == (
        "pain is more than 3 out of 10 or is worse next morning, or you feel numbness, weakness or dizziness"
    )
    assert stop_words(NO_PAIN) == "you feel pain, numbness, weakness or dizziness"


def test_exception_is_said_only_where_more_is_allowed_than_on_the_card():
    here = PainLimit(3, "next_morning")
    assert exception_words(here, NO_PAIN) == "Here: pain up to 3 out of 10 is fine if it settles by next morning."
    assert exception_words(here, PainLimit(3, "within_the_hour"))
    assert exception_words(here, here) == exception_words(NO_PAIN, NO_PAIN) == exception_words(NO_PAIN, here) == ""


def test_exercise_that_says_nothing_allows_no_pain_and_a_page_has_no_limit_of_its_own():
    allowing = subject(1, Part.INGREDIENT, pain=PainLimit(3))
    silent, page = subject(2, Part.INGREDIENT), subject(3, Part.WHOLE, pain=PainLimit(5))
    assert pain_among([page, allowing]) == PainLimit(3)
    assert pain_among([page, allowing, silent]) == pain_among([page]) == pain_among([]) == NO_PAIN


def test_usual_sensation_is_said_for_one_page_only_and_never_by_an_exercise_of_a_routine():
    page = subject(1, Part.WHOLE, usual_sensation=USUAL)
    row = subject(2, Part.INGREDIENT, usual_sensation="Another.")
    assert usual_sensation_among([page, row]) == USUAL
    assert usual_sensation_among([subject(1, Part.EXERCISE, usual_sensation=USUAL)]) == USUAL
    assert usual_sensation_among([row]) == usual_sensation_among([page, subject(3, Part.WHOLE)]) == ""


@given(limits)
def test_usual_sensation_follows_the_sign_and_takes_nothing_away(limit: PainLimit):
    with_it, without = stop_note("en", limit, USUAL), stop_note("en", limit)
    assert with_it.text == f"{without.text}. {USUAL[:-1]}"
    assert with_it.in_short == (f"{without.in_short}. {USUAL[:-1]}" if without.in_short else "")
    assert (with_it.key, with_it.tier, with_it.kind) == (STOP_KEY, Tier.DO_NOT, NoteKind.STOP)


@given(limits, limits)
def test_board_of_one_exercise_is_the_same_as_if_it_were_merged_anew(card: PainLimit, own: PainLimit):
    another = version(1, NoteKind.STOP, Tier.DO_NOT, text="pain in your calf", language="en")
    others = [Placement(another, Place(PlaceKind.EVERYTHING))]
    merged = effective_notes([*default_placements("en", card), *others], [subject()])
    anew = effective_notes([*default_placements("en", own), *others], [subject()])
    assert with_stop_note(merged, stop_note("en", own)) == anew
