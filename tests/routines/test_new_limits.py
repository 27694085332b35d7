"""A note that limits a dose goes live at once, and whoever publishes it is told which live pages it does not allow."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from clinical.conflicts.new_limits import pages_outside
from clinical.models import NoteTarget, SafetyNote
from exercises.models import ExercisePage
from routines.models import RoutinePage
from testing import factories
from testing.small_library import load, small_library, write

pytestmark = pytest.mark.django_db
LIMIT = {"dose_figure": "hold_seconds", "dose_least": 5, "dose_most": 10}


def limiting(*targets: NoteTarget, **fields: object) -> SafetyNote:
    """A draft that limits how long is held."""
    return factories.note_at(*targets, **{"live": False, **LIMIT, **fields})


def test_a_limit_names_the_live_pages_that_it_does_not_allow_and_no_others(
    routine: RoutinePage, exercise: ExercisePage
):
    named = pages_outside([limiting(NoteTarget(page=exercise))])
    assert {(each.sort, each.title) for each in named} == {("exercise", exercise.title), ("routine", routine.title)}
    for each in named:
        assert each.sentences[0].startswith(f"“{exercise.title}”: its ")
        assert each.sentences[0].endswith("Choose from 5 to 10.")
        assert each.edit_url
    assert "Until it is changed it cannot be published or shared" in str(named[1])
    assert pages_outside([limiting(NoteTarget(page=exercise), dose_most=60)]) == []
    assert pages_outside([limiting(NoteTarget(region="neck"))]) == []


def test_what_another_note_alone_objects_to_is_not_told_again(routine: RoutinePage, exercise: ExercisePage):
    factories.note_at(NoteTarget(page=exercise), **LIMIT)
    assert pages_outside([limiting(NoteTarget(page=exercise), dose_figure="sets", dose_least=1)]) == []
    assert len(pages_outside([limiting(NoteTarget(page=exercise), dose_least=20, dose_most=60)])) == 2


def test_the_number_of_questions_does_not_grow_with_the_pages(
    routine: RoutinePage, exercise: ExercisePage, django_assert_max_num_queries: DjangoAssertNumQueries
):
    note = limiting(NoteTarget(page=exercise))
    for number in range(3):
        exercise.get_parent().add_child(instance=factories.draft_exercise(title=f"A{number}", slug=f"a{number}"))
    with django_assert_max_num_queries(12):
        pages_outside([note])


def test_whoever_approves_the_note_is_shown_the_pages(routine: RoutinePage, exercise: ExercisePage):
    outside = pages_outside([limiting(NoteTarget(page=exercise))])
    shown = render_to_string("clinical/panels/pages_outside.html", {"outside": outside})
    assert f">{routine.title}</a> (routine): " in shown


def test_a_library_that_brings_a_limit_names_the_live_pages(set_up_site: None, tmp_path: Path):
    records = small_library()
    load(write(tmp_path, records), publish=True)
    records["notes/calf-clot"]["dose"] = {"figure": "hold_seconds", "least": 5, "most": 10}
    told, _ = load(write(tmp_path, records), publish=True)
    assert "To change: routine “Before bed”: “Calf stretch”: its " in told
    assert "To change: exercise “Calf stretch”: “Calf stretch”: its " in told
    assert SafetyNote.objects.get(library_id="calf-clot").dose_most == 10
    assert "To change" not in load(tmp_path, publish=True)[0]
