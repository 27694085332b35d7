"""A dosage refuses what cannot be followed, counts its seconds, and takes a routine's figures on top."""

from __future__ import annotations

import dataclasses

import pytest

from exercises.choices import (
    Laterality,
    Measure,
    Side,
    usual_side,
)
from exercises.dosage import BOUNDS, FIELDS, RANGES, Dosage
from exercises.dosage_fields import DosageError, said_among
from exercises.overriding import overridden
from tests.pure_examples import dosage

#: Each figure with its smallest and largest value, and the rest of a dosage in which it makes sense.
HOLD = {"hold_seconds": 30, "repetitions": 2}
STRETCH = {"contract_seconds": 6, "relax_seconds": 2, "stretch_seconds": 20, "repetitions": 3}
TEMPO = {"repetitions": 12, "tempo_out_seconds": 3, "tempo_hold_seconds": 2, "tempo_back_seconds": 3}
FIGURES = [
    ("hold_seconds", 1, 600, {"repetitions": 2}),
    ("hold_seconds_most", 2, 600, {"hold_seconds": 1, "repetitions": 2}),
    ("repetitions", 1, 100, {}),
    ("repetitions", 1, 100, {"hold_seconds": 30}),
    ("repetitions_most", 2, 100, {"repetitions": 1}),
    ("seconds_per_repetition", 1, 60, {"repetitions": 10}),
    ("rest_between_seconds", 1, 600, HOLD),
    ("moving_seconds", 10, 3600, {}),
    ("moving_seconds_most", 11, 3600, {"moving_seconds": 10}),
    ("sets", 1, 10, HOLD),
    ("rest_seconds", 0, 600, {**HOLD, "sets": 2}),
    ("rest_between_seconds_most", 2, 600, {**HOLD, "rest_between_seconds": 1}),
    ("contract_seconds", 1, 120, {"relax_seconds": 2, "stretch_seconds": 20, "repetitions": 3}),
    ("relax_seconds", 1, 120, {"contract_seconds": 6, "stretch_seconds": 20, "repetitions": 3}),
    ("stretch_seconds", 1, 120, {"contract_seconds": 6, "relax_seconds": 2, "repetitions": 3}),
    ("repetitions_up_to", 1, 100, {}),
    ("tempo_out_seconds", 1, 20, {"repetitions": 8, "tempo_back_seconds": 3}),
    ("tempo_hold_seconds", 1, 20, {"repetitions": 8, "tempo_out_seconds": 3, "tempo_back_seconds": 3}),
    ("tempo_back_seconds", 1, 20, {"repetitions": 8, "tempo_out_seconds": 3}),
    ("load_grams", 50, 30_000, HOLD),
    ("effort", 0, 10, HOLD),
    ("effort_most", 1, 10, {**HOLD, "effort": 0}),
    ("sets_most", 2, 10, HOLD),
    ("rest_seconds_most", 2, 600, {**HOLD, "sets": 2, "rest_seconds": 1}),
    ("sessions_per_day", 1, 16, HOLD),
    ("sessions_per_day_most", 2, 16, {**HOLD, "sessions_per_day": 1}),
    ("days_per_week", 1, 7, HOLD),
    ("days_per_week_most", 2, 7, {**HOLD, "days_per_week": 1}),
    ("every_days", 2, 14, HOLD),
    ("as_needed_most", 1, 16, {**HOLD, "as_needed": True}),
    ("steps_up_by", 1, 9, {"repetitions": 1, "steps_up": "repetitions", "steps_up_to": 10}),
    ("steps_up_to", 2, 10, {**HOLD, "sets": 1, "steps_up": "sets", "steps_up_by": 1}),
    ("steps_up_every_days", 1, 28, {"repetitions": 2, "steps_up": "repetitions", "steps_up_by": 1, "steps_up_to": 9}),
]
NAMES = [field for field, *_rest in FIGURES]


def refusal(**figures: object) -> DosageError:
    with pytest.raises(DosageError) as caught:
        Dosage(**figures)
    return caught.value


# Bounds


@pytest.mark.parametrize(("field", "least", "most", "others"), FIGURES, ids=NAMES)
def test_figure_is_taken_within_its_bounds(field, least, most, others):
    for value in (least, least + 1, most - 1, most):
        assert getattr(Dosage(**{**others, field: value}), field) == value


