"""A line names a concern in its own words, and Python and the database read it alike."""

from __future__ import annotations

from typing import Any

import pytest

from clinical.pages.concerns_kept import concerns_of, named_in, read_anew
from clinical.pages.entries import Scan
from clinical.words.concern_words import NAMED_BY, names
from clinical.words.concerns import Concern, phrase
from exercises.models import ExercisePage

LINES = [
    ("your hip or knee is sore or hurts to bend", {Concern.SORE_JOINTS}),
    ("you bruise easily or have numb skin", {Concern.NUMBNESS}),
    ("lying flat is hard, as in late pregnancy", {Concern.PREGNANCY}),
    ("walking hurts your chest or leg, or makes you breathless", {Concern.HEART_OR_LUNGS}),
    ("Lifting makes your BACK ache", {Concern.SORE_BACK}),
    ("you have osteoporosis, or a replaced knee", {Concern.THIN_BONES, Concern.NEW_JOINT}),
    ("your bones break easily, or you take thinned blood tablets", {Concern.THIN_BONES}),
    ("your back is sore", {Concern.SORE_BACK}),
    ("you have a disc problem", set()),
    ("you cannot lunge, or wear tight clothing", set()),
    ("a number of moves are hard, reaching back is too, and nobody can cooperate", set()),
    ("you have a headache and look back", set()),
    ("the cramps are new, or always in the same leg", set()),
    ("your knee is new\nyour shoulder is sore", set()),
]


@pytest.mark.parametrize(("line", "named"), LINES)
def test_a_line_names_what_it_is_about(line: str, named: set[Concern]):
    assert {concern for concern in Concern if names(line, concern)} == named


def test_every_concern_is_named_by_its_own_phrase():
    assert NAMED_BY.keys() == set(Concern)
    for concern in Concern:
        assert names(phrase(concern), concern), concern


def named_in_a_list(exercise: ExercisePage, **columns: Any) -> set[Concern]:
    if columns:
        ExercisePage.objects.filter(pk=exercise.pk).update(**columns)
    entries = Scan({"concerns": "concerns_ready"}).read(ExercisePage.objects.all())
    return {Concern(each) for each, pages in named_in(entries, ExercisePage).items() if pages}


def test_list_reads_every_line_where_a_page_was_never_read(exercise: ExercisePage):
    lines = [*(line for line, _named in LINES), *(phrase(concern) for concern in Concern), ""]
    for line in lines:
        columns = {"check_first_if": line, "check_first_concerns": [], "concerns_ready": ""}
        assert named_in_a_list(exercise, **columns) == {each for each in Concern if names(line, each)}, line


def test_what_was_read_when_a_page_was_saved_is_what_its_list_and_lines_name(exercise: ExercisePage):
    for line, named in LINES:
        exercise.check_first_if, exercise.check_first_concerns = line, [Concern.VEINS]
        read = concerns_of(exercise)
        assert named_in_a_list(exercise, concerns_ready=read) == named | {Concern.VEINS}, line
    exercise.live = False
    exercise.save()
    assert ExercisePage.objects.get(pk=exercise.pk).concerns_ready == read


def test_what_was_read_by_other_words_is_read_again(exercise: ExercisePage):
    columns = {"check_first_if": "your back is sore", "check_first_concerns": [Concern.FALLS]}
    old = "000000|kidney_disease|"
    assert named_in_a_list(exercise, concerns_ready=old, **columns) == {Concern.SORE_BACK, Concern.FALLS}
    assert read_anew([ExercisePage]) == 1
    assert named_in_a_list(exercise) == {Concern.SORE_BACK, Concern.FALLS}
    assert read_anew([ExercisePage]) == 0
