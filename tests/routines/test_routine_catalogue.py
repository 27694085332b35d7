"""The catalogue of routines: what is listed, what narrows it, and what a card says."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clinical.models import Condition
from clinical.words.choices import Moment
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from routines.models.routine_facets import facet_rules
from stretchsite.models import HomePage
from testing import factories
from tests.built_once import built_once


@pytest.fixture
@built_once
def three(routine_index: RoutineIndexPage, exercise_index: ExerciseIndexPage, condition: Condition) -> list[Any]:
    """Three routines that differ in everything a reader can filter by."""
    calf = exercise_index.add_child(instance=factories.draft_exercise(title="Calf", slug="calf"))
    neck = exercise_index.add_child(
        instance=factories.draft_exercise(title="Neck", slug="neck", body_regions=("neck",))
    )
    stiff = factories.ConditionFactory.create(name="Stiff neck", slug="stiff-neck")
    drafts = [
        factories.draft_routine([calf], [condition], title="Calves", slug="calves", moments=("before_bed",)),
        factories.draft_routine([neck], [stiff], title="Neck", slug="neck", moments=("at_the_desk", "on_waking")),
        factories.draft_routine([calf, neck, calf], [condition, stiff], title="Whole", slug="whole"),
    ]
    return [routine_index.add_child(instance=draft) for draft in drafts]


def listed(client: Client, query: str = "") -> list[str]:
    """The titles of the cards at an address."""
    return [card.title for card in client.get(f"/routines/?{query}").context["catalogue"].cards]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Calves", "Neck", "Whole"]),
        ("condition=tight-calves", ["Calves", "Whole"]),
        ("condition=tight-calves&condition=stiff-neck", ["Calves", "Neck", "Whole"]),
        ("region=lower_leg", ["Calves", "Whole"]),
        ("region=neck&condition=tight-calves", ["Whole"]),
        ("moment=on_waking", ["Neck"]),
        ("moment=before_bed&moment=at_the_desk", ["Calves", "Neck"]),
        ("moment=before_bed&region=neck", []),
        ("moment=never&condition=%22%27--&page=9999", ["Calves", "Neck", "Whole"]),
    ],
)
def test_list_is_narrowed_by_condition_region_and_moment(three: Any, client: Client, query: str, expected: list[str]):
    assert listed(client, query) == expected


def test_only_live_routines_are_listed(three: list[RoutinePage], client: Client):
    three[0].unpublish()
    assert listed(client) == ["Neck", "Whole"]


def test_card_counts_what_can_be_followed_and_never_says_how(three: list[RoutinePage], client: Client):
    response = client.get("/routines/?region=neck&condition=tight-calves")
    (card,) = response.context["catalogue"].cards
    assert [chip.label for chip in card.chips] == ["8 min", "3 exercises", "Any time"]
    assert "Stand tall." not in response.content.decode()
    ExercisePage.objects.get(slug="neck").unpublish()
    (card,) = client.get("/routines/?region=neck&condition=tight-calves").context["catalogue"].cards
    assert [chip.label for chip in card.chips][:2] == ["5 min", "2 exercises"]


def test_routine_is_as_long_as_its_exercises_are_now(three: list[RoutinePage], client: Client):
    assert listed(client, "minutes=5") == ["Calves", "Neck"]
    calf = ExercisePage.objects.get(slug="calf")
    calf.hold_seconds = 120
    factories.publish(calf)
    assert listed(client, "minutes=5") == ["Neck"]


def test_every_moment_can_be_asked_for(db: None):
    rules = {rule.name: dict(rule.options) for rule in facet_rules()}
    assert set(rules["moment"]) == set(Moment.values)


def test_empty_list_says_so(routine_index: RoutineIndexPage, client: Client):
    response = client.get("/routines/")
    assert response.status_code == 200
    assert response.context["catalogue"].count == 0


def test_site_has_one_list_of_routines(home_page: HomePage, routine_index: RoutineIndexPage):
    assert not RoutineIndexPage.can_create_at(home_page)
