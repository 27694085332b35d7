"""A dose that steps up is said whole or refused by name, is judged by its top, and is laid out step by step."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from exercises.choices import Side
from exercises.choosing import amounts
from exercises.dosage import Dosage
from exercises.dosage_fields import DosageError
from exercises.dosage_words import in_words
from exercises.overriding import overridden
from exercises.pacing import intervals
from exercises.session_length import check_session_length
from exercises.step_up import STEP_UP
from exercises.stepping import steps
from tests.pure_examples import dosages

LIFT = {"repetitions": 8, "steps_up": "repetitions", "steps_up_by": 1, "steps_up_to": 15}


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({**LIFT, "steps_up_every_days": 3}, "Go up by 1 time every 3 days if it was easy, to 15 times at most"),
        (LIFT, "Go up by 1 time whenever it has become easy, to 15 times at most"),
        (
            {"moving_seconds": 300, "steps_up": "moving_seconds", "steps_up_by": 60, "steps_up_to": 600},
            "Go up by 1 minute whenever it has become easy, to 10 minutes at most",
        ),
        (
            {"repetitions": 8, "load_grams": 500, "steps_up": "load_grams", "steps_up_by": 500, "steps_up_to": 3000},
            "Go up by 500 g whenever it has become easy, to 3 kg at most",
        ),
    ],
)
def test_it_is_said_as_a_sentence_of_its_own_before_how_it_should_feel(figures: dict[str, Any], words: str):
    said = in_words(Dosage(**figures, sessions_per_day=2, intensity_cue="A mild pull"))
    assert said.endswith(f", twice a day. {words}. A mild pull")


@pytest.mark.parametrize(
    ("figures", "field", "told"),
    [
        ({"steps_up": ""}, "steps_up", "say which figure steps up: hold_seconds, repetitions"),
        ({"steps_up_by": None}, "steps_up_by", "needs both"),
        ({"steps_up_to": None}, "steps_up_to", "needs both"),
        ({"steps_up": "load_grams"}, "steps_up", "give load_grams too"),
        ({"repetitions_most": 10}, "repetitions_most", "leave empty: it steps up"),
        ({"steps_up_to": 8}, "steps_up_to", "write a number above 8, up to 100"),
        ({"steps_up_to": 101}, "steps_up_to", "write a number above 8, up to 100"),
        ({"steps_up_by": 9}, "steps_up_by", "write at most 7: it steps up from 8 to 15"),
        ({"steps_up_to": 60}, "steps_up_by", "write at least 3"),
    ],
)
def test_half_a_rule_or_one_that_leads_nowhere_is_refused_by_name(figures: dict[str, Any], field: str, told: str):
    with pytest.raises(DosageError) as refused:
        Dosage(**{**LIFT, **figures})
    assert refused.value.field == field
    assert told in refused.value.message


def test_notes_and_minutes_judge_the_top():
    dosage = Dosage(**LIFT)
    assert dosage.ranges()["repetitions"] == (8, 15)
    assert (dosage.seconds(Side.BOTH), dosage.seconds_most(Side.BOTH)) == (32, 60)


def test_one_hold_that_becomes_several_may_have_a_rest_between():
    dosage = Dosage(
        hold_seconds=20, repetitions=1, rest_between_seconds=10, steps_up="repetitions", steps_up_by=2, steps_up_to=4
    )
    assert [(each.words, each.dosage.seconds(Side.BOTH)) for each in steps(dosage)] == [
        ("3 times", 80),
        ("4 times", 110),
    ]
    assert dosage.seconds(Side.BOTH) == 20


def test_a_rest_between_left_and_right_stays_where_one_of_each_is_chosen():
    dosage = Dosage(hold_seconds=10, repetitions=1, repetitions_most=3, rest_between_seconds=5)
    seconds = [each.dosage.seconds(Side.IN_TURN) for each in amounts(dosage, Side.IN_TURN)]
    assert seconds == [25, 55, 85]
    laid_out = intervals(amounts(dosage, Side.IN_TURN)[0].dosage, Side.IN_TURN)
    assert [interval.kind for interval in laid_out] == ["hold", "rest", "hold"]


@pytest.mark.parametrize(("side", "minutes"), [(Side.LEFT, 200), (Side.EACH, 402)])
def test_a_session_longer_than_any_day_is_refused_with_how_long_it_is(side: Side, minutes: int):
    dosage = Dosage(hold_seconds=600, repetitions=20)
    if side is Side.LEFT:
        check_session_length(dosage, side)
        return
    with pytest.raises(DosageError, match=f"one session would take {minutes} minutes; write less here"):
        check_session_length(dosage, side)


@given(dosages())
def test_each_step_is_more_than_the_one_before_and_the_last_is_the_top(dosage: Dosage):
    figures = [getattr(each.dosage, dosage.steps_up) for each in steps(dosage)]
    if not dosage.steps_up:
        assert figures == []
        return
    assert figures == sorted(set(figures))
    assert figures[0] > getattr(dosage, dosage.steps_up)
    assert figures[-1] == dosage.steps_up_to
    for each in (steps(dosage)[0], steps(dosage)[-1]):
        if each.dosage.seconds(Side.LEFT) < 4000:
            laid_out = intervals(each.dosage, Side.LEFT)
            assert sum(interval.seconds for interval in laid_out) == each.dosage.seconds(Side.LEFT)


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ({"steps_up_to": 20}, True),
        ({"sets": 3}, True),
        ({"repetitions": 10}, False),
        ({"repetitions": 10, "steps_up_to": 12}, True),
        ({"repetitions_up_to": 20}, False),
        ({"hold_seconds": 30, "repetitions": 2}, False),
    ],
)
def test_a_figure_said_anew_takes_the_place_of_how_it_steps_up(said: dict[str, Any], stays: bool):
    made = overridden(Dosage(**LIFT), said)
    assert any(getattr(made, name) for name in STEP_UP) is stays
