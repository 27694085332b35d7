"""Sharing a public routine: its link, its code, its card; nothing secret, nothing needed from a script."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from clinical.outputs.share_card import ShareCard, card_png
from exercises.models import ExercisePage
from routines.models import RoutinePage
from testing import factories
from tests.hostile_texts import HOSTILE

PAGES = ["/exercises/wall-calf-stretch/", "/routines/calves/"]
CARD = ShareCard(kind="Routine", title="Calves", facts="4 minutes", site_name="Stretchsite", language="en-gb")


def told(page: str) -> dict[str, str]:
    """What message programs are told, by property."""
    found = re.findall(r'<meta property="og:([a-z_:]+)" content="([^"]*)">', page)
    return {name: unescape(content) for name, content in found}


@pytest.fixture
def _own_storage(settings: Any) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("_own_storage")
def test_link_to_a_page_has_a_card_that_never_changes(routine: RoutinePage, client: Client, address: str):
    preview = told(client.get(address).content.decode())
    assert preview["url"] == f"http://testserver{address}"
    assert preview["description"].endswith("Read its safety notes first.")
    picture = client.get(preview["image"].removeprefix("http://testserver"))
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/png")
    assert picture.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(picture.content)).size == (1200, 630)
    assert client.get(f"{address}card.png?v=old").headers["Cache-Control"] == "no-cache"


@pytest.mark.usefixtures("_own_storage")
def test_card_is_made_when_the_page_is_published(
    routine: RoutinePage, django_capture_on_commit_callbacks: Any, client: Client
):
    with django_capture_on_commit_callbacks(execute=True):
        routine.title = "Calves and feet"
        factories.approve(routine)
        routine.save_revision().publish()
    [made] = default_storage.listdir(f"cards/{routine.content_key}")[1]
    assert f"{made.removesuffix('.png')}" in told(client.get("/routines/calves/").content.decode())["image"]


def test_card_that_cannot_be_made_keeps_nothing_from_being_live(
    routine: RoutinePage, django_capture_on_commit_callbacks: Any, monkeypatch: Any
):
    def broken(*_: Any) -> bytes:
        raise RuntimeError("no typesetter")

    monkeypatch.setattr("clinical.pages.link_previews.card_png", broken)
    with django_capture_on_commit_callbacks(execute=True):
        routine.title = "Another"
        factories.approve(routine)
        routine.save_revision().publish()
    assert RoutinePage.objects.get().title == "Another"


@pytest.mark.usefixtures("_own_storage")
def test_card_of_a_page_that_only_some_may_see_is_not_kept(routine: RoutinePage, client: Client):
    routine.view_restrictions.create(restriction_type="login")
    assert client.get("/routines/calves/card.png").status_code == 302


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_title_is_a_picture_like_any_other(text: str):
    card = ShareCard(kind=text, title=text, facts=text, site_name=text, language="en-gb")
    assert Image.open(io.BytesIO(card_png(card, lambda _name: "").content)).size == (1200, 630)


def test_another_card_has_another_digest():
    others = [
        ShareCard(kind="Routine", title=title, facts="4 minutes", site_name="Stretchsite", language="en-gb")
        for title in ("Calves", "Feet")
    ]
    assert [card.digest == CARD.digest for card in others] == [True, False]


def test_share_page_has_the_link_its_code_and_the_ways(routine: RoutinePage, client: Client):
    page = client.get("/routines/calves/share/").content.decode()
    address = "http://testserver/routines/calves/"
    assert f'aria-label="QR code of {address}"' in page
    assert f">{address}</p>" in page
    assert "mailto:?subject=Calves&amp;body=http%3A%2F%2Ftestserver%2Froutines%2Fcalves%2F" in page
    assert 'action="/routines/calves/handout.pdf" method="get"' in page
    assert 'action="/routines/calves/routine.ics" method="get"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'href="/routines/calves/share/"' in client.get("/routines/calves/").content.decode()


def test_what_the_forms_suggest_is_taken(routine: RoutinePage, client: Client):
    page = client.get("/routines/calves/share/").content.decode()
    form = page[page.index("routine.ics") :]
    fields = dict(re.findall(r'name="(start|time|weeks)"[^>]*value="([^"]+)"', form))
    assert set(fields) == {"time", "weeks"}
    assert 'name="start"' in form, "left empty it is today: a day in the page would make it another page every day"
    fields["start"] = ""
    assert client.get("/routines/calves/routine.ics", fields).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_hostile_title_stays_words_on_the_page(
    exercise: ExercisePage, routine: RoutinePage, client: Client, address: str
):
    evil = '</title></script><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    for page in (exercise, routine):
        page.title, page.purpose = evil, evil
        factories.approve(page)
        page.save_revision().publish()
    words = client.get(address).content.decode()
    assert "<script>alert" not in words
    assert "<img src=x" not in words
    assert told(words)["title"] == evil
    assert words.count("</script>") == words.count("<script")
