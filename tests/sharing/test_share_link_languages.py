"""SL3, H25: whatever has become of a link, its patient is told in the language of the link whom to call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, Page

from clinical.withdrawal import withdrawing
from routines.models import RoutinePage
from sharing.models import ShareLink
from sharing.tokens import new_token
from testing import factories

pytestmark = pytest.mark.django_db

#: By language: the number to call there. Welsh is the first other language a British clinic would add.
NUMBERS = {"en-gb": "999", "cy": "112"}
ANSWERS = {
    "live": 200,
    "an exercise withdrawn": 200,
    "withdrawn": 410,
    "unpublished": 410,
    "expired": 410,
    "revoked": 410,
    "replaced": 410,
    "unknown": 404,
    "malformed": 404,
}


@pytest.fixture
def both_languages(settings: Any) -> None:
    """A site in two languages."""
    settings.EMERGENCY_NUMBERS = NUMBERS
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    Locale.objects.create(language_code="cy")


def written_in(language: str) -> RoutinePage:
    """The routine, with its exercise, as a page of this language."""
    Page.objects.update(locale=Locale.objects.get(language_code=language))
    return RoutinePage.objects.get()


def token_of(routine: RoutinePage, state: str) -> str:
    """The token of a link that has come to this state."""
    link, token = factories.link_to(routine)
    match state:
        case "an exercise withdrawn":
            withdrawing.withdraw(routine.items.get().exercise, by=link.created_by, reason="It hurt.")
        case "withdrawn":
            withdrawing.withdraw(routine, by=link.created_by, reason="It hurt.")
        case "unpublished":
            routine.unpublish()
        case "expired":
            ends = timezone.now() - timedelta(seconds=1)
            ShareLink.objects.filter(pk=link.pk).update(created_at=ends - timedelta(days=9), expires_at=ends)
        case "revoked":
            link.revoke()
        case "replaced":
            link.replace(link.created_by)
        case "unknown":
            return new_token()
        case "malformed":
            return token[:-1]
    return token


@pytest.mark.parametrize("language", NUMBERS)
@pytest.mark.parametrize("state", ANSWERS)
def test_sl3_every_state_has_its_answer_in_every_language(
    client: Client, routine: RoutinePage, both_languages: None, state: str, language: str
):
    token = token_of(written_in(language), state)
    with translation.override(language):
        asked = reverse("shared", kwargs={"token": token})
    assert asked.startswith("/s/" if language == "en-gb" else "/cy/s/")
    for method in ("get", "head"):
        assert getattr(client, method)(asked).status_code == ANSWERS[state]
    for method in ("post", "put", "patch", "delete", "options"):
        assert getattr(client, method)(asked).status_code == 405
    text = client.get(asked).content.decode()
    assert f'<html lang="{language}"' in text
    numbers = {number for number in NUMBERS.values() if f'href="tel:{number}"' in text}
    assert numbers == {NUMBERS[language]}
    assert ("Do not do these: taken out for safety" in text) is (state == "an exercise withdrawn")


def test_sl3_the_language_of_the_link_is_kept_at_another_languages_address(
    client: Client, routine: RoutinePage, both_languages: None
):
    token = token_of(written_in("cy"), "revoked")
    answer = client.get(f"/s/{token}/")
    assert answer.status_code == 410
    assert 'href="tel:112"' in answer.content.decode()
