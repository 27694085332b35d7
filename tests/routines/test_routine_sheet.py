"""A routine's sheet counts and groups what its items say: minutes, shares, phases, equipment, positions."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.safety.sheet import ProseBlock
from clinical.words.choices import StartingPosition
from exercises.choices import OFF_THE_FLOOR, Side
from exercises.frequency import UNKNOWN
from exercises.sheet import Thing
from routines.choices import Phase
from routines.item_weeks import ItemWeeks
from routines.sheet import RoutineSheet, Segment, main_part_first
from tests.pure_examples import dosage, dosages, exercise_sheet, item, labelled, routine_sheet

MAT, WALL, CHAIR = Thing("mat", "Mat", "a rug"), Thing("wall", "Wall"), Thing("chair", "Chair")


def seconds_long(seconds: int, number: int = 1):
    """An item that takes this long without getting ready."""
    return item(number, side=Side.BOTH, dosage=dosage(moving_seconds=seconds))


def taking(*positions: str):
    return [
        item(number, exercise=exercise_sheet(number, position=labelled(position)))
        for number, position in enumerate(positions, 1)
    ]


items = st.builds(
    item,
    st.integers(1, 40),
    phase=st.sampled_from(Phase),
    side=st.sampled_from(Side),
    dosage=dosages(),
)


@pytest.mark.parametrize("carried", ["safety", "provenance", "items"])
def test_sheet_cannot_be_made_without_what_it_must_carry(carried):
    sheet = routine_sheet(item())
    facts = {field.name: getattr(sheet, field.name) for field in dataclasses.fields(RoutineSheet)}
    del facts[carried]
    with pytest.raises(TypeError, match=carried):
        RoutineSheet(**facts)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (routine_sheet(), "safety"),
        (item(), "dosage"),
        (Segment(1, "Exercise 1", 0, 1000), "share"),
        (ProseBlock("paragraph", "<p>Drink water.</p>"), "html"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_sheet_and_its_parts_never_change(value, field):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, field, "changed")


@pytest.mark.parametrize("value", [routine_sheet(), item()], ids=lambda value: type(value).__name__)
def test_sheet_is_made_by_name_so_that_no_two_texts_change_places(value):
    with pytest.raises(TypeError, match="positional"):
        type(value)(*(getattr(value, field.name) for field in dataclasses.fields(value)))


def test_nothing_is_made_up_where_nothing_was_said():
    sheet = routine_sheet()
    assert (sheet.purpose, sheet.expect_change, sheet.see_someone, item().cue) == ("", "", "", "")
    assert (sheet.often, sheet.weeks, sheet.weeks_most) == (UNKNOWN, None, None)
    assert not any((sheet.moments, sheet.dos, sheet.donts, sheet.advice, sheet.conditions, sheet.taken_out))


# An item says what is prescribed here, not what the exercise says by itself


def test_item_speaks_of_the_prescribed_dosage_and_side():
    prescribed = item(
        exercise=exercise_sheet(dosage=dosage(moving_seconds=600)),
        side=Side.LEFT,
        dosage=dosage(hold_seconds=45, repetitions=2, sessions_per_day=1),
    )
    assert prescribed.dosage_words == "Hold 45 seconds, 2 times on the left, once a day"
    assert prescribed.dosage_short == "Hold 45 seconds, 2 times on the left"
    assert prescribed.seconds == 93
    assert prescribed.duration_words == "about 2 minutes"


@pytest.mark.parametrize(("side", "seconds"), [(Side.EACH, 134), (Side.LEFT, 63), (Side.RIGHT, 63), (Side.BOTH, 63)])
def test_each_side_takes_twice_the_time_and_a_change(side, seconds):
    assert item(side=side).seconds == seconds


# Time


@pytest.mark.parametrize(
    ("lengths", "total", "minutes"),
    [
        ([], 0, 0),
        ([10], 20, 1),
        ([50], 60, 1),
        ([51], 61, 2),
        ([50, 50], 120, 2),
        ([50, 50, 10], 140, 3),
        ([1800], 1810, 31),
    ],
)
def test_minutes_count_ten_seconds_to_get_ready_for_each_item_and_round_up(lengths, total, minutes):
    sheet = routine_sheet(*(seconds_long(length, number) for number, length in enumerate(lengths, 1)))
    assert (sheet.total_seconds, sheet.minutes) == (total, minutes)


def test_frequency_of_a_routine_is_its_own():
    sheet = routine_sheet(item(dosage=dosage(sessions_per_day=3)), sessions_per_day=2, days_per_week=5)
    assert sheet.frequency == "twice a day, 5 days a week"
    assert routine_sheet(item(dosage=dosage(sessions_per_day=3))).frequency == ""


def test_shares_of_the_session_are_per_mille():
    sheet = routine_sheet(seconds_long(10, 1), seconds_long(20, 2), seconds_long(40, 3))
    assert [(part.number, part.title, part.start, part.share) for part in sheet.segments] == [
        (1, "Exercise 1", 0, 200),
        (2, "Exercise 2", 200, 300),
        (3, "Exercise 3", 500, 500),
    ]


def test_thirds_still_add_up_to_the_whole():
    sheet = routine_sheet(*(seconds_long(60, number) for number in (1, 2, 3)))
    assert [part.share for part in sheet.segments] == [333, 334, 333]


def test_empty_routine_has_no_shares():
    assert routine_sheet().segments == ()


@given(st.lists(items, min_size=1, max_size=12))
def test_shares_add_up_to_a_thousand_without_gap_or_overlap(chosen):
    sheet = routine_sheet(*chosen)
    segments = sheet.segments
    assert [part.number for part in segments] == [one.number for one in chosen]
    assert sum(part.share for part in segments) == 1000
    reached = 0
    for part, one in zip(segments, chosen, strict=True):
        assert part.start == reached
        assert abs(part.share - 1000 * (one.seconds + 10) / sheet.total_seconds) <= 1
        reached += part.share


@given(st.lists(items, max_size=12))
def test_minutes_are_the_seconds_rounded_up(chosen):
    sheet = routine_sheet(*chosen)
    assert 0 <= sheet.minutes * 60 - sheet.total_seconds < 60


# Phases


def test_phases_come_in_the_order_of_a_session_and_empty_ones_are_left_out():
    last, first, second = item(1, phase=Phase.COOL_DOWN), item(2, phase=Phase.WARM_UP), item(3, phase=Phase.WARM_UP)
    assert routine_sheet(last, first, second).phases == (
        (Phase.WARM_UP, ((first, ()), (second, ()))),
        (Phase.COOL_DOWN, ((last, ()),)),
    )


def test_session_goes_from_warm_up_to_cool_down():
    assert [phase.value for phase in Phase] == ["warm_up", "main", "cool_down"]


@given(st.lists(items, max_size=12))
def test_every_item_stands_in_exactly_one_phase(chosen):
    shown = [one for _phase, rows in routine_sheet(*chosen).phases for one, _notes in rows]
    assert sorted(map(repr, shown)) == sorted(map(repr, chosen))


# Equipment and positions


def test_equipment_is_named_once_in_the_order_first_needed():
    needs = [(MAT, WALL), (), (CHAIR, Thing("mat", "Mat")), (WALL,)]
    sheet = routine_sheet(
        *(item(number, exercise=exercise_sheet(number, equipment=things)) for number, things in enumerate(needs, 1))
    )
    assert [thing.value for thing in sheet.equipment] == ["mat", "wall", "chair"]


@pytest.mark.parametrize(
    ("accepted", "shown"),
    [
        (("a rug",), "a rug"),
        (("a rug", "A rug"), "a rug"),
        (("a rug", ""), ""),
        (("", "a rug"), ""),
        (("a rug", "a folded blanket"), ""),
    ],
)
def test_a_substitute_is_named_only_where_every_exercise_accepts_it(accepted: tuple[str, ...], shown: str):
    things = [Thing("mat", "Mat", substitute) for substitute in accepted]
    sheet = routine_sheet(
        *(item(number, exercise=exercise_sheet(number, equipment=(thing,))) for number, thing in enumerate(things, 1)),
        item(9, exercise=exercise_sheet(9)),
    )
    assert [(thing.value, thing.substitute) for thing in sheet.equipment] == [("mat", shown)]
    assert sheet.items[0].exercise.equipment[0].substitute == accepted[0]


def test_positions_are_named_once_in_the_order_first_taken():
    sheet = routine_sheet(*taking("standing", "supine", "standing"))
    assert [one.value for one in sheet.positions] == ["standing", "supine"]


@pytest.mark.parametrize(
    ("positions", "needs_floor"),
    [
        ([], False),
        (["sitting", "standing"], False),
        (["standing"], False),
        (["sitting", "supine"], True),
        (["long_sitting"], True),
        *(([position], position not in OFF_THE_FLOOR) for position in StartingPosition.values),
    ],
    ids=str,
)
def test_any_position_on_the_floor_needs_it(positions, needs_floor):
    sheet = routine_sheet(*taking(*positions))
    assert sheet.needs_floor is needs_floor


def test_routine_is_pictured_by_its_main_part():
    phases = [Phase.WARM_UP, Phase.MAIN, Phase.COOL_DOWN, Phase.MAIN]
    items = [item(number, phase=phase) for number, phase in enumerate(phases)]
    assert [each.number for each in main_part_first(items)] == [1, 3, 0, 2]


def test_list_of_the_day_says_all_that_is_prescribed():
    given_to_one = item(1, dosage=dosage(sets=3, effort=4, intensity_cue="A mild pull"), weeks=ItemWeeks(first=2))
    assert "3 sets" in given_to_one.how_much
    assert given_to_one.how_much.endswith("from week 2")
    assert given_to_one.dosage_words == f"{given_to_one.how_much}. A mild pull"