@pytest.mark.parametrize(("field", "least", "most", "others"), FIGURES, ids=NAMES)
def test_figure_outside_its_bounds_is_refused_by_name(field, least, most, others):
    for value in (least - 1, most + 1, -1, 10**9):
        assert refusal(**{**others, field: value}).field == field


@pytest.mark.parametrize(("field", "least", "most", "others"), FIGURES, ids=NAMES)
@pytest.mark.parametrize(
    "value", [True, False, 30.0, 30.5, float("inf"), float("nan"), "30", "30s", "", b"30", [30]], ids=repr
)
def test_anything_but_a_whole_number_is_refused(field, least, most, others, value):
    error = refusal(**{**others, field: value})
    assert error.field == field
    assert "whole number" in error.message


def test_refusal_says_the_field_and_what_to_write():
    error = refusal(hold_seconds=601, repetitions=2)
    assert str(error) == f"hold_seconds: {error.message}"
    assert error.message == "write a number from 1 to 600; 601 is outside it."
    assert isinstance(error, ValueError)


def test_refusal_of_a_wrong_type_says_the_bounds():
    assert refusal(hold_seconds="30s", repetitions=2).message == "write a whole number from 1 to 600, without a unit."


@pytest.mark.parametrize("field", ["sets", "rest_seconds"])
def test_sets_and_rest_are_never_left_open(field):
    assert refusal(**{**HOLD, field: None}).field == field


@pytest.mark.parametrize("field", ["sessions_per_day", "days_per_week"])
def test_frequency_may_be_left_open(field):
    assert getattr(Dosage(**HOLD, **{field: None}), field) is None


def test_every_bound_is_tested():
    assert set(BOUNDS) == set(NAMES) - set(RANGES.values())
    assert set(FIELDS) - set(NAMES) == {"as_needed", "band", "intensity_cue", "steps_up"}


def test_dosage_says_no_more_than_it_is_told():
    bare = Dosage(repetitions=10)
    given = {field.name: getattr(bare, field.name) for field in dataclasses.fields(bare)}
    assert said_among(given) == {"repetitions": 10, "sets": 1, "rest_seconds": 0}


def test_dosage_never_changes():
    with pytest.raises(dataclasses.FrozenInstanceError):
        dosage().hold_seconds = 5


# Exactly one measure


@pytest.mark.parametrize(
    ("figures", "measure"),
    [
        ({"hold_seconds": 30, "repetitions": 2}, Measure.HOLD),
        ({"repetitions": 10}, Measure.REPETITIONS),
        ({"repetitions": 10, "seconds_per_repetition": 3}, Measure.REPETITIONS),
        ({"moving_seconds": 60}, Measure.MOVING),
        ({"repetitions_up_to": 15}, Measure.REPETITIONS),
        (STRETCH, Measure.CONTRACT_RELAX),
    ],
)
def test_measure_follows_from_the_figures(figures, measure):
    assert Dosage(**figures).measure is measure


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({}, "hold_seconds"),
        ({"sets": 3, "rest_seconds": 30}, "hold_seconds"),
        ({"seconds_per_repetition": 4}, "hold_seconds"),
        ({"hold_seconds": 30}, "repetitions"),
        ({"hold_seconds": 30, "moving_seconds": 60}, "moving_seconds"),
        ({"hold_seconds": 30, "repetitions": 2, "moving_seconds": 60}, "moving_seconds"),
        ({"moving_seconds": 60, "repetitions": 2}, "repetitions"),
        ({"moving_seconds": 60, "seconds_per_repetition": 4}, "seconds_per_repetition"),
        ({"hold_seconds": 30, "repetitions": 2, "seconds_per_repetition": 4}, "seconds_per_repetition"),
        ({"moving_seconds": 60, "hold_seconds_most": 30}, "hold_seconds_most"),
        ({"moving_seconds": 60, "repetitions_most": 5}, "repetitions_most"),
        ({"repetitions": 5, "moving_seconds_most": 90}, "moving_seconds_most"),
        ({"repetitions": 5, "hold_seconds_most": 30}, "hold_seconds_most"),
    ],
    ids=str,
)
def test_none_or_two_measures_are_refused(figures, field):
    assert refusal(**figures).field == field


