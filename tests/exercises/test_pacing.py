"""A dosage laid out in time takes exactly as long as it says, does every side, and says where you are."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from exercises.choices import IntervalKind, Measure, Side
from exercises.dosage import CHANGE_SIDES_SECONDS
from exercises.pacing import intervals
from tests.pure_examples import dosage, dosages

sides = st.sampled_from(Side)
WORKED = {IntervalKind.HOLD, IntervalKind.REPETITIONS, IntervalKind.MOVING}


@given(dosages(), sides)
def test_intervals_add_up_to_the_dosage_to_the_second(regimen, side):
    assert sum(interval.seconds for interval in intervals(regimen, side)) == regimen.seconds(side)


@given(dosages(), sides)
def test_every_side_is_worked_equally_long(regimen, side):
    worked: dict[Any, Any] = {}
    for interval in intervals(regimen, side):
        if interval.kind in WORKED:
            worked[interval.side] = worked.get(interval.side, 0) + interval.seconds
    expected = {Side.EACH: {Side.LEFT, Side.RIGHT}, Side.BOTH: {None}}.get(side, {side})
    assert set(worked) == expected
    assert len(set(worked.values())) == 1


@given(dosages(), sides)
def test_a_session_neither_begins_nor_ends_with_a_pause(regimen, side):
    laid_out = intervals(regimen, side)
    assert laid_out[0].kind in WORKED
    assert laid_out[-1].kind in WORKED


def test_a_hold_on_each_side_is_laid_out_repetition_by_repetition():
    laid_out = intervals(dosage(hold_seconds=30, repetitions=2), Side.EACH)
    assert [(interval.words, interval.place_words, interval.seconds) for interval in laid_out] == [
        ("Hold, left side", "Repeat 1 of 2", 30),
        ("Hold, left side", "Repeat 2 of 2", 30),
        ("Change to the right side", "", CHANGE_SIDES_SECONDS),
        ("Hold, right side", "Repeat 1 of 2", 30),
        ("Hold, right side", "Repeat 2 of 2", 30),
    ]


def test_a_rest_between_holds_stands_between_them_and_not_after_the_last():
    laid_out = intervals(dosage(hold_seconds=45, repetitions=3, rest_between_seconds=15), Side.LEFT)
    assert [(interval.words, interval.seconds) for interval in laid_out] == [
        ("Hold, left side", 45),
        ("Rest", 15),
        ("Hold, left side", 45),
        ("Rest", 15),
        ("Hold, left side", 45),
    ]


def test_sets_have_their_rest_between_them_and_say_their_number():
    laid_out = intervals(dosage(repetitions=10, sets=2, rest_seconds=45), Side.BOTH)
    assert [(interval.words, interval.place_words) for interval in laid_out] == [
        ("Do it 10 times", "Set 1 of 2"),
        ("Rest", ""),
        ("Do it 10 times", "Set 2 of 2"),
    ]


def test_a_set_of_one_hold_says_its_number_among_the_sets():
    first = intervals(dosage(hold_seconds=20, repetitions=2, sets=3), Side.BOTH)[0]
    assert first.place_words == "Repeat 1 of 2, set 1 of 3"


def test_moving_time_is_one_interval_on_the_side_that_is_prescribed():
    laid_out = intervals(dosage(moving_seconds=90), Side.LEFT)
    assert [(interval.words, interval.seconds, interval.side) for interval in laid_out] == [
        ("Keep going, left side", 90, Side.LEFT)
    ]
    assert dosage(moving_seconds=90).measure is Measure.MOVING
