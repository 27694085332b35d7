"""Every output with steps says what is true of the side that is asked for, whatever was written among the steps."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exercises.models import ExercisePage
from routines.models import RoutineItem, RoutinePage
from testing import factories
from testing.editor import edit_address
from tests.built_once import built_once
from tests.clinical.publishing.roads import chief
from tests.outputs import PLACES, Place, each_of, squeezed, words_of
from tests.sharing.share_links import address

SENTENCE = "Then do the same on the other side."
WRITTEN = "Then do the other leg."
STEPS = [
    ("set_up", {"text": "Bend the other leg a little."}),
    ("move", {"text": "Lean slowly."}),
    ("return", {"text": f"Let go of the wall. {WRITTEN}"}),
]
SHOWS_STEPS = "Lean slowly."
pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def written(routine: RoutinePage) -> RoutinePage:
    """A routine whose one exercise has a sentence about the other leg written in it."""
    exercise = ExercisePage.objects.get()
    exercise.steps = STEPS
    factories.save_live(exercise)
    return RoutinePage.objects.get()


def answers(place: Place, client: Client, routine: RoutinePage) -> str:
    """What an output says, without spaces; a link is made of the routine as it is."""
    kwargs = {"slug": (ExercisePage.objects.get() if place.owner == "exercise" else routine).slug}
    if place.owner == "shared":
        kwargs = {"token": factories.link_to(RoutinePage.objects.get(pk=routine.pk))[1]}
    answer: Any = client.get(reverse(str(place), kwargs=kwargs))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "" if place.output.content_type.startswith("image") else squeezed(words_of(place.output, content))


def pages(client: Client, routine: RoutinePage) -> dict[str, str]:
    """The page of the exercise and the page of a share link, as they read."""
    _link, token = factories.link_to(RoutinePage.objects.get(pk=routine.pk))
    found = {"exercise": ExercisePage.objects.get().url, "shared": address(token)}
    return {name: squeezed(client.get(url).content.decode()) for name, url in found.items()}


@each_of(PLACES)
def test_an_output_with_steps_says_to_change_over_where_each_side_is_asked_for(
    place: Place, written: RoutinePage, client: Client
):
    said = answers(place, client, written)
    assert said.count(squeezed(SENTENCE)) == said.count(squeezed(SHOWS_STEPS))
    assert squeezed(WRITTEN) not in said


@each_of([place for place in PLACES if place.owner != "exercise"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_an_output_of_a_row_for_one_side_tells_nobody_to_change_over(
    place: Place, side: str, written: RoutinePage, client: Client
):
    RoutineItem.objects.update(side=side)
    said = answers(place, client, written)
    assert squeezed(SENTENCE) not in said
    assert squeezed(WRITTEN) not in said


def test_pages_with_steps_say_to_change_over_after_the_last_one(written: RoutinePage, client: Client):
    for name, said in pages(client, written).items():
        before, after = said.split(squeezed(SENTENCE))
        assert squeezed("Let go of the wall.") in before, name
        assert squeezed("Let go of the wall.") not in after, name


def test_the_page_of_a_link_for_one_side_tells_nobody_to_change_over(written: RoutinePage, client: Client):
    RoutineItem.objects.update(side="right")
    said = pages(client, written)
    assert said["exercise"].count(squeezed(SENTENCE)) == 1
    assert squeezed(SENTENCE) not in said["shared"]
    assert squeezed("Lean slowly.") in said["shared"]
    assert squeezed(WRITTEN) not in said["shared"]


def test_what_is_worked_on_both_sides_at_once_has_no_other_side(exercise: ExercisePage):
    exercise.laterality = "bilateral"
    factories.save_live(exercise)
    assert SENTENCE not in [step.text for step in exercise.sheet().steps]


def test_a_step_of_its_own_about_the_other_side_is_left_out(exercise: ExercisePage):
    exercise.steps = [*STEPS[:2], ("return", {"text": WRITTEN})]
    factories.save_live(exercise)
    said: list[Any] = [step.text for step in exercise.sheet().steps]
    assert said == ["Bend the other leg a little.", "Lean slowly.", SENTENCE]


def test_an_exercise_of_nothing_but_that_sentence_keeps_it(routine: RoutinePage):
    exercise = ExercisePage.objects.get()
    exercise.steps = [("move", {"text": WRITTEN})]
    factories.save_live(exercise)
    RoutineItem.objects.update(side="left")
    (row,) = RoutinePage.objects.get(pk=routine.pk).sheet().items
    assert [step.text for step in row.exercise.steps] == [WRITTEN]


def test_the_editor_warns_of_a_step_that_asks_for_the_other_side(written: RoutinePage, client: Client):
    exercise = ExercisePage.objects.get()
    client.force_login(chief())
    assert "Step 3 tells readers to do it on the other side too." in client.get(edit_address(exercise)).content.decode()
    exercise.steps = STEPS[:2]
    factories.save_live(exercise)
    assert "tells readers to do it on the other side" not in client.get(edit_address(exercise)).content.decode()
