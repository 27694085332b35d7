"""A page that is renamed is still found at the address that is printed, and so is all that stands under it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from exercises.models import ExercisePage
from testing import factories


@pytest.fixture
def renamed(db: None, exercise: ExercisePage, django_capture_on_commit_callbacks: Any) -> ExercisePage:
    """An exercise whose address was "calf" and is "heel" now, as its author changed it and a colleague approved."""
    for slug in ("calf", "heel"):
        page = ExercisePage.objects.get(pk=exercise.pk)
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            factories.publish(page)
    return ExercisePage.objects.get(pk=exercise.pk)


@pytest.mark.parametrize("below", ["", "follow/", "sheet.json", "card.png"])
def test_old_address_of_a_renamed_page_leads_to_the_new_one(renamed: ExercisePage, client: Client, below: str):
    answer = client.get(f"/exercises/calf/{below}")
    assert answer.status_code == 301
    assert answer["Location"].endswith(f"/exercises/heel/{below}")
    assert client.get(f"/exercises/heel/{below}").status_code == 200


def test_what_is_printed_with_a_query_is_found_too(renamed: ExercisePage, client: Client):
    assert client.get("/exercises/calf/?utm_source=paper")["Location"].endswith("/exercises/heel/")


def test_page_that_takes_the_old_address_is_shown_there(renamed: ExercisePage, client: Client):
    factories.publish(renamed.get_parent().add_child(instance=factories.draft_exercise(title="Calf", slug="calf")))
    assert client.get("/exercises/calf/").status_code == 200


def test_draft_with_another_address_leaves_nothing_behind(
    db: None, exercise: ExercisePage, django_capture_on_commit_callbacks: Any
):
    exercise.slug = "another"
    with django_capture_on_commit_callbacks(execute=True):
        exercise.save_revision()
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("address", ["/s/no-such-token/", "/admin/no-such-screen/", "/static/no-such-file.css"])
def test_addresses_below_which_no_page_stands_are_never_looked_up(db: None, client: Client, address: str):
    Redirect.add_redirect(address, "/exercises/")
    assert "Location" not in client.get(address) or "/exercises/" not in client.get(address)["Location"]


def test_address_nobody_ever_had_is_not_found(renamed: ExercisePage, client: Client):
    assert client.get("/exercises/shoulder/").status_code == 404


def test_address_is_never_led_off_this_site(db: None, client: Client):
    Redirect.add_redirect("/exercises/old/", "https://elsewhere.example/")
    assert client.get("/exercises/old/").status_code == 404
