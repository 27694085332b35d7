"""An exercise's sheet speaks for itself: its dosage on its usual side, its time, and whether it needs the floor."""

from __future__ import annotations

import dataclasses

import pytest

from clinical.words.choices import StartingPosition
from exercises.choices import Laterality, Side
from exercises.dosage_cells import DosageCell
from exercises.sheet import ExerciseSheet, Step, VariationLink
from tests.pure_examples import dosage, exercise_sheet, labelled


@pytest.mark.parametrize("carried", ["safety", "provenance", "dosage", "steps"])
def test_sheet_cannot_be_made_without_what_it_must_carry(carried):
    facts = {field.name: getattr(exercise_sheet(), field.name) for field in dataclasses.fields(ExerciseSheet)}
    del facts[carried]
    with pytest.raises(TypeError, match=carried):
        ExerciseSheet(**facts)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (exercise_sheet(), "safety"),
        (Step("hold", "Hold."), "text"),
        (VariationLink("regression", "Easier", "Bend."), "text"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_sheet_and_its_parts_never_change(value, field):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, field, "changed")


def test_sheet_is_made_by_name_so_that_no_two_texts_change_places():
    with pytest.raises(TypeError, match="positional"):
        ExerciseSheet(*dataclasses.astuple(exercise_sheet()))  # type: ignore[call-arg]  # what is tested


def test_nothing_is_made_up_where_nothing_was_said():
    sheet = exercise_sheet()
    assert (sheet.clinical_name, sheet.purpose, sheet.feel, sheet.not_feel, sheet.photo) == ("", "", "", "", None)
    assert not any((sheet.aliases, sheet.muscles, sheet.equipment, sheet.mistakes, sheet.dos, sheet.donts))
    link = VariationLink("regression", "Easier", "Bend the knee.")
    assert (link.title, link.url, Step("hold", "Hold.").picture) == ("", "", None)


def test_one_sided_exercise_speaks_of_each_side():
    sheet = exercise_sheet(laterality=Laterality.UNILATERAL, dosage=dosage(intensity_cue="A mild pull"))
    assert sheet.side is Side.EACH
    assert sheet.dosage_words == "Hold 30 seconds, 2 times each side. A mild pull"
    assert sheet.dosage_short == "Hold 30 seconds, 2 times each side"
    assert sheet.dosage_cells == (DosageCell("Hold", "30", "seconds"), DosageCell("Repeat", "2", "each side"))
    assert sheet.seconds == 2 * (30 + 3 + 30) + 8
    assert sheet.duration_words == "about 2 minutes"


def test_exercise_of_both_sides_at_once_speaks_of_none():
    sheet = exercise_sheet(laterality=Laterality.BILATERAL, dosage=dosage(intensity_cue="A mild pull"))
    assert sheet.side is Side.BOTH
    assert sheet.dosage_words == "Hold 30 seconds, 2 times. A mild pull"
    assert sheet.dosage_short == "Hold 30 seconds, 2 times"
    assert sheet.dosage_cells == (DosageCell("Hold", "30", "seconds"), DosageCell("Repeat", "2", "times"))
    assert sheet.seconds == 63
    assert sheet.duration_words == "about 1 minute"


NEEDS_FLOOR = {
    "in_bed": False,
    "supine": True,
    "prone": True,
    "side_lying": True,
    "long_sitting": True,
    "sitting": False,
    "wheelchair": False,
    "four_point_kneeling": True,
    "kneeling": True,
    "half_kneeling": True,
    "leaning": False,
    "standing": False,
}


@pytest.mark.parametrize(("position", "needs_floor"), NEEDS_FLOOR.items())
def test_floor_is_needed_for_every_position_below_a_chair(position, needs_floor):
    assert exercise_sheet(position=labelled(position)).needs_floor is needs_floor


def test_floor_is_not_needed_where_another_position_spares_it():
    sheet = exercise_sheet(position=labelled("supine"), other_positions=(labelled("sitting"),))
    assert not sheet.needs_floor
    assert sheet.position_words == "Supine or sitting"
    assert sheet.position_chips == (("Supine", "mat"), ("Sitting", "chair"))


def test_table_of_positions_is_complete():
    assert list(NEEDS_FLOOR) == StartingPosition.values
