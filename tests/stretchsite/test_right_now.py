"""What to do right now: first on a condition's page, offered on the front page, never without its stop signs."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client

from clinical.models import Condition, NoteTarget
from clinical.withdrawal.withdrawing import withdraw
from exercises.models import ExerciseIndexPage
from stretchsite.models import ConditionIndexPage, ConditionPage, HomePage
from testing import factories

ADDRESS = "/conditions/cramp/"
CHEST = "chest pain comes with it"
SWOLLEN = "one calf stays swollen"
NOW: dict[str, Any] = {
    "now_title": "Cramp now?",
    "now_steps": "Put a light on.\nPull your toes up.\nWait.",
    "now_afterwards": "Hold on to something fixed before you stand.",
    "now_sources": "Sources differ on this.",
}


@pytest.fixture
def hub(condition_index: ConditionIndexPage, exercise_index: ExerciseIndexPage, condition: Condition) -> ConditionPage:
    """A condition's page that says what to do right now."""
    factories.note_at(NoteTarget(condition=condition), **{**factories.RED_FLAG, "urgency": "emergency", "text": CHEST})
    factories.note_at(NoteTarget(condition=condition), **{**factories.RED_FLAG, "urgency": "same_day", "text": SWOLLEN})
    exercise = exercise_index.add_child(instance=factories.draft_exercise(title="Calf release", slug="calf-release"))
    draft = factories.draft_hub(condition, title="Cramp", slug="cramp", now_exercise=exercise, **NOW)
    return condition_index.add_child(instance=draft)


def test_steps_stand_above_the_card_with_the_stop_signs_first(hub: ConditionPage, client: Client):
    words = client.get(ADDRESS).content.decode()
    places = [words.index(text) for text in ("Cramp now?", CHEST, SWOLLEN, "Put a light on.", 'id="get-help"')]
    assert places == sorted(places)
    assert 'href="/exercises/calf-release/follow/?now"' in words
    assert "Hold on to something fixed before you stand." in words
    assert "Sources differ on this." in words


def test_front_page_leads_there(hub: ConditionPage, client: Client):
    home = HomePage.objects.get()
    assert 'href="/conditions/cramp/#right-now">Cramp now?</a>' in client.get(home.url).content.decode()


@pytest.mark.parametrize(("asked", "offered"), [("", False), ("xylophone", True), ("cramp", False)])
def test_search_leads_there_where_nothing_is_found(hub: ConditionPage, client: Client, asked: str, offered: bool):
    factories.publish(hub)
    words = client.get("/search/", {"q": asked}).content.decode()
    assert ('href="/conditions/cramp/#right-now">Cramp now?</a>' in words) is offered


@pytest.mark.parametrize("offered", ["/", "/search/?q=xylophone"])
def test_front_page_and_search_offer_the_same(hub: ConditionPage, client: Client, offered: str):
    assert client.get(offered).context["right_now"] == ConditionPage.objects.offered_right_now("en-gb")
    assert ConditionPage.objects.offered_right_now("en-gb") == (("Cramp now?", "/conditions/cramp/"),)
    assert ConditionPage.objects.offered_right_now("fr") == ()


def test_withdrawn_exercise_is_not_offered(hub: ConditionPage, client: Client):
    withdraw(hub.now_exercise, by=factories.UserFactory(), reason="Two people were hurt.")
    words = client.get(ADDRESS).content.decode()
    assert "Put a light on." in words
    assert "calf-release" not in words


def test_exercise_to_follow_is_not_deleted_under_the_page(hub: ConditionPage):
    with pytest.raises(ProtectedError):
        hub.now_exercise.delete()


def test_page_without_a_question_says_nothing_of_it(hub: ConditionPage, client: Client):
    ConditionPage.objects.update(now_title="", now_steps="")
    assert "right-now" not in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    "changes", [{"now_steps": ""}, {"now_title": ""}, {"now_steps": "One\nTwo\nThree\nFour\nFive"}], ids=str
)
def test_question_and_steps_come_together_and_are_few(hub: ConditionPage, changes: dict[str, str]):
    for name, value in changes.items():
        setattr(hub, name, value)
    assert "now_steps" in hub.completeness_errors()
