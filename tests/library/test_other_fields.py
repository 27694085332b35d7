"""What many people write is refused with what this format says instead, turned into its unit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from exercises.dosage import FIELDS
from library.faults import LibraryFaults
from library.other_fields import OUR_FIELDS, field_instead
from library.other_words import figure_instead
from library.reading import read_library
from testing.small_library import small_library, write
from tests.library.test_other_words import fields_of_all_records


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("load_kg", 1, "write load_grams: 1000, and dumbbell or water_bottle among the equipment"),
        ("load_kg", 1.5, "write load_grams: 1500, and dumbbell or water_bottle among the equipment"),
        ("load_kg", "heavy", "write load_grams, and dumbbell or water_bottle among the equipment"),
        ("rpe", 4, "write effort: 4, from 0 to 10"),
        ("effort_percent", 70, "write effort: 7, from 0 to 10"),
        ("tempo", "3-2-3", "write tempo_out_seconds: 3, tempo_hold_seconds: 2, tempo_back_seconds: 3"),
        ("tempo", "3-0-3", "write tempo_out_seconds: 3, tempo_back_seconds: 3"),
        ("tempo", "slow", "write tempo_out_seconds, tempo_hold_seconds and tempo_back_seconds"),
        ("hold_minutes", 5, "write hold_seconds: 300"),
        ("days_per_week", 3, "write it under dosage"),
        (
            "progress",
            {"add": 1, "every_days": 3, "up_to": 15},
            "write steps_up: repetitions (or another figure), steps_up_by: 1, steps_up_every_days: 3, steps_up_to: 15",
        ),
        ("progress", "slowly", "write steps_up: repetitions (or another figure), steps_up_by and steps_up_to"),
        ("colour", "red", ""),
    ],
)
def test_a_field_of_another_name_is_told_in_ours(name: str, value: Any, told: str):
    assert field_instead(name, value, ["title"]) == told


@pytest.mark.parametrize(
    ("written", "fields", "told"),
    [
        ("reps", ["repetitions", "sets"], "did you mean “repetitions”?"),
        ("reps", ["dosage", "title"], "did you mean “dosage”?"),
        ("repetition", ["repetitions"], "did you mean “repetitions”?"),
        ("contraindications", ["title"], OUR_FIELDS["contraindications"]),
        ("colour", ["title"], ""),
    ],
)
def test_a_field_is_answered_with_one_that_the_record_has(written: str, fields: list[str], told: str):
    assert field_instead(written, 1, fields) == told


def test_every_field_that_is_suggested_is_one_of_ours():
    suggested = {ours for found in OUR_FIELDS.values() if isinstance(found, tuple) for ours in found}
    assert suggested - fields_of_all_records() == set()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("hold_seconds", "30s", "write 30, without a unit: the field's name says that it is seconds"),
        ("hold_seconds", "2 min", "write 120, without a unit: the field's name says that it is seconds"),
        ("repetitions", "10x", "write 10, without a unit: it counts how many"),
        ("repetitions", "8-12", "write repetitions: 8 and repetitions_most: 12"),
        ("repetitions", "10RM", "write 10; how heavy is said as effort, from 0 to 10, or as load_grams"),
        (
            "repetitions",
            "as many as comfortable",
            "leave it out, and write repetitions_up_to with the most that make sense, such as 15",
        ),
        ("hold_seconds", "long", ""),
        ("hold_seconds", 1.5, ""),
    ],
)
def test_a_figure_with_a_unit_is_told_without_it(name: str, value: Any, told: str):
    assert figure_instead(name, value) == told


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_of_a_dosage_is_told_to_be_another(name: str):
    assert OUR_FIELDS.get(name, "write it under dosage") == "write it under dosage"


def test_the_refusal_names_the_field_it_stands_in(tmp_path: Path):
    records = small_library()
    records["exercises/calf-stretch"]["dosage"] = {"hold_seconds": "30s", "repetitions": 2, "rpe": 4}
    with pytest.raises(LibraryFaults) as refused:
        read_library(write(tmp_path, records))
    assert {(fault.field, fault.message) for fault in refused.value.faults} == {
        ("dosage.hold_seconds", "write 30, without a unit: the field's name says that it is seconds"),
        ("dosage.rpe", "write effort: 4, from 0 to 10"),
    }