# Ranges


@pytest.mark.parametrize(
    ("low", "others"), [("hold_seconds", {"repetitions": 2}), ("repetitions", {}), ("moving_seconds", {})]
)
def test_range_goes_upwards_from_its_lower_end(low, others):
    assert getattr(Dosage(**others, **{low: 20, f"{low}_most": 21}), f"{low}_most") == 21
    for most in (20, 19):
        error = refusal(**others, **{low: 20, f"{low}_most": most})
        assert error.field == f"{low}_most"
        assert low in error.message


@pytest.mark.parametrize("most", ["hold_seconds_most", "repetitions_most", "moving_seconds_most"])
def test_range_without_its_lower_end_is_refused(most):
    error = refusal(**{most: 30})
    assert error.field == most
    assert most.removesuffix("_most") in error.message


# Rest


@pytest.mark.parametrize("sets", [{}, {"sets": 1}])
def test_rest_without_a_second_set_is_refused(sets):
    assert refusal(**HOLD, **sets, rest_seconds=30).field == "rest_seconds"
    assert Dosage(**HOLD, **sets, rest_seconds=0).rest_seconds == 0


def test_two_sets_may_have_a_rest_or_none():
    assert Dosage(**HOLD, sets=2, rest_seconds=30).rest_seconds == 30
    assert Dosage(**HOLD, sets=2).rest_seconds == 0


@pytest.mark.parametrize(
    "figures",
    [
        {"hold_seconds": 30, "repetitions": 1},
        {"repetitions": 10},
        {"moving_seconds": 60},
    ],
    ids=str,
)
def test_rest_between_holds_is_refused_where_there_are_none_to_rest_between(figures):
    assert refusal(**figures, rest_between_seconds=10).field == "rest_between_seconds"
    one_or_more = {"hold_seconds": 30, "repetitions": 1, "repetitions_most": 3, "rest_between_seconds": 10}
    assert Dosage(**one_or_more).seconds(Side.BOTH) == 30


def test_rest_written_for_sets_where_holds_are_meant_is_told_its_name():
    assert "rest_between_seconds" in refusal(hold_seconds=45, repetitions=4, rest_seconds=60).message


# Seconds, worked out by hand. Change of sides: 8 s. Between two holds: at least 3 s. A repetition nobody timed: 4 s.


@pytest.mark.parametrize(
    ("figures", "both", "left", "each"),
    [
        ({"hold_seconds": 30, "repetitions": 1}, 30, 30, 30 + 8 + 30),
        ({"hold_seconds": 30, "repetitions": 2}, 63, 63, 63 + 8 + 63),
        ({"hold_seconds": 3, "repetitions": 5, "sets": 2}, 57, 57, 2 * (27 + 8 + 27) + 3),
        ({"hold_seconds": 30, "repetitions": 2, "sets": 3, "rest_seconds": 45}, 279, 279, 3 * 134 + 2 * 45),
        ({"hold_seconds": 45, "repetitions": 4, "rest_between_seconds": 15}, 225, 225, 225 + 8 + 225),
        ({"hold_seconds": 30, "repetitions": 2, "rest_between_seconds": 5, "sets": 2}, 133, 133, 2 * (65 + 8 + 65) + 3),
        ({"repetitions": 10}, 40, 40, 40 + 8 + 40),
        ({"repetitions": 10, "seconds_per_repetition": 3}, 30, 30, 30 + 8 + 30),
        ({"repetitions": 10, "seconds_per_repetition": 1, "sets": 2, "rest_seconds": 600}, 620, 620, 28 + 600 + 28),
        ({"moving_seconds": 300}, 300, 300, 300 + 8 + 300),
        ({"moving_seconds": 60, "sets": 2, "rest_seconds": 10}, 130, 130, 2 * 128 + 10),
    ],
    ids=str,
)
def test_seconds_count_sets_sides_changes_and_rests(figures, both, left, each):
    regimen = Dosage(**figures)
    assert regimen.seconds(Side.BOTH) == both
    assert regimen.seconds(Side.LEFT) == regimen.seconds(Side.RIGHT) == left
    assert regimen.seconds(Side.EACH) == regimen.seconds() == each


