"""Every field of a dosage is in every output of an exercise, and wherever it is typed in."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from wagtail.admin.panels import FieldPanel, Panel

from exercises.choices import Measure, Side
from exercises.dosage import FIELDS, Dosage
from exercises.dosage_fields import Line, Switch, described
from exercises.dosage_words import in_words
from exercises.models import ExercisePage, Ingredient
from exercises.models.ingredients import COLUMNS
from exercises.outputs.dosage_data import DosageData, dosage_data
from exercises.panels import exercise_tabs
from tests.dosage_examples import NAMES, UNDER, example_under, must_have, places
from tests.exercises.reading_words import from_words

every_field = pytest.mark.parametrize("name", NAMES)


def field_panels(panel: Panel) -> list[str]:
    """The fields that can be typed in below a panel."""
    if isinstance(panel, FieldPanel):
        return [panel.field_name]
    return [name for child in getattr(panel, "children", ()) for name in field_panels(child)]


def test_a_field_that_is_not_described_is_refused_by_name():
    lacking = dataclasses.make_dataclass("Lacking", [("band_colour", str, "")])
    with pytest.raises(TypeError, match="The field band_colour of a dosage is not described"):
        described(dataclasses.fields(lacking))
    assert list(FIELDS) == NAMES


@every_field
def test_a_field_is_in_the_words(name: str):
    with must_have("The line of words (exercises/dosage_words.py)", name) as each:
        assert in_words(Dosage(**each.after)) != in_words(Dosage(**each.before)), "they are the same without it"


@every_field
def test_a_field_is_read_back_from_the_words(name: str):
    with must_have("What the words are read back to (exercises/dosage_words.py)", name) as each:
        assert from_words(in_words(Dosage(**each.after))) == Dosage(**each.after)


@pytest.mark.parametrize(("name", "measure"), UNDER)
def test_a_field_is_said_and_read_back_with_every_measure_it_may_have(name: str, measure: Measure):
    dosage = example_under(name, measure)
    assert dosage.measure == measure
    assert from_words(in_words(dosage)) == dosage
    assert json.loads(dosage_data(dosage, Side.BOTH).model_dump_json())[name] == getattr(dosage, name)


@every_field
def test_a_field_has_its_column(name: str):
    with must_have("The columns of an exercise (exercises/models/dosages.py)", name):
        assert name in {field.name for field in ExercisePage._meta.get_fields()}, "there is no such column"


@every_field
def test_a_field_that_is_no_line_of_words_is_held_to_its_list_or_bounds_by_the_database(name: str):
    constrained = {
        constraint.name.removeprefix("exercises_exercisepage_") for constraint in ExercisePage._meta.constraints
    }
    assert isinstance(FIELDS[name], (Line, Switch)) or name in constrained


@every_field
def test_a_routine_reads_a_field_of_its_exercises(name: str):
    with must_have("The reader of an exercise's row (exercises/models/ingredients.py)", name) as each:
        values = dict.fromkeys(COLUMNS) | each.columns
        assert Ingredient(values.values()).default_dosage() == Dosage(**each.after)


def test_a_column_that_a_routine_does_not_read_is_the_one_the_error_names():
    lacking = Ingredient(dict.fromkeys(COLUMNS).values())
    del lacking.__dict__["sets"]
    with pytest.raises(AttributeError, match="has no attribute 'sets'"):
        lacking.default_dosage()
    del lacking.__dict__["dos"]
    with pytest.raises(AttributeError, match="has no attribute 'dos'"):
        _ = lacking.do_list


@every_field
def test_a_field_can_be_typed_in_for_an_exercise(name: str):
    with must_have("The editor of an exercise (exercises/panels.py)", name):
        assert field_panels(exercise_tabs()).count(name) == 1, "it has no panel, or two"


@every_field
def test_a_field_is_in_the_data(name: str):
    with must_have("The data of a sheet (exercises/outputs/sheet_data.py)", name) as each:
        data = json.loads(dosage_data(Dosage(**each.after), Side.BOTH).model_dump_json())
        assert data[name] == each.value


@every_field
@pytest.mark.parametrize("sheet", ["exercise", "routine"])
def test_a_field_is_in_the_schema_of_the_data(name: str, sheet: str):
    with must_have(f"docs/sheet-format/{sheet}.json (run: make schema)", name):
        schema = json.loads((Path(settings.BASE_DIR) / f"docs/sheet-format/{sheet}.json").read_text(encoding="utf-8"))
        assert name in schema["$defs"][DosageData.__name__]["required"]


@pytest.mark.django_db
@every_field
def test_a_field_is_on_the_page_of_an_exercise(name: str, client: Client, request: pytest.FixtureRequest):
    with must_have("The page of an exercise", name) as each:
        exercise = request.getfixturevalue("exercise")
        ExercisePage.objects.filter(pk=exercise.pk).update(**each.columns)
        words = in_words(Dosage(**each.after), Side.EACH)
        for place in places(client.get(exercise.url).content.decode()):
            assert words in place, "a place does not say it"
        data = client.get(f"{exercise.url}sheet.json").json()
        assert data["dosage"][name] == each.value
