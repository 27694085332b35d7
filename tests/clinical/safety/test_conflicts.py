"""The conflict rules E3.9 a to e, each as data: what contradicts, what does not, and what is said about it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.safety.conflicts import (
    MAY_BE_OVERRIDDEN,
    Conflict,
    Dosed,
    NoteFacts,
    PageFacts,
    conflicts_of,
    contradict,
    in_common,
    limits_of,
    moments_meet,
    places_meet,
    prepares_first,
)
from clinical.safety.reach import Place
from clinical.safety.rules import DoseLimit
from clinical.words.choices import ConflictRule, DoseFigure, Moment, PlaceKind, StepKind
from tests.pure_examples import effective, key, version

ONE, OTHER, THIRD, EXERCISE, ROUTINE = (UUID(int=number) for number in range(1, 6))
HIP = {"7": "hip pain"}


def note(key: UUID = ONE, words: str = "rest", **facts: object) -> NoteFacts:
    """A note that says no more than it is told to."""
    return NoteFacts(key, words, **facts)


def dosed(*notes: UUID, **facts: object) -> Dosed:
    """An exercise that these notes concern."""
    return Dosed(EXERCISE, "Knee hug", frozenset(notes), **facts)


def found(*notes: NoteFacts, **facts: object) -> list[Conflict]:
    """What contradicts itself on a page with these notes."""
    return list(conflicts_of(PageFacts(notes, **facts)))


def test_page_without_notes_has_no_conflict():
    assert found(dosed=(dosed(),), conditions=HIP, is_routine=True) == []


# a ------------------------------------------------------------------------------------------------------------------


def test_exercise_ruled_out_for_a_condition_of_the_page_is_a_conflict():
    (conflict,) = found(note(rules_out="7", words="a new hip"), dosed=(dosed(ONE),), conditions=HIP)
    assert (conflict.rule, conflict.note, conflict.other) == (ConflictRule.RULED_OUT, ONE, EXERCISE)
    assert conflict.finding == "“Knee hug” is ruled out for hip pain by the note “a new hip”."
    assert conflict.words == f"{conflict.finding} Choose another exercise."
    assert conflict.may_be_overridden


@pytest.mark.parametrize(
    "facts",
    [
        {"conditions": {"8": "knee pain"}, "dosed": (dosed(ONE),)},
        {"conditions": HIP, "dosed": (dosed(OTHER),)},
        {"conditions": HIP, "dosed": (replace(dosed(ONE), is_exercise=False),)},
        {"conditions": {}, "dosed": (dosed(ONE),)},
    ],
    ids=["another condition", "another exercise", "the routine itself", "no condition"],
)
def test_nothing_is_ruled_out_where_note_condition_and_exercise_do_not_meet(facts: dict[str, object]):
    assert found(note(rules_out="7"), **facts) == []


def test_note_that_rules_nothing_out_is_no_conflict():
    assert found(note(), dosed=(dosed(ONE),), conditions=HIP) == []


def test_every_exercise_ruled_out_is_named():
    other = Dosed(ROUTINE, "Frog", frozenset({ONE, OTHER}))
    notes = (note(rules_out="7"), note(OTHER, rules_out="7"))
    pairs = [(conflict.note, conflict.other) for conflict in found(*notes, dosed=(dosed(ONE), other), conditions=HIP)]
    assert pairs == [(ONE, EXERCISE), (ONE, ROUTINE), (OTHER, ROUTINE)]


# b ------------------------------------------------------------------------------------------------------------------

STRETCH, REST = (
    note(ONE, "stretch at once", action="stretch", polarity="do"),
    note(OTHER, "do not stretch yet", action="stretch", polarity="dont"),
)


def test_two_notes_that_ask_for_and_forbid_the_same_are_a_conflict():
    (conflict,) = found(STRETCH, REST)
    assert (conflict.rule, conflict.note, conflict.other) == (ConflictRule.CONTRADICTION, ONE, OTHER)
    assert conflict.finding == "The notes “stretch at once” and “do not stretch yet” contradict each other."
    assert conflict.remedy == "Give one of them a moment or another place, or retire one."
    assert not conflict.may_be_overridden
    assert found(REST, STRETCH) == [conflict]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (STRETCH, replace(REST, action="walk")),
        (STRETCH, replace(REST, polarity="do")),
        (replace(STRETCH, action=""), replace(REST, action="")),
        (replace(STRETCH, moment=Moment.DURING_SYMPTOMS), replace(REST, moment=Moment.ON_WAKING)),
    ],
    ids=["another action", "both ask", "no action", "another moment"],
)
def test_notes_that_cannot_disagree_are_no_conflict(one: NoteFacts, other: NoteFacts):
    """K1 and K6 of the seeds are scoped like this: by moment, and by condition, so that they never meet."""
    assert found(one, other) == []


@pytest.mark.parametrize("moment", [Moment.ON_WAKING, Moment.ANY_TIME])
def test_note_that_always_holds_contradicts_one_of_any_moment(moment: Moment):
    assert contradict(STRETCH, replace(REST, moment=moment))
    assert contradict(replace(REST, moment=moment), STRETCH)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("", "", True),
        ("", "on_waking", True),
        ("on_waking", "", True),
        ("any_time", "before_bed", True),
        ("before_bed", "any_time", True),
        ("before_bed", "before_bed", True),
        ("before_bed", "on_waking", False),
    ],
)
def test_moments_meet_when_either_always_holds_or_both_are_the_same(one: str, other: str, meet: bool):
    assert moments_meet(one, other) is meet


@given(st.sampled_from(["", "a", "b"]), st.sampled_from(["", "do", "dont"]), st.sampled_from(["", *Moment.values]))
def test_no_note_contradicts_itself_and_contradiction_goes_both_ways(action: str, polarity: str, moment: str):
    one = note(action=action, polarity=polarity, moment=moment)
    assert not contradict(one, one)
    assert contradict(one, REST) == contradict(REST, one)


EVERYTHING, HIPS, KNEES = Place(PlaceKind.EVERYTHING), Place(PlaceKind.REGION, "hip"), Place(PlaceKind.REGION, "knee")


@pytest.mark.parametrize(
    ("some", "others", "meet"),
    [
        ([HIPS], [HIPS, KNEES], True),
        ([HIPS], [KNEES], False),
        ([HIPS], [EVERYTHING], True),
        ([EVERYTHING], [HIPS], True),
        ([], [], False),
    ],
)
def test_places_meet_when_they_are_the_same_or_one_is_everything(some: list[Place], others: list[Place], meet: bool):
    assert places_meet(some, others) is meet


# c ------------------------------------------------------------------------------------------------------------------


def limit(least: int, most: int, key: UUID = ONE, figure: str = "hold_seconds") -> NoteFacts:
    """A note that limits a figure of the dose."""
    return note(key, "hold briefly", dose_figure=figure, dose_range=(least, most))


def held(least: int, most: int | None = None, *notes: UUID) -> Dosed:
    """An exercise held for so long."""
    return dosed(*(notes or (ONE, OTHER)), doses={"hold_seconds": (least, most or least)})


@pytest.mark.parametrize("seconds", [9, 31])
def test_dose_outside_what_a_note_allows_is_a_conflict(seconds: int):
    (conflict,) = found(limit(10, 30), dosed=(held(seconds),))
    assert (conflict.rule, conflict.note, conflict.other) == (ConflictRule.DOSE, ONE, EXERCISE)
    assert conflict.finding == "“Knee hug”: its seconds of a hold are not those of the note “hold briefly”."
    assert conflict.remedy == "Choose from 10 to 30."
    assert not conflict.may_be_overridden


@pytest.mark.parametrize(("least", "most"), [(10, 10), (10, 30), (30, 30), (15, 20)])
def test_dose_within_what_a_note_allows_is_none(least: int, most: int):
    assert found(limit(10, 30), dosed=(held(least, most),)) == []


@pytest.mark.parametrize(("least", "most"), [(9, 30), (10, 31), (5, 40)])
def test_range_that_reaches_beyond_is_a_conflict(least: int, most: int):
    assert [conflict.rule for conflict in found(limit(10, 30), dosed=(held(least, most),))] == [ConflictRule.DOSE]


def test_limits_are_intersected():
    """K2 of the seeds: 10 to 30 seconds, and 30 seconds."""
    notes = limit(10, 30), limit(30, 60, OTHER)
    assert found(*notes, dosed=(held(30),)) == []
    (conflict,) = found(*notes, dosed=(held(29),))
    assert conflict.remedy == "Choose from 30 to 30."


def test_of_several_limits_with_nothing_in_common_the_first_and_the_last_are_named():
    notes = limit(10, 20), limit(10, 30, OTHER), limit(40, 60, THIRD)
    (conflict,) = found(*notes, dosed=(held(15, None, ONE, OTHER, THIRD),))
    assert (conflict.note, conflict.other) == (ONE, THIRD)


def test_limits_with_nothing_in_common_are_a_conflict_of_the_notes():
    (conflict,) = found(limit(10, 20), limit(30, 60, OTHER), dosed=(held(15),))
    assert (conflict.rule, conflict.note, conflict.other) == (ConflictRule.DOSE, ONE, OTHER)
    assert conflict.finding == "“Knee hug”: the notes on it leave no seconds of a hold in common."
    assert conflict.remedy == "Correct or scope one."


@pytest.mark.parametrize(
    "facts",
    [
        (limit(10, 30, figure="repetitions"), held(60)),
        (limit(10, 30), held(60, None, OTHER)),
        (limit(10, 30), dosed(ONE)),
        (note(dose_figure="hold_seconds"), held(60)),
        (note(dose_range=(1, 2)), held(60)),
    ],
    ids=["another figure", "another exercise", "no such dose", "no range", "no figure"],
)
def test_limit_that_does_not_concern_the_dose_is_no_conflict(facts: tuple[NoteFacts, Dosed]):
    assert found(facts[0], dosed=(facts[1],)) == []


def test_how_often_a_routine_is_done_is_limited_too():
    """K3 of the seeds: daily, and several times a day."""
    whole = Dosed(ROUTINE, "Calves", frozenset({ONE}), {"sessions_per_day": (3, 3)}, is_exercise=False)
    (conflict,) = found(limit(1, 2, figure=DoseFigure.SESSIONS_PER_DAY), dosed=(whole,), is_routine=True)
    assert conflict.finding.startswith("“Calves”: its sessions a day")


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(tuple), min_size=1))
def test_what_ranges_have_in_common_is_what_each_of_them_holds(ranges: list[tuple[int, int]]):
    common = in_common(ranges)
    held_by_all = [n for n in range(61) if all(least <= n <= most for least, most in ranges)]
    assert (list(range(common[0], common[1] + 1)) if common else []) == held_by_all


# d ------------------------------------------------------------------------------------------------------------------

WARM_UP = note(words="warm up first", needs_warm_up=True)


def test_routine_without_the_warm_up_a_note_requires_is_a_conflict():
    (conflict,) = found(WARM_UP, is_routine=True)
    assert (conflict.rule, conflict.note) == (ConflictRule.PREPARATION, ONE)
    assert conflict.finding == ("The note “warm up first” requires a warm-up, and the routine does not begin with one.")
    assert conflict.remedy == "Put a warm-up first."
    assert not conflict.may_be_overridden


def test_warm_up_is_asked_of_routines_that_have_none_alone():
    assert found(WARM_UP, is_routine=True, warms_up_first=True) == []
    assert found(WARM_UP) == []
    assert found(note(), is_routine=True) == []


SUPPORT = note(words="hold a support", needs_step=StepKind.SET_UP)


@pytest.mark.parametrize("steps", [("move",), ("move", "set_up"), ("hold", "set_up", "move"), ("breathe", "return")])
def test_exercise_whose_set_up_is_missing_or_late_is_a_conflict(steps: tuple[str, ...]):
    (conflict,) = found(SUPPORT, dosed=(dosed(ONE, steps=steps),))
    assert (conflict.rule, conflict.note, conflict.other) == (ConflictRule.PREPARATION, ONE, EXERCISE)
    assert conflict.finding == "The note “hold a support” requires a preparation that is missing or too late."
    assert conflict.remedy == "Begin the steps with “Set up”."


@pytest.mark.parametrize("steps", [("set_up",), ("set_up", "move", "hold"), ("breathe", "set_up", "hold"), ()])
def test_exercise_that_prepares_before_it_moves_is_none(steps: tuple[str, ...]):
    assert found(SUPPORT, dosed=(dosed(ONE, steps=steps),)) == []


def test_set_up_is_asked_of_exercises_the_note_concerns_alone():
    assert found(SUPPORT, dosed=(dosed(OTHER, steps=("move",)),)) == []
    assert found(note(), dosed=(dosed(ONE, steps=("move",)),)) == []


def test_step_that_is_needed_may_itself_be_something_done():
    assert prepares_first(("move", "hold"), "move")
    assert not prepares_first(("hold", "move"), "move")


# e ------------------------------------------------------------------------------------------------------------------


def test_condition_without_a_red_flag_is_a_conflict_of_every_page_for_it():
    conflicts = found(bare=("Leg cramps", "Hip pain"))
    assert [conflict.rule for conflict in conflicts] == [ConflictRule.NO_RED_FLAG] * 2
    assert conflicts[0].words == (
        "“Leg cramps” has no red flag of its own, and that has to stand on every page for it. "
        "Publish a note of tier 1 for it first."
    )
    assert (conflicts[0].note, conflicts[0].other) == (None, None)


def test_only_an_exercise_ruled_out_may_be_overridden():
    assert {ConflictRule.RULED_OUT} == MAY_BE_OVERRIDDEN


def test_conflicts_come_in_the_order_of_the_rules():
    notes = (note(THIRD, rules_out="7", needs_warm_up=True), STRETCH, REST)
    rules = [
        conflict.rule
        for conflict in found(*notes, dosed=(dosed(THIRD),), conditions=HIP, bare=("Hip pain",), is_routine=True)
    ]
    assert rules == [
        ConflictRule.RULED_OUT,
        ConflictRule.CONTRADICTION,
        ConflictRule.PREPARATION,
        ConflictRule.NO_RED_FLAG,
    ]


def test_every_limit_of_a_note_is_a_fact_of_its_own():
    limits = frozenset([DoseLimit("hold_seconds", 5, 20), DoseLimit("sets", 1, 2)])
    said = limits_of([effective(version(1, text="Go easy", limits=limits)), effective(version(2))])
    assert {(each.key, each.words, each.dose_figure, each.dose_range) for each in said} == {
        (key(1), "Go easy", "hold_seconds", (5, 20)),
        (key(1), "Go easy", "sets", (1, 2)),
    }
