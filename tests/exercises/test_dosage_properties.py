"""What holds for every dosage that can be followed: words and back, no bare number, arithmetic, overrides."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.choices import Measure, Side
from exercises.dosage import BOUNDS, FIGURES, MEASURE_FIELDS, Dosage, empty_fields
from exercises.dosage import FIELDS as FIELDS_OF
from exercises.dosage_cells import cells
from exercises.dosage_fields import DosageError, said_among
from exercises.dosage_words import clock, fault_in_words, in_words, measure_in_words
from exercises.overriding import overridden
from tests.exercises.reading_words import from_words
from tests.pure_examples import dosages

sides = st.sampled_from(Side)
UNIT = re.compile(r" (seconds?|minutes?|times?|sets?|days?|k?g|out of 10|to \d+ (seconds|times|sets|days|out of))\b")
NUMBER = re.compile(r"(?<!out of )\b\d+(?:\.\d+)?")
MEASURES = {
    Measure.HOLD: ("hold_seconds", "repetitions"),
    Measure.REPETITIONS: ("repetitions",),
    Measure.MOVING: ("moving_seconds",),
    Measure.CONTRACT_RELAX: ("contract_seconds", "relax_seconds", "stretch_seconds", "repetitions"),
}
FIELDS = [field.name for field in dataclasses.fields(Dosage)]
figures = st.none() | st.booleans() | st.integers(-2, 2000) | st.floats() | st.text(max_size=3)


@given(dosages(), sides)
def test_words_read_back_to_the_same_dosage(regimen, side):
    assert from_words(in_words(regimen, side)) == regimen


@given(dosages(), sides)
def test_measure_alone_reads_back_to_the_same_measure(regimen, side):
    heard = from_words(measure_in_words(regimen, side))
    of_measure = ("rest_between_seconds", "rest_between_seconds_most")
    others = [name for name in FIELDS if name not in MEASURE_FIELDS or name in of_measure]
    assert heard == dataclasses.replace(regimen, **{**empty_fields(others), "sets": 1, "rest_seconds": 0})


@given(dosages(), sides)
def test_no_number_is_said_without_its_unit(regimen, side):
    said = in_words(dataclasses.replace(regimen, intensity_cue=""), side)
    for number in NUMBER.finditer(said):
        assert UNIT.match(said, number.end()), said[number.start() :]


@given(dosages(), sides)
def test_one_is_never_said_in_the_plural_nor_many_in_the_singular(regimen, side):
    said = in_words(dataclasses.replace(regimen, intensity_cue=""), side)
    assert not re.search(r"(?<!\d)(?<!to )1 (seconds|minutes|times|sets|days)\b", said)
    assert not re.search(r"(?:[02-9]|\d\d) (second|minute|time|set|day)\b", said)


@given(dosages(), sides)
def test_side_is_said_exactly_when_it_matters(regimen, side):
    said = in_words(dataclasses.replace(regimen, intensity_cue=""), side)
    words = {Side.EACH: " each side", Side.LEFT: "on the left", Side.RIGHT: "on the right", Side.IN_TURN: "in turn"}
    said = said.replace("with each side in turn", "in turn")
    assert [one for one in words if words[one] in said] == [one for one in words if one is side]


@given(dosages(), sides)
def test_every_cell_has_a_name_a_figure_and_a_unit_that_agrees(regimen, side):
    for cell in cells(regimen, side):
        assert cell.name
        assert re.fullmatch(r"\d+(–\d+|\.\d+)?", cell.figure) or cell.unit in {"band", "when you need it"}
        first_word = cell.unit.split()[0]
        if first_word in {"second", "seconds", "minute", "minutes", "time", "times", "sets", "day", "days"}:
            assert first_word.endswith("s") == (cell.figure != "1")


@given(st.integers(0, 100_000))
def test_clock_adds_up(seconds):
    factors = {"m": 60, "s": 1}
    parts = re.findall(r"(\d+) ([ms])", clock(seconds))
    assert sum(int(count) * factors[unit] for count, unit in parts) == seconds


@given(dosages())
def test_each_side_takes_both_sides_and_a_change_in_every_set(regimen):
    one = regimen.seconds(Side.LEFT)
    rests = regimen.between("rest_seconds") * (regimen.sets - 1)
    assert regimen.seconds(Side.EACH) == 2 * (one - rests) + 8 * regimen.sets + rests
    between = 0 if regimen.measure is Measure.MOVING else regimen.between("rest_between_seconds") * regimen.sets
    once = regimen.measure is Measure.MOVING
    assert regimen.seconds(Side.IN_TURN) == (1 if once else 2) * (one - rests) + between + rests
    assert regimen.seconds(Side.RIGHT) == regimen.seconds(Side.BOTH) == one


@given(dosages())
def test_dosage_overridden_by_nothing_or_by_itself_stays_as_it_is(regimen):
    assert overridden(regimen, {}) == regimen
    own = dataclasses.asdict(regimen)
    assert overridden(regimen, own) == regimen
    assert overridden(regimen, dict.fromkeys(own)) == regimen


@given(dosages(), dosages())
def test_override_that_is_a_whole_dosage_wins_wherever_it_speaks(own, other):
    given_figures = said_among(dataclasses.asdict(other))
    counts_holds = other.measure is Measure.REPETITIONS and own.measure in {Measure.HOLD, Measure.CONTRACT_RELAX}
    of_repetitions = [name for name in given_figures if FIELDS_OF[name].measures == (Measure.REPETITIONS,)]
    if counts_holds and of_repetitions:
        # Repetitions on a hold stay a count of holds, so the seconds of one repetition have no place there.
        with pytest.raises(DosageError) as refused:
            overridden(own, given_figures)
        assert refused.value.field in of_repetitions
        return
    result = overridden(own, given_figures)
    for name, value in given_figures.items():
        assert getattr(result, name) == value
    assert result.measure is (own.measure if counts_holds else other.measure)


@given(st.dictionaries(st.sampled_from([name for name in FIELDS if name != "intensity_cue"]), figures))
def test_whatever_figures_are_given_the_dosage_can_be_followed_or_is_refused_by_name(given_figures):
    refusal = None
    try:
        regimen = Dosage(**given_figures)
    except DosageError as error:
        refusal = error
    if refusal is not None:
        assert refusal.field in FIELDS
        assert refusal.message
        assert not re.search(r"[a-z]_[a-z]|\{", fault_in_words(refusal)), "people do not know the names of columns"
        return
    for name, (least, most) in BOUNDS.items():
        value = getattr(regimen, name)
        assert value is None or (type(value) is int and least <= value <= most)
    counted = {"repetitions_up_to": ("repetitions_up_to",)} if regimen.repetitions_up_to else {}
    needed = counted.get("repetitions_up_to", MEASURES[regimen.measure])
    assert all(getattr(regimen, name) is not None for name in needed)
    assert regimen.seconds() >= 1
    assert from_words(in_words(regimen)) == regimen


@given(dosages(), st.sampled_from(list(FIGURES)), st.sampled_from([True, 1.0, "1"]))
def test_nothing_but_a_whole_number_is_ever_taken_for_a_figure(regimen, name, value):
    with pytest.raises(DosageError):
        dataclasses.replace(regimen, **{name: value})
