"""A condition's hub: when to get help first, then what it is, what helps, its routines and exercises."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory

from clinical.models import Condition, NoteTarget, PublishRefused
from exercises.models import ExerciseIndexPage
from routines.models import RoutineIndexPage, RoutinePage
from stretchsite.hubs import MOST_CARDS, hub_of
from stretchsite.models import ConditionIndexPage, ConditionPage, HomePage, StartingRoutine
from testing import factories

ADDRESS = "/conditions/tight-calves/"


@pytest.fixture
def hub(condition_index: ConditionIndexPage, condition: Condition) -> ConditionPage:
    """The page of tight calves."""
    condition.aliases = "Short calves\nHeel cord"
    factories.agree(condition)
    return condition_index.add_child(instance=factories.draft_hub(condition, title="Tight calves", slug="tight-calves"))


def test_hub_stands_only_in_the_list_of_conditions(hub: ConditionPage):
    conditions, home = hub.get_parent().specific, hub.get_parent().get_parent().specific
    assert ConditionPage.can_create_at(conditions)
    assert not any(ConditionPage.can_create_at(page) for page in (home, hub))


def test_red_flags_come_before_anything_else(hub: ConditionPage, condition: Condition, client: Client):
    factories.note_at(NoteTarget(condition=condition), kind="red_flag", tier=1, urgency="same_day", text="it is hot")
    words = client.get(ADDRESS).content.decode()
    assert words.index("it is hot") < words.index("What it is.") < words.index("What helps.")


def test_reader_finds_the_other_names_of_a_condition(hub: ConditionPage, client: Client):
    assert "Short calves, Heel cord" in client.get(ADDRESS).content.decode()


def test_hub_lists_what_is_used_for_its_condition(
    hub: ConditionPage, routine: RoutinePage, exercise_index: ExerciseIndexPage, condition: Condition, client: Client
):
    exercise_index.add_child(instance=factories.draft_exercise(title="Heel drop", slug="heel", conditions=[condition]))
    exercise_index.add_child(instance=factories.draft_exercise(title="Neck turn", slug="neck"))
    words = client.get(ADDRESS).content.decode()
    assert 'href="/routines/calves/"' in words
    assert 'href="/exercises/heel/"' in words
    assert "Neck turn" not in words
    assert "Stand tall." not in words


def test_hub_leaves_out_what_is_not_published(hub: ConditionPage, routine: RoutinePage, client: Client):
    routine.unpublish()
    assert 'href="/routines/calves/"' not in client.get(ADDRESS).content.decode()


def test_hub_shows_no_more_cards_than_can_be_looked_through(
    hub: ConditionPage, exercise_index: ExerciseIndexPage, condition: Condition
):
    for number in range(MOST_CARDS + 2):
        draft = factories.draft_exercise(slug=f"exercise-{number}", conditions=[condition])
        exercise_index.add_child(instance=draft)
    assert len(hub_of(hub).exercises) == MOST_CARDS


def test_condition_has_one_page(hub: ConditionPage, condition_index: ConditionIndexPage, condition: Condition):
    with pytest.raises(PublishRefused, match="has a page in this language already"):
        condition_index.add_child(instance=factories.draft_hub(condition))
    assert condition_index.add_child(instance=factories.draft_hub(condition, live=False))
    hub.unpublish()
    ConditionPage.objects.get(live=False, pk__gt=hub.pk).save_revision().publish()


UNFINISHED: dict[str, dict[str, Any]] = {
    "no condition": {"condition": None},
    "no prose": {"what_it_is": [], "what_helps": []},
    "no words": {"purpose": "", "who_it_is_for": "", "check_first_if": "", "evidence_summary": ""},
    "no review": {"author": None, "reviewer": None, "reviewed_on": None, "review_due": None},
}


@pytest.mark.parametrize("fields", UNFINISHED.values(), ids=UNFINISHED)
def test_preview_of_an_unfinished_hub_is_a_page_with_the_floor(hub: ConditionPage, fields: dict[str, Any]):
    for name, value in fields.items():
        setattr(hub, name, value)
    response = hub.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200
    assert "you have chest pain" in response.content.decode()


def test_list_of_conditions_leads_to_the_live_hubs(hub: ConditionPage, condition_index: Any, client: Client):
    draft = factories.draft_hub(factories.ConditionFactory.create(), title="Not yet", slug="not-yet", live=False)
    condition_index.add_child(instance=draft)
    words = client.get("/conditions/").content.decode()
    assert 'href="/conditions/tight-calves/"' in words
    assert "Not yet" not in words


def test_empty_list_of_conditions_says_so(condition_index: ConditionIndexPage, client: Client):
    assert "There is nothing here yet." in client.get("/conditions/").content.decode()


def test_front_page_offers_the_routines_that_were_chosen(
    home_page: HomePage, routine: RoutinePage, routine_index: RoutineIndexPage, client: Client
):
    exercise = routine.items.get().exercise
    for number in range(4):
        draft = factories.draft_routine(
            [exercise], [factories.ConditionFactory.create()], title=f"A{number}", slug=f"a{number}"
        )
        routine_index.add_child(instance=draft)
    first = [card.title for card in client.get("/").context["start_here"]]
    assert first == ["A0", "A1", "A2"]
    home = HomePage.objects.get()
    home.starting_routines = [
        StartingRoutine(routine=routine),
        StartingRoutine(routine=RoutinePage.objects.get(slug="a3")),
    ]
    factories.publish(home)
    assert [card.title for card in client.get("/").context["start_here"]] == ["Calves", "A3"]
    routine.unpublish()
    assert [card.title for card in client.get("/").context["start_here"]] == ["A3"]


def test_front_page_leads_to_body_areas_and_conditions(hub: ConditionPage, client: Client):
    words = client.get("/").content.decode()
    assert 'href="/conditions/tight-calves/"' in words
    assert "/exercises/?region=low_back" in words
    assert 'action="/search/"' in words


def test_empty_site_has_a_front_page(home_page: HomePage, client: Client):
    assert client.get("/").status_code == 200
