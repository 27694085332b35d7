"""Two fields for clinical lists: members of a closed vocabulary, and short lines of text."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from clinical.words.choices import BodyRegion
from clinical.words.fields import ChoiceSetField, LinesField, lines
from exercises.models import ExerciseIndexPage, ExercisePage
from testing import factories

REGIONS = ChoiceSetField(vocabulary=BodyRegion, verbose_name="regions")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, ()),
        ("", ()),
        ("|hip|neck|", ("neck", "hip")),
        (["hip", "neck", "hip", ""], ("neck", "hip")),
        ((BodyRegion.HIP,), ("hip",)),
        ({"tail", "hip"}, ("hip", "tail")),
    ],
)
def test_members_are_kept_once_and_in_the_order_of_the_vocabulary(given: Any, kept: tuple[str, ...]):
    assert REGIONS.to_python(given) == kept


def test_field_without_a_vocabulary_sorts_by_letter():
    assert ChoiceSetField().to_python("|b|a|") == ("a", "b")


@pytest.mark.parametrize(
    ("given", "column"), [((), ""), (None, ""), (["hip", "neck"], "|neck|hip|"), ("|hip|", "|hip|")]
)
def test_column_holds_each_member_between_bars(given: Any, column: str):
    assert REGIONS.get_prep_value(given) == column


@pytest.mark.parametrize("members", [(), ("neck",), ("neck", "hip", "foot")])
def test_what_is_written_is_read(members: tuple[str, ...]):
    assert REGIONS.from_db_value(REGIONS.get_prep_value(members), None, None) == members


def test_word_outside_the_vocabulary_is_refused_by_name():
    with pytest.raises(ValidationError, match=r"Not in the list: tail, wing\."):
        REGIONS.clean(("wing", "hip", "tail"), None)


def test_required_set_may_not_be_empty():
    with pytest.raises(ValidationError, match="Choose at least one"):
        REGIONS.clean((), None)
    assert ChoiceSetField(vocabulary=BodyRegion, blank=True).clean((), None) == ()


def test_set_too_long_for_its_column_is_refused():
    with pytest.raises(ValidationError):
        ChoiceSetField(vocabulary=BodyRegion, max_length=10).clean(("neck", "hip", "foot"), None)


def test_every_member_fits_into_the_column():
    assert REGIONS.clean(tuple(BodyRegion.values), None) == tuple(BodyRegion.values)


def test_form_offers_one_box_for_each_member():
    field: Any = REGIONS.formfield()
    assert isinstance(field.widget, forms.CheckboxSelectMultiple)
    assert field.choices == BodyRegion.choices
    assert field.required
    assert not ChoiceSetField(vocabulary=BodyRegion, blank=True).formfield().required


def test_untouched_form_has_not_changed():
    field = REGIONS.formfield()
    assert not field.has_changed(("neck", "hip"), ["hip", "neck"])
    assert field.has_changed(("neck",), ["hip"])


def test_migrations_do_not_know_the_vocabulary():
    _name, path, _args, options = REGIONS.deconstruct()
    assert path == "clinical.words.fields.ChoiceSetField"
    assert "vocabulary" not in options


def test_labels_are_the_words_of_the_vocabulary():
    assert REGIONS.labels(("hip", "tail")) == (("hip", "Hip"), ("tail", "tail"))


def test_member_is_found_and_never_part_of_another(exercise_index: ExerciseIndexPage):
    exercise_index.add_child(instance=factories.draft_exercise(body_regions=("back_thigh", "hip")))
    found = ExercisePage.objects.for_region
    assert found("hip").count() == found("back_thigh").count() == 1
    assert found("thigh").count() == found("front_thigh").count() == found("").count() == 0


def test_whole_set_can_be_asked_for(exercise_index: ExerciseIndexPage):
    exercise_index.add_child(instance=factories.draft_exercise(body_regions=("back_thigh", "hip")))
    assert ExercisePage.objects.filter(body_regions=("back_thigh", "hip")).exists()
    assert not ExercisePage.objects.filter(body_regions=("hip",)).exists()


def test_set_survives_a_draft(exercise: ExercisePage):
    exercise.body_regions = ("foot", "knee")
    exercise.save_revision()
    assert ExercisePage.objects.get().get_latest_revision_as_object().body_regions == ("knee", "foot")


def test_lines_field_is_a_text_with_a_small_box():
    field = LinesField()
    assert isinstance(field, models.TextField)
    assert field.formfield().widget.attrs["rows"] == 4


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        (" \n\t\r\n", ()),
        ("keep your back long", ("keep your back long",)),
        ("• one\n- two\r\n* three\n\n  four  ", ("one", "two", "three", "four")),
        ("•\n-\n", ()),
        ("a - b", ("a - b",)),
    ],
)
def test_lines_are_the_words_without_bullets_and_gaps(text: str, found: tuple[str, ...]):
    assert lines(text) == found
