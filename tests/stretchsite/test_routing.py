"""The addresses are a contract: each finds its page, and only that, whatever stands in the tree."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from wagtail import hooks
from wagtail.models import Page, Site

from exercises.models import ExercisePage
from stretchsite import routing
from stretchsite.models import HomePage
from testing import factories
from tests.stretchsite import small_site


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """One page of every kind, at its address."""
    with small_site.standing(django_db_blocker):
        yield


def pass_a_minute(monkeypatch: Any) -> None:
    """Let everything be forgotten that a process remembers for a minute."""
    later = time.time() + 61
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: later)
    monkeypatch.setattr("django.core.cache.backends.base.time.time", lambda: later)


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/", "Home"),
        ("/conditions/", "Conditions"),
        ("/conditions/tight-calves/", "Tight calves"),
        ("/exercises/", "Exercises"),
        ("/exercises/wall-calf-stretch/", "Wall calf stretch"),
        ("/routines/", "Routines"),
        ("/routines/calves/", "Calves"),
        ("/privacy/", "Privacy"),
    ],
)
def test_each_kind_of_page_has_its_address(everything: None, db: None, client: Client, address: str, title: str):
    response = client.get(address)
    assert response.status_code == 200
    assert f"<h1>{title}</h1>" in response.content.decode()
    assert Page.objects.get(pk=response.context["page"].pk).url == address


@pytest.mark.parametrize(
    "address",
    [
        "/exercises/calves/",
        "/routines/wall-calf-stretch/",
        "/conditions/privacy/",
        "/wall-calf-stretch/",
        "/exercises/wall-calf-stretch/more/",
        "/home/",
        "/home" + "/exercises/",
        "/exercises/exercises/",
        "/exercises/Wall-Calf-Stretch/",
        "/exercises/wall-calf-stretch%00/",
        "/exercises/../exercises/wall-calf-stretch/x/",
        "/exercises//wall-calf-stretch/",
        "/%C3%A9tirement/",
        "/exercises/%F0%9F%98%80/",
        "/exercises/%ff%fe/",
        f"/exercises/{'a' * 4000}/",
        "/de/exercises/wall-calf-stretch/",
        "/en-gb/exercises/wall-calf-stretch/",
        "/index.php",
        "/wp-admin/setup.php",
    ],
)
def test_anything_else_is_not_there(everything: None, db: None, client: Client, address: str):
    assert client.get(address).status_code == 404


def test_address_without_its_last_slash_leads_to_it(everything: None, db: None, client: Client):
    response = client.get("/exercises/wall-calf-stretch?x=1")
    assert response.status_code == 301
    assert response.headers["Location"] == "/exercises/wall-calf-stretch/?x=1"


def test_draft_is_not_there(everything: None, db: None, client: Client):
    ExercisePage.objects.get().unpublish()
    assert client.get("/exercises/wall-calf-stretch/").status_code == 404


def test_page_under_an_unpublished_list_is_still_there(everything: None, db: None, client: Client):
    ExercisePage.objects.get().get_parent().unpublish()
    assert client.get("/exercises/wall-calf-stretch/").status_code == 200
    assert client.get("/exercises/").status_code == 404


def test_changed_slug_moves_the_page_at_once(everything: None, db: None, client: Client):
    exercise = ExercisePage.objects.get()
    exercise.slug = "calf-at-the-wall"
    factories.publish(exercise)
    assert client.get("/exercises/wall-calf-stretch/").status_code == 404
    assert client.get("/exercises/calf-at-the-wall/").status_code == 200


def test_edited_page_is_read_at_once(everything: None, db: None, client: Client):
    assert "A gentle stretch." in client.get("/exercises/wall-calf-stretch/").content.decode()
    exercise = ExercisePage.objects.get()
    exercise.purpose = "Another purpose."
    factories.publish(exercise)
    assert "Another purpose." in client.get("/exercises/wall-calf-stretch/").content.decode()


def test_new_information_page_is_linked_everywhere_within_a_minute(
    everything: None, db: None, client: Client, monkeypatch: Any
):
    assert "/accessibility/" not in client.get("/routines/calves/").content.decode()
    words = {"title": "Accessibility", "slug": "accessibility", "introduction": "What we did."}
    page = factories.InformationPageFactory(parent=HomePage.objects.get(), **words)
    pass_a_minute(monkeypatch)
    for address in ("/", "/routines/calves/", "/nothing/"):
        assert "/accessibility/" in client.get(address).content.decode()
    page.unpublish()
    pass_a_minute(monkeypatch)
    assert "/accessibility/" not in client.get("/routines/calves/").content.decode()


def test_any_host_of_the_site_is_answered(everything: None, db: None, client: Client):
    assert client.get("/exercises/", headers={"host": "localhost"}).status_code == 200


def test_foreign_host_is_refused(everything: None, db: None, client: Client):
    assert client.get("/exercises/", headers={"host": "elsewhere.example"}).status_code == 400


def test_second_site_has_its_own_pages(everything: None, db: None, client: Client):
    words = {"title": "Other", "slug": "other", "introduction": "Another house."}
    other = factories.HomePageFactory(parent=Page.objects.get(depth=1), **words)
    Site.objects.create(hostname="localhost", root_page=other)
    Site.clear_site_root_paths_cache()
    routing.forget_roots()
    assert "Another house." in client.get("/", headers={"host": "localhost"}).content.decode()
    assert client.get("/exercises/", headers={"host": "localhost"}).status_code == 404
    assert client.get("/exercises/").status_code == 200


def test_root_of_a_site_is_remembered_for_a_minute_and_no_longer(
    everything: None, db: None, client: Client, monkeypatch: Any
):
    assert client.get("/exercises/").status_code == 200
    other = factories.HomePageFactory(parent=Page.objects.get(depth=1), title="Other", slug="other")
    Site.objects.update(root_page=other)
    pass_a_minute(monkeypatch)
    Site.clear_site_root_paths_cache()
    assert client.get("/exercises/").status_code == 404


def test_site_without_pages_is_not_there_and_no_fault(db: None, client: Client):
    Site.objects.all().delete()
    Site.clear_site_root_paths_cache()
    assert client.get("/").status_code == 404
    assert client.get("/exercises/wall-calf-stretch/").status_code == 404


@pytest.fixture
def served() -> Iterator[list[str]]:
    """The titles of the pages the platform was asked to serve."""
    titles: list[str] = []

    def note(page: Page, *_: Any) -> None:
        titles.append(page.title)

    with hooks.register_temporarily("before_serve_page", note):
        yield titles


def test_hooks_of_the_platform_run_on_contract_addresses(everything: None, db: None, client: Client, served: list[str]):
    client.get("/exercises/wall-calf-stretch/")
    client.get("/")
    assert served == ["Wall calf stretch", "Home"]
