"""Constraints asked all at once: fewer queries where nothing is wrong, and never another answer than Django's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from clinical.models import SafetyNote
from clinical.publishing.rows import forget_what_held
from clinical.words.choices import Tier
from exercises.models import ExercisePage
from testing import factories


def said_by(validate: Any, record: Model, exclude: set[str]) -> dict[str, list[str]]:
    """What is wrong, field by field."""
    try:
        validate(record, exclude=exclude)
    except ValidationError as error:
        return error.message_dict
    return {}


WRONG: list[dict[str, Any]] = [
    {},
    {"hold_seconds": None},
    {"hold_seconds": 0},
    {"hold_seconds_most": 0, "repetitions": None},
    {"hold_seconds": 30, "moving_seconds": 30},
    {"hold_seconds": 100_000, "repetitions": -1, "sets": 0},
]


@pytest.mark.parametrize("values", WRONG)
@pytest.mark.parametrize("exclude", [set(), {"hold_seconds"}, {"hold_seconds", "repetitions", "sets"}])
def test_what_is_wrong_is_said_as_django_says_it(exercise: ExercisePage, values: dict[str, Any], exclude: set[str]):
    for field, value in values.items():
        setattr(exercise, field, value)
    said = said_by(ExercisePage.validate_constraints, exercise, exclude)
    assert said == said_by(Model.validate_constraints, exercise, exclude)
    if values not in ({}, {"hold_seconds": None}) and not exclude:
        assert said


@pytest.mark.parametrize(
    ("values", "is_wrong"),
    [({}, False), ({"tier": Tier.GOOD_TO_KNOW}, True), ({"text": " "}, True), ({"urgency": ""}, True)],
)
def test_what_is_wrong_with_a_note_is_said_as_django_says_it(db: None, values: dict[str, Any], is_wrong: bool):
    note = SafetyNote(live=True, source="A textbook", **{**factories.RED_FLAG, **values})
    said = said_by(SafetyNote.validate_constraints, note, set())
    assert said == said_by(Model.validate_constraints, note, set())
    assert bool(said) == is_wrong


def test_what_held_is_not_asked_again_until_a_value_of_it_changes(exercise: ExercisePage):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            exercise.validate_constraints()
        return len([query for query in asked if query["sql"].startswith("SELECT")])

    exercise.hold_seconds = 41
    assert questions()
    assert not questions()
    exercise.hold_seconds = True  # equal to one, and of another kind
    assert questions()
    exercise.hold_seconds = 0
    for _again in range(2):
        with pytest.raises(ValidationError):
            exercise.validate_constraints()


def test_what_holds_costs_one_query_for_each_table(exercise: ExercisePage):
    forget_what_held()
    tables = [of_table for _model, of_table in exercise.get_constraints() if of_table]
    assert sum(map(len, tables)) > 2 * len(tables)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        exercise.validate_constraints()
    assert len([query for query in asked if query["sql"].startswith("SELECT")]) == len(tables)
