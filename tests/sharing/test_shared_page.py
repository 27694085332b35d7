"""What a patient is answered under ``/s/``: states, headers, what is frozen and what is live."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinical.withdrawal import withdrawing
from exercises.models import ExercisePage
from routines.choices import Phase
from routines.models import RoutineItem, RoutinePage
from sharing.middleware import HEADERS
from sharing.models import ShareLink
from testing import factories
from tests.exercises.illustrated import figure_of

pytestmark = pytest.mark.django_db


def address(token: str) -> str:
    return reverse("shared", kwargs={"token": token})


def withdraw(thing: Any) -> None:
    withdrawing.withdraw(thing, by=factories.UserFactory.create(), reason="It hurt.")


def end_in(link: ShareLink, seconds: float) -> None:
    ends = timezone.now() + timedelta(seconds=seconds)
    ShareLink.objects.filter(pk=link.pk).update(created_at=ends - timedelta(days=90), expires_at=ends)


def test_a_live_link_shows_the_routine(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine, note="Slowly & <b>gently</b>")
    answer = client.get(address(token))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Wall calf stretch" in text
    assert "Slowly &amp; &lt;b&gt;gently&lt;/b&gt;" in text
    assert token not in text
    assert "<title>Your stretching routine –" in text


def test_each_exercise_stands_with_its_figure_and_every_name_on_the_page_is_its_own(
    client: Client, routine: RoutinePage, exercise: ExercisePage
):
    second = exercise.get_parent().add_child(instance=factories.draft_exercise(title="Heel drop", slug="heel-drop"))
    routine.items.add(RoutineItem(exercise=second, phase=Phase.MAIN, sort_order=1))
    factories.publish(routine)
    for each in (exercise, second):
        each.figure = figure_of()
        factories.publish(each)
    text = client.get(address(factories.link_to(RoutinePage.objects.get()).token)).content.decode()
    assert text.count('data-movement="') == 2
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    named = {name for names in re.findall(r'aria-labelledby="([^"]+)"', text) for name in names.split()}
    assert named <= set(ids)


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    ("ending", "status"),
    [("expired", 410), ("revoked", 410), ("replaced", 410), ("withdrawn", 410), ("unpublished", 410), ("live", 200)],
)
def test_sl3_every_state_has_its_answer(client: Client, routine: RoutinePage, method: str, ending: str, status: int):
    link, token = factories.link_to(routine)
    match ending:
        case "expired":
            end_in(link, -1)
        case "revoked":
            link.revoke()
        case "replaced":
            link.replace(link.created_by)
        case "withdrawn":
            withdraw(routine)
        case "unpublished":
            routine.unpublish()
    answer = getattr(client, method)(address(token))
    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer[name] == value
    if method == "get":
        assert 'href="tel:999"' in answer.content.decode()


def test_sl3_an_unknown_token_is_404(client: Client, db: None):
    for token in ("x", "A" * 43, "A" * 44, "é"):
        answer = client.get(address(token))
        assert answer.status_code == 404
        assert 'href="tel:999"' in answer.content.decode()


def test_a_withdrawn_exercise_is_taken_out_with_a_stop_notice(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    withdraw(ExercisePage.objects.get())
    text = client.get(address(token)).content.decode()
    assert "Do not do these: taken out for safety" in text
    assert "Stand tall." not in text
