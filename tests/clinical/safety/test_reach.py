"""How far a note reaches that stays with its condition (E3.1, E3.4): marked by two people, or it travels."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from clinical.safety.reach import Part, reaches
from clinical.safety.rules import effective_notes, merge
from clinical.words.choices import Tier
from tests.pure_examples import at, condition, effective, placement_lists, region, subject, subjects_of, version

DYSREFLEXIA = condition("spinal-cord-injury")


def stretch(part: Part = Part.INGREDIENT, among: tuple[str, ...] = ()):
    """An exercise for two conditions, in a routine for those of ``among``."""
    return subject(
        1, part, conditions={"spinal-cord-injury", "back-pain"}, regions={"back_thigh"}, among=among, position="supine"
    )


@pytest.mark.parametrize(
    ("among", "marked", "unmarked"),
    [
        pytest.param(("restless-legs",), False, True, id="a routine for another condition"),
        pytest.param(("back-pain",), False, True, id="a routine for another condition of the exercise"),
        pytest.param(("spinal-cord-injury",), True, True, id="a routine for its condition"),
        pytest.param(("restless-legs", "spinal-cord-injury"), True, True, id="a routine for it and another"),
        pytest.param((), True, True, id="a routine that names no condition"),
    ],
)
def test_only_a_marked_note_stays_out_of_a_routine_for_another_condition(among, marked, unmarked):
    exercise = stretch(among=among)
    assert reaches(DYSREFLEXIA, Tier.GET_HELP, exercise, only_with_condition=True) is marked
    assert reaches(DYSREFLEXIA, Tier.GET_HELP, exercise) is unmarked


@pytest.mark.parametrize("tier", [Tier.DO_NOT, Tier.CHECK_FIRST, Tier.GOOD_TO_KNOW])
@pytest.mark.parametrize("among", [(), ("back-pain",), ("spinal-cord-injury",)])
def test_the_mark_brings_no_milder_note_into_a_routine(tier, among):
    assert reaches(DYSREFLEXIA, tier, stretch(among=among), only_with_condition=True) is False


@pytest.mark.parametrize("part", [Part.EXERCISE, Part.WHOLE])
def test_the_mark_means_nothing_outside_a_routine(part):
    for among in [(), ("back-pain",)]:
        assert reaches(DYSREFLEXIA, Tier.GET_HELP, stretch(part, among), only_with_condition=True)


def test_the_mark_keeps_a_note_from_no_place_but_a_condition():
    assert reaches(region("back_thigh"), Tier.GET_HELP, stretch(among=("back-pain",)), only_with_condition=True)


def test_condition_an_exercise_is_not_for_brings_nothing_even_into_its_own_routine():
    other = subject(1, Part.INGREDIENT, conditions={"back-pain"}, among={"spinal-cord-injury"})
    assert not reaches(DYSREFLEXIA, Tier.GET_HELP, other, only_with_condition=True)


def test_a_routine_for_the_back_has_what_its_exercise_brings_unless_it_is_marked():
    placements = [
        at(DYSREFLEXIA, 1, Tier.GET_HELP, only_with_condition=True),
        at(DYSREFLEXIA, 2, Tier.GET_HELP),
        at(condition("back-pain"), 3, Tier.GET_HELP, only_with_condition=True),
    ]
    exercise = stretch(among=("back-pain",))
    found = effective_notes(placements, [subject(9, Part.WHOLE, conditions={"back-pain"}), exercise])
    assert {item.key.int for item in found} == {2, 3}


def test_note_marked_in_one_language_only_travels():
    versions = [
        effective(version(1, language="de", only_with_condition=True)),
        effective(version(1, language="en", language_rank=1)),
    ]
    assert [item.note.only_with_condition for item in merge(versions)] == [False]
    assert [item.note.only_with_condition for item in merge(versions[:1])] == [True]


@given(placement_lists, subjects_of(Part.INGREDIENT))
def test_routine_that_names_no_condition_has_all_that_any_routine_has_of_its_exercise(placements, exercise):
    anywhere = replace(exercise, among=frozenset())
    for_one, for_none = ({item.key for item in effective_notes(placements, [each])} for each in (exercise, anywhere))
    assert for_one <= for_none
