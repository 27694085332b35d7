"""The catalogue of exercises: what is listed, what narrows it, and what a card never carries."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail.test.utils import WagtailPageTestCase

from clinical.models import Condition
from clinical.pages.cards import CardFigure
from clinical.words.choices import BodyRegion, StartingPosition
from exercises.models import ExerciseIndexPage, ExercisePage
from exercises.models.facets import facet_rules
from stretchsite.models import HomePage
from testing import factories
from tests.built_once import built_once


@pytest.fixture
@built_once
def three(exercise_index: ExerciseIndexPage, condition: Condition) -> list[ExercisePage]:
    """Three exercises that differ in everything a reader can filter by."""
    drafts = [
        factories.draft_exercise(title="Calf", slug="calf", conditions=[condition]),
        factories.draft_exercise(title="Neck", slug="neck", body_regions=("neck",), starting_position="sitting"),
        factories.draft_exercise(title="Hip", slug="hip", body_regions=("hip", "back_thigh"), conditions=[condition]),
    ]
    return [exercise_index.add_child(instance=draft) for draft in drafts]


def listed(client: Client, query: str = "") -> list[str]:
    """The titles of the cards at an address."""
    return [card.title for card in client.get(f"/exercises/?{query}").context["catalogue"].cards]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Calf", "Hip", "Neck"]),
        ("condition=tight-calves", ["Calf", "Hip"]),
        ("region=hip", ["Hip"]),
        ("region=hip&region=neck", ["Hip", "Neck"]),
        ("region=lower_leg&position=sitting", []),
        ("position=sitting", ["Neck"]),
        ("condition=tight-calves&region=hip&position=standing", ["Hip"]),
        ("condition=nothing&region=tail&position=flying&colour=red", ["Calf", "Hip", "Neck"]),
        ("region=%00&page=9999", ["Calf", "Hip", "Neck"]),
    ],
)
def test_list_is_narrowed_by_condition_region_and_position(three: Any, client: Client, query: str, expected: list[str]):
    assert listed(client, query) == expected


def test_only_live_exercises_are_listed(three: list[ExercisePage], client: Client):
    three[0].unpublish()
    assert listed(client) == ["Hip", "Neck"]


def test_only_exercises_of_this_language_are_listed(three: list[ExercisePage], client: Client):
    ExercisePage.objects.filter(slug="neck").update(locale=Locale.objects.create(language_code="cy"))
    assert listed(client) == ["Calf", "Hip"]


def test_card_says_what_it_is_and_never_what_to_do(three: list[ExercisePage], client: Client):
    words = client.get("/exercises/?region=neck").content.decode()
    for shown in ("Neck", "Sitting on a chair", "A gentle stretch.", "/exercises/neck/"):
        assert shown in words
    for hidden in ("Stand tall.", "Lean forward."):
        assert hidden not in words


def test_every_region_and_position_can_be_asked_for(db: None):
    rules = {rule.name: dict(rule.options) for rule in facet_rules()}
    assert set(rules["region"]) == set(BodyRegion.values) - {"ankle"}
    assert set(rules["position"]) == set(StartingPosition.values)


def test_filters_need_no_script(three: list[ExercisePage], client: Client):
    words = client.get("/exercises/?region=hip").content.decode()
    assert 'method="get"' in words
    assert 'name="region"' in words
    assert 'type="submit"' in words


def test_long_list_has_pages(exercise_index: ExerciseIndexPage, client: Client):
    for number in range(25):
        draft = factories.draft_exercise(title=f"Exercise {number:02}", slug=f"exercise-{number}")
        exercise_index.add_child(instance=draft)
    assert len(listed(client)) == 24
    assert listed(client, "page=2") == ["Exercise 24"]
    assert listed(client, "page=9999") == ["Exercise 24"]
    assert listed(client, "page=-3") == ["Exercise 24"]
    assert len(listed(client, "page=x")) == 24


def test_empty_list_says_so(exercise_index: ExerciseIndexPage, client: Client):
    response = client.get("/exercises/")
    assert response.status_code == 200
    assert response.context["catalogue"].count == 0


def test_site_has_one_list_of_exercises(home_page: HomePage, exercise_index: ExerciseIndexPage):
    assert not ExerciseIndexPage.can_create_at(home_page)
    WagtailPageTestCase().assertAllowedSubpageTypes(ExerciseIndexPage, {ExercisePage})


def test_figures_further_down_wait_for_the_reader_and_need_no_script(exercise_index: ExerciseIndexPage, client: Client):
    for number in range(6):
        draft = factories.draft_exercise(title=f"Exercise {number}", slug=f"exercise-{number}")
        exercise_index.add_child(instance=draft)
    figure = CardFigure("/figures/a.svg#a", "0 0 9 9")
    with patch("exercises.assembly.card_figures", lambda exercise: (figure,)):
        stages = client.get("/exercises/").content.decode().split('class="card__stage"')[1:]
    assert all('<use href="/figures/a.svg#a">' in stage for stage in stages)
    assert ["<noscript>" in stage for stage in stages] == [False] * 4 + [True] * 2
