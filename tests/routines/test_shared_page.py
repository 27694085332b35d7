"""What a patient is answered under ``/s/``: states, headers, what is frozen and what is live."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinical.models import withdrawing
from exercises.models import ExercisePage
from routines.middleware import HEADERS
from routines.models import RoutinePage, ShareLink
from tests import factories

pytestmark = pytest.mark.django_db


def address(token: str) -> str:
    return reverse("shared", kwargs={"token": token})


def withdraw(thing: Any) -> None:
    withdrawing.withdraw(thing, by=factories.UserFactory(), reason="It hurt.")


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
