"""The editor of a page says how much stands before the first step, and which notes nobody has put in short."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from clinical.models import NoteTarget
from exercises.models import ExercisePage
from routines.models import RoutinePage
from testing import factories
from testing.editor import edit_address
from tests.clinical.publishing.roads import chief

LONG = "your calf hurts more than it did when you began, and goes on hurting"


def words_of(client: Client, page: Any) -> str:
    """What the editor of a page says, as a reader of it reads it."""
    client.force_login(chief())
    answer = client.get(edit_address(page))
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_editor_says_how_many_words_stand_before_the_first_step(client: Client, exercise: ExercisePage):
    opening = exercise.sheet().opening
    own = f"{exercise.title} {exercise.purpose} {exercise.sheet().dosage_words}"
    assert opening.words == exercise.sheet().signs.words + len(own.split())
    told = words_of(client, exercise)
    assert f"{opening.words} words stand before there is anything to do; at most 150 are read." in told
    assert "readers take in at most" not in told


def test_routine_has_a_budget_of_its_own(client: Client, routine: RoutinePage):
    sheet = routine.sheet()
    assert sheet.opening.lines == (routine.title, routine.purpose, sheet.frequency)
    assert f"{sheet.opening.words} words stand before there is anything to do; at most 220" in words_of(client, routine)


@pytest.mark.parametrize("number", [4, 5])
def test_editor_names_a_group_of_more_signs_than_are_taken_in_and_readers_see_all(
    client: Client, exercise: ExercisePage, number: int
):
    notes = [factories.note_at(NoteTarget(page=exercise), text=f"sign {each} of many") for each in range(number)]
    warned = f"“Stop if” has {number + 1} signs; readers take in at most 5. All are shown." in words_of(
        client, exercise
    )
    assert warned is (number + 1 > 5)
    assert {note.content_key for note in notes} <= exercise.sheet().signs.keys


def test_editor_names_the_notes_whose_whole_text_stands_on_the_card(client: Client, exercise: ExercisePage):
    factories.note_at(NoteTarget(page=exercise), text=f"{LONG} for long", in_short="your calf goes on hurting")
    assert "Nobody has put these in short yet" not in words_of(client, exercise)
    factories.note_at(NoteTarget(page=exercise), text=LONG)
    told = words_of(client, exercise)
    said = told[told.index("Nobody has put these in short yet, so their whole text stands on the card:") :]
    assert said.split(": ", 2)[1:][1].startswith(LONG)


def test_page_that_cannot_be_put_together_can_still_be_mended(
    client: Client, exercise: ExercisePage, monkeypatch: pytest.MonkeyPatch
):
    def broken(page: ExercisePage) -> None:
        raise ValueError("no dose")

    monkeypatch.setattr("exercises.assembly.exercise_sheet", broken)
    assert "see 2 safety notes, in this order" in words_of(client, exercise)