@pytest.mark.parametrize(
    ("low", "figures"),
    [
        ("hold_seconds", {"hold_seconds": 20, "repetitions": 2}),
        ("repetitions", {"hold_seconds": 20, "repetitions": 2}),
        ("repetitions", {"repetitions": 2}),
        ("moving_seconds", {"moving_seconds": 20}),
    ],
)
def test_time_is_counted_on_the_lower_end_of_a_range(low, figures):
    ranged = Dosage(**figures, **{f"{low}_most": 90})
    assert ranged.seconds() == Dosage(**figures).seconds()


# Overrides


@pytest.mark.parametrize("nothing", [{}, {"hold_seconds": None, "sets": None}, {"intensity_cue": ""}], ids=str)
def test_empty_override_means_as_it_was(nothing):
    own = dosage(intensity_cue="A mild pull", sets=2, rest_seconds=30)
    assert overridden(own, nothing) == own


@pytest.mark.parametrize(
    ("own", "overrides", "result"),
    [
        # A figure of the same measure changes alone.
        (HOLD, {"hold_seconds": 20}, {"hold_seconds": 20, "repetitions": 2}),
        (HOLD, {"repetitions": 4}, {"hold_seconds": 30, "repetitions": 4}),
        (
            {"repetitions": 10, "seconds_per_repetition": 3},
            {"repetitions": 5},
            {"repetitions": 5, "seconds_per_repetition": 3},
        ),
        ({"moving_seconds": 60}, {"moving_seconds": 90}, {"moving_seconds": 90}),
        # Another measure replaces the whole measure.
        (HOLD, {"moving_seconds": 60}, {"moving_seconds": 60}),
        ({**HOLD, "hold_seconds_most": 60, "repetitions_most": 4}, {"moving_seconds": 60}, {"moving_seconds": 60}),
        ({"moving_seconds": 60, "moving_seconds_most": 90}, {"repetitions": 10}, {"repetitions": 10}),
        ({"moving_seconds": 60}, HOLD, HOLD),
        ({"repetitions": 10, "seconds_per_repetition": 3}, HOLD, HOLD),
        ({"repetitions": 10, "seconds_per_repetition": 3}, {"moving_seconds": 60}, {"moving_seconds": 60}),
        # A new lower end ends the range, unless the override is one.
        ({**HOLD, "hold_seconds_most": 60}, {"hold_seconds": 20}, {"hold_seconds": 20, "repetitions": 2}),
        ({**HOLD, "repetitions_most": 4}, {"repetitions": 3}, {"hold_seconds": 30, "repetitions": 3}),
        ({"moving_seconds": 60, "moving_seconds_most": 90}, {"moving_seconds": 30}, {"moving_seconds": 30}),
        (
            {**HOLD, "hold_seconds_most": 60},
            {"repetitions": 3},
            {"hold_seconds": 30, "hold_seconds_most": 60, "repetitions": 3},
        ),
        (
            HOLD,
            {"hold_seconds": 10, "hold_seconds_most": 20},
            {"hold_seconds": 10, "hold_seconds_most": 20, "repetitions": 2},
        ),
        (HOLD, {"hold_seconds_most": 40}, {**HOLD, "hold_seconds_most": 40}),
        # One set has nothing to rest between.
        ({**HOLD, "sets": 3, "rest_seconds": 30}, {"sets": 1}, HOLD),
        ({**HOLD, "sets": 3, "rest_seconds": 30}, {"sets": 2}, {**HOLD, "sets": 2, "rest_seconds": 30}),
        ({**HOLD, "sets": 3, "rest_seconds": 30}, {"rest_seconds": 0}, {**HOLD, "sets": 3}),
        ({**HOLD, "rest_between_seconds": 9}, {"repetitions": 1}, {"hold_seconds": 30, "repetitions": 1}),
        ({**HOLD, "rest_between_seconds": 9}, {"moving_seconds": 60}, {"moving_seconds": 60}),
        (HOLD, {"sets": 2, "rest_seconds": 15}, {**HOLD, "sets": 2, "rest_seconds": 15}),
        # What is not a measure goes on top, and stays when the measure goes.
        (
            {**HOLD, "intensity_cue": "Mild", "sessions_per_day": 1, "days_per_week": 7, "sets": 2, "rest_seconds": 5},
            {"moving_seconds": 60, "sessions_per_day": 2},
            {
                "moving_seconds": 60,
                "intensity_cue": "Mild",
                "sessions_per_day": 2,
                "days_per_week": 7,
                "sets": 2,
                "rest_seconds": 5,
            },
        ),
        ({**HOLD, "intensity_cue": "Mild"}, {"intensity_cue": "Barely"}, {**HOLD, "intensity_cue": "Barely"}),
    ],
    ids=str,
)
def test_override_goes_on_top(own, overrides, result):
    before = Dosage(**own)
    assert overridden(before, overrides) == Dosage(**result)
    assert before == Dosage(**own)


