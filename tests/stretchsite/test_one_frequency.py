"""A routine is done as often as it says: an exercise's own frequency is said nowhere in it, a row's as an exception."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinical.models import NoteTarget, PublishRefused
from exercises.frequency import Frequency
from exercises.models import ExercisePage
from routines.models import RoutineItem, RoutinePage
from testing import factories
from tests.outputs import PLACES, Place, each_of, squeezed, words_of

pytestmark = pytest.mark.django_db

OF_ROUTINES = [
    place for place in PLACES if place.owner != "exercise" and not place.output.content_type.startswith("im")
]
SAYS_HOW_MUCH = "Hold 30 seconds, 2 times each side"


@pytest.fixture
def often(routine: RoutinePage) -> RoutinePage:
    """A routine of twice a day, five days a week, whose exercise is done 3 times a day on its own, 4 days a week."""
    ExercisePage.objects.update(sessions_per_day=3, days_per_week=4)
    routine.sessions_per_day, routine.days_per_week = 2, 5
    factories.save_live(routine)
    return RoutinePage.objects.get()


def said(place: Place, client: Client, routine: RoutinePage) -> str:
    """What an output says, without spaces."""
    kwargs = {"slug": routine.slug}
    if place.owner == "shared":
        kwargs = {"token": factories.link_to(RoutinePage.objects.get(pk=routine.pk))[1]}
    answer: Any = client.get(reverse(str(place), kwargs=kwargs))
    return squeezed(words_of(place.output, b"".join(answer.streaming_content) if answer.streaming else answer.content))


@each_of(OF_ROUTINES)
def test_an_exercises_own_frequency_is_said_nowhere_in_a_routine(place: Place, often: RoutinePage, client: Client):
    words = said(place, client, often)
    for own in ("3 times a day", "3 a day", "4 days a week"):
        assert squeezed(own) not in words


@each_of(OF_ROUTINES)
def test_a_row_that_says_the_same_as_its_routine_is_no_exception(place: Place, often: RoutinePage, client: Client):
    before = said(place, client, often).count(squeezed("twice a day"))
    RoutineItem.objects.update(sessions_per_day=2, days_per_week=5)
    assert said(place, client, often).count(squeezed("twice a day")) == before


def test_a_row_that_is_done_less_often_says_so_in_every_output_that_says_how_much(often: RoutinePage, client: Client):
    RoutineItem.objects.update(days_per_week=3)
    told = {str(place): said(place, client, often) for place in OF_ROUTINES}
    saying = {name for name, words in told.items() if squeezed(SAYS_HOW_MUCH) in words or "Hold30seconds" in words}
    assert len(saying) >= 8
    for name in saying:
        assert squeezed("only 3 days a week") in told[name].replace("Only", "only"), name
    assert {name for name, words in told.items() if squeezed("only 3 days a week") in words.lower()} == saying


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"sessions_per_day": 1}, "only once a day"),
        ({"sessions_per_day": 4}, "this one 4 times a day"),
        ({"days_per_week": 1}, "only one day a week"),
        ({"days_per_week": 7}, "this one every day"),
        ({"sessions_per_day": 1, "days_per_week": 7}, "only once a day, this one every day"),
        ({"every_days": 2}, "only every second day"),
        ({"sessions_per_day": 2, "sessions_per_day_most": 3}, "this one 2 to 3 times a day"),
        ({"as_needed": True, "as_needed_most": 3}, "this one when you need it, at most 3 times a day"),
    ],
)
def test_an_exception_is_said_as_one(figures: dict[str, int], words: str, often: RoutinePage):
    RoutineItem.objects.update(**figures)
    (row,) = RoutinePage.objects.get(pk=often.pk).sheet().items
    assert row.dosage_words == f"{SAYS_HOW_MUCH}, {words}"
    assert row.whole == Frequency(sessions_per_day=2, days_per_week=5)


def test_data_gives_a_row_only_what_is_its_own(often: RoutinePage, client: Client):
    RoutineItem.objects.update(sessions_per_day=2, days_per_week=3)
    (row,) = json.loads(client.get(f"{often.url}sheet.json").content)["items"]
    assert (row["dosage"]["sessions_per_day"], row["dosage"]["days_per_week"]) == (None, 3)


def test_a_link_is_done_as_often_as_it_was_given(often: RoutinePage):
    RoutineItem.objects.update(days_per_week=3)
    for days, told in ((3, ""), (5, ", only 3 days a week"), (2, ", this one 3 days a week")):
        link, _token = factories.link_to(RoutinePage.objects.get(pk=often.pk), days_per_week=days)
        sheet = link.shared_sheet().sheet
        assert sheet.often.days_per_week == days
        assert sheet.items[0].dosage_words == f"{SAYS_HOW_MUCH}{told}"


def test_the_exercises_own_page_says_its_own_frequency(often: RoutinePage, client: Client):
    assert (
        f"{SAYS_HOW_MUCH}, 3 times a day, 4 days a week" in client.get(ExercisePage.objects.get().url).content.decode()
    )


def limited(most: int, **place: Any) -> Any:
    """A note that allows so many sessions a day."""
    fields = {"dose_figure": "sessions_per_day", "dose_least": 1, "dose_most": most}
    return factories.note_at(NoteTarget(**place), **fields)


def refused(routine: RoutinePage) -> list[str]:
    """What keeps the routine from going live."""
    with pytest.raises(PublishRefused) as error:
        factories.save_live(RoutinePage.objects.get(pk=routine.pk))
    return [words for texts in error.value.refusal.values() for words in texts]


def test_a_note_on_an_exercise_limits_how_often_its_routine_is_done(often: RoutinePage):
    ExercisePage.objects.update(sessions_per_day=1)
    limited(1, page=ExercisePage.objects.get())
    assert len([words for words in refused(often) if "sessions a day" in words]) == 1
    RoutineItem.objects.update(sessions_per_day=1)
    assert factories.save_live(RoutinePage.objects.get(pk=often.pk)).live


def test_a_note_on_a_routine_is_held_against_it_once(often: RoutinePage):
    ExercisePage.objects.update(sessions_per_day=None)
    limited(1, page=often)
    assert len([words for words in refused(often) if "sessions a day" in words]) == 1


@pytest.mark.parametrize("place", ["region", "position"])
def test_a_note_on_a_region_or_position_is_held_against_the_exercise_not_the_routine(place: str, often: RoutinePage):
    exercise = ExercisePage.objects.get()
    limited(1, **{place: exercise.body_regions[0] if place == "region" else exercise.starting_position})
    assert [words for words in refused(often) if "sessions a day" in words and exercise.title in words]
    RoutineItem.objects.update(sessions_per_day=1)
    assert factories.save_live(RoutinePage.objects.get(pk=often.pk)).live


def test_what_is_done_as_needed_is_held_to_the_most_it_allows(often: RoutinePage):
    limited(2, page=ExercisePage.objects.get())
    RoutineItem.objects.update(as_needed=True, as_needed_most=None)
    assert [words for words in refused(often) if "sessions a day" in words]
    RoutineItem.objects.update(as_needed_most=2)
    assert factories.save_live(RoutinePage.objects.get(pk=often.pk)).live


def test_every_second_day_is_three_or_four_days_a_week(often: RoutinePage):
    fields = {"dose_figure": "days_per_week", "dose_least": 3, "dose_most": 4}
    factories.note_at(NoteTarget(page=ExercisePage.objects.get()), **fields)
    assert [words for words in refused(often) if "days a week" in words]
    RoutineItem.objects.update(every_days=2)
    assert factories.save_live(RoutinePage.objects.get(pk=often.pk)).live
    RoutineItem.objects.update(every_days=3)
    assert [words for words in refused(often) if "days a week" in words]


def test_a_note_may_limit_the_weight(often: RoutinePage):
    ExercisePage.objects.update(equipment=["dumbbell"])
    fields = {"dose_figure": "load_grams", "dose_least": 50, "dose_most": 2000}
    factories.note_at(NoteTarget(page=ExercisePage.objects.get()), **fields)
    RoutineItem.objects.update(load_grams=3000)
    assert [words for words in refused(often) if "grams of weight" in words]
    RoutineItem.objects.update(load_grams=2000)
    assert factories.save_live(RoutinePage.objects.get(pk=often.pk)).live
