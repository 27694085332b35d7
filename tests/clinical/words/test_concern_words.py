"""A line names a concern in its own words, and Python and the database read it alike."""

from __future__ import annotations

import pytest

from clinical.words.concern_words import NAMED_BY, names
from clinical.words.concerns import Concern, phrase
from exercises.models import ExercisePage
from exercises.models.concerned import own_words

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


def test_the_database_reads_every_line_as_python_does(exercise: ExercisePage):
    lines = [*(line for line, _named in LINES), *(phrase(concern) for concern in Concern), ""]
    for line in lines:
        ExercisePage.objects.filter(pk=exercise.pk).update(check_first_if=line, check_first_concerns=[])
        found = {concern for concern in Concern if ExercisePage.objects.filter(own_words(concern)).exists()}
        assert found == {concern for concern in Concern if names(line, concern)}, line