@pytest.mark.parametrize(
    ("own", "overrides", "field"),
    [
        (HOLD, {"hold_seconds": 20, "moving_seconds": 60}, "moving_seconds"),
        ({"moving_seconds": 60}, {"hold_seconds": 20, "moving_seconds": 60}, "moving_seconds"),
        ({"repetitions": 5}, {"hold_seconds": 20, "moving_seconds": 60}, "moving_seconds"),
        (HOLD, {"repetitions": 2, "moving_seconds": 60}, "repetitions"),
        ({"repetitions": 5}, {"hold_seconds": 20}, "repetitions"),
        ({"moving_seconds": 60}, {"hold_seconds": 20}, "repetitions"),
        ({"moving_seconds": 60}, {"hold_seconds_most": 20}, "hold_seconds_most"),
        (HOLD, {"seconds_per_repetition": 4}, "seconds_per_repetition"),
        (HOLD, {"hold_seconds": 0}, "hold_seconds"),
        (HOLD, {"hold_seconds": 601}, "hold_seconds"),
        (HOLD, {"hold_seconds_most": 30}, "hold_seconds_most"),
        (HOLD, {"sets": 1, "rest_seconds": 30}, "rest_seconds"),
        (HOLD, {"rest_seconds": 30}, "rest_seconds"),
        ({**HOLD, "sets": 2}, {"sets": True}, "sets"),
        (HOLD, {"hold_seconds": "20"}, "hold_seconds"),
    ],
    ids=str,
)
def test_override_that_makes_nonsense_is_refused(own, overrides, field):
    with pytest.raises(DosageError) as caught:
        overridden(Dosage(**own), overrides)
    assert caught.value.field == field


def test_override_of_something_a_dosage_does_not_have_is_refused():
    with pytest.raises(TypeError):
        overridden(dosage(), {"side": "left"})


# The vocabularies a dosage stands on


@pytest.mark.parametrize(
    ("side", "fits", "times"),
    [
        (Side.EACH, Laterality.UNILATERAL, 2),
        (Side.LEFT, Laterality.UNILATERAL, 1),
        (Side.RIGHT, Laterality.UNILATERAL, 1),
        (Side.BOTH, Laterality.BILATERAL, 1),
        (Side.IN_TURN, Laterality.ALTERNATING, 2),
    ],
)
def test_side_fits_one_laterality_and_counts_its_times(side, fits, times):
    assert (side.fits, side.times) == (fits, times)


@pytest.mark.parametrize("laterality", Laterality)
def test_usual_side_fits_and_forgets_none(laterality):
    expected = {
        Laterality.UNILATERAL: Side.EACH,
        Laterality.BILATERAL: Side.BOTH,
        Laterality.ALTERNATING: Side.IN_TURN,
    }[laterality]
    assert usual_side(laterality) is usual_side(laterality.value) is expected
    assert usual_side(laterality).fits is laterality


def test_what_notes_allow_of_a_hold_they_allow_of_a_stretch_after_tensing():
    stretched = Dosage(contract_seconds=5, relax_seconds=2, stretch_seconds=60, repetitions=2)
    assert stretched.ranges()["hold_seconds"] == (60, 60)


def test_sound_figures_let_no_other_kind_of_value_pass():
    sound = Dosage(hold_seconds=30, repetitions=3, sets=1)
    assert Dosage(hold_seconds=30, repetitions=3, sets=1) == sound
    for _again in range(2):
        with pytest.raises(DosageError):
            Dosage(hold_seconds=30, repetitions=3, sets=True)
        with pytest.raises(DosageError):
            Dosage(hold_seconds=30.0, repetitions=3, sets=1)
