"""A dosage laid out in time takes exactly as long as it says, does every side, and says where you are."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exercises.choices import IntervalKind, Measure, Side
from exercises.choosing import amounts
from exercises.dosage import BOUNDS, RANGES, empty_fields
from exercises.dosage_bounds import BETWEEN_HOLDS_SECONDS, CHANGE_SIDES_SECONDS
from exercises.pacing import intervals
from exercises.step_up import STEP_UP
from tests.pure_examples import dosage, dosages

sides = st.sampled_from(Side)
COUNTED = [
    *("hold_seconds", "moving_seconds", "repetitions", "repetitions_up_to", "sets", "rest_seconds"),
    *("contract_seconds", "relax_seconds", "stretch_seconds", "rest_between_seconds", "seconds_per_repetition"),
    *("tempo_out_seconds", "tempo_hold_seconds", "tempo_back_seconds"),
]
TIMED_ENDS = [most for most in RANGES.values() if most.startswith(("hold", "moving", "repetitions", "sets", "rest"))]
WORKED = {
    *(IntervalKind.HOLD, IntervalKind.REPETITIONS, IntervalKind.MOVING),
    *(IntervalKind.CONTRACT, IntervalKind.RELAX, IntervalKind.STRETCH),
}
PAUSES = {IntervalKind.REST, IntervalKind.CHANGE_SIDES}
#: What is worked on both sides in turn within one interval.
TOGETHER = {IntervalKind.REPETITIONS, IntervalKind.MOVING}


@given(dosages(), sides)
def test_intervals_add_up_to_the_dosage_to_the_second(regimen, side):
    assert sum(interval.seconds for interval in intervals(regimen, side)) == regimen.seconds(side)


@given(dosages(), sides)
def test_every_side_is_worked_equally_long(regimen, side):
    worked: dict[Any, Any] = {}
    laid_out = intervals(regimen, side)
    for interval in laid_out:
        if interval.kind in WORKED:
            worked[interval.side] = worked.get(interval.side, 0) + interval.seconds
    is_told_apart = side is Side.EACH or (side is Side.IN_TURN and laid_out[0].kind not in TOGETHER)
    expected = {Side.LEFT, Side.RIGHT} if is_told_apart else {None} if side is Side.BOTH else {side}
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
        ("Rest", "", BETWEEN_HOLDS_SECONDS),
        ("Hold, left side", "Repeat 2 of 2", 30),
        ("Change to the right side", "", CHANGE_SIDES_SECONDS),
        ("Hold, right side", "Repeat 1 of 2", 30),
        ("Rest", "", BETWEEN_HOLDS_SECONDS),
        ("Hold, right side", "Repeat 2 of 2", 30),
    ]


@given(dosages(), sides)
def test_between_two_holds_there_is_always_time_to_move(regimen, side):
    laid_out = intervals(regimen, side)
    for before, after in pairwise(laid_out):
        assert IntervalKind.HOLD not in {before.kind, after.kind} or {before.kind, after.kind} & PAUSES
    pauses = [each.seconds for each in laid_out if each.kind in PAUSES]
    assert regimen.measure is not Measure.HOLD or min(pauses, default=BETWEEN_HOLDS_SECONDS) >= BETWEEN_HOLDS_SECONDS


def test_contract_relax_counts_down_each_of_its_parts():
    regimen = dosage(contract_seconds=6, relax_seconds=2, stretch_seconds=20, repetitions=2, rest_between_seconds=5)
    assert [(each.words, each.place_words, each.seconds) for each in intervals(regimen, Side.LEFT)] == [
        ("Tense, left side", "Repeat 1 of 2", 6),
        ("Let go, left side", "Repeat 1 of 2", 2),
        ("Stretch, left side", "Repeat 1 of 2", 20),
        ("Rest", "", 5),
        ("Tense, left side", "Repeat 2 of 2", 6),
        ("Let go, left side", "Repeat 2 of 2", 2),
        ("Stretch, left side", "Repeat 2 of 2", 20),
    ]


def test_holds_in_turn_go_left_right_left_right_without_a_change_over():
    laid_out = intervals(dosage(hold_seconds=5, repetitions=2, rest_between_seconds=3), Side.IN_TURN)
    assert [(each.words, each.place_words, each.seconds) for each in laid_out] == [
        ("Hold, left side", "Repeat 1 of 2", 5),
        ("Rest", "", 3),
        ("Hold, right side", "Repeat 1 of 2", 5),
        ("Rest", "", 3),
        ("Hold, left side", "Repeat 2 of 2", 5),
        ("Rest", "", 3),
        ("Hold, right side", "Repeat 2 of 2", 5),
    ]


def test_repetitions_in_turn_are_counted_for_each_side():
    (only,) = intervals(dosage(repetitions=10), Side.IN_TURN)
    assert (only.words, only.count, only.seconds) == (
        "Do it 10 times with each side, left and right in turn",
        20,
        80,
    )
    (moving,) = intervals(dosage(moving_seconds=60), Side.IN_TURN)
    assert (moving.words, moving.seconds) == ("Keep going, left and right in turn", 60)


def test_a_tempo_is_spoken_and_an_open_end_is_no_target():
    tempo = {"tempo_out_seconds": 3, "tempo_hold_seconds": 2, "tempo_back_seconds": 3}
    (each,) = intervals(dosage(repetitions=12, **tempo), Side.LEFT)
    assert each.words == "Do it 12 times, left side, 3 seconds out, hold 2 seconds, 3 seconds back"
    assert each.seconds == 96
    (open_end,) = intervals(dosage(repetitions_up_to=15), Side.BOTH)
    assert open_end.words == "As often as is comfortable, up to 15 times"


@given(dosages(), sides, st.data())
def test_more_of_a_figure_never_takes_less_time(regimen, side, data):
    regimen = dataclasses.replace(regimen, **empty_fields(STEP_UP))
    timed = [name for name in COUNTED if getattr(regimen, name) and getattr(regimen, name) < BOUNDS[name][1]]
    assume(timed)
    name = data.draw(st.sampled_from(timed))
    more = getattr(regimen, name) + 1
    upper = RANGES.get(name, "")
    if upper and getattr(regimen, upper) == more:
        regimen = dataclasses.replace(regimen, **{upper: None})
    assert dataclasses.replace(regimen, **{name: more}).seconds(side) >= regimen.seconds(side)


@given(dosages(), sides)
def test_the_upper_end_of_a_range_never_takes_less_time(regimen, side):
    assert regimen.seconds_most(side) >= regimen.seconds(side)


@given(dosages(), sides)
def test_a_reader_may_choose_from_the_least_to_the_most_of_every_range(regimen, side):
    regimen = dataclasses.replace(regimen, **empty_fields(STEP_UP))
    chosen = [each.dosage for each in amounts(regimen, side)]
    assert all(each == dataclasses.replace(each, **dict.fromkeys(TIMED_ENDS)) for each in chosen)
    seconds = [each.seconds(side) for each in chosen]
    assert seconds == sorted(seconds)
    assert all(sum(each.seconds for each in intervals(one, side)) == one.seconds(side) for one in chosen)
    if chosen:
        assert (seconds[0], seconds[-1]) == (regimen.seconds(side), regimen.seconds_most(side))
    else:
        assert regimen.seconds(side) == regimen.seconds_most(side)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"hold_seconds": 10, "hold_seconds_most": 30}, ["10 seconds", "20 seconds", "30 seconds"]),
        ({"sets": 2, "sets_most": 3}, ["2 sets", "3 sets"]),
        (
            {"hold_seconds": 30, "hold_seconds_most": 60, "repetitions": 2, "repetitions_most": 4},
            ["30 seconds, 2 times", "45 seconds, 3 times", "1 minute, 4 times"],
        ),
        ({"effort": 2, "effort_most": 4}, []),
        ({}, []),
    ],
)
def test_what_may_be_chosen_is_said_without_the_rest(figures, words):
    assert [each.words for each in amounts(dosage(**{"hold_seconds": 30, "repetitions": 2, **figures}))] == words


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
