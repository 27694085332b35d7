"""A page of a long list in the admin is the page it would be, and what is said of entries is asked of those on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from clinical.admin.keys_first import keys_first
from exercises.models import ExerciseIndexPage
from testing import factories


@pytest.fixture
def index(exercise_index: ExerciseIndexPage) -> ExerciseIndexPage:
    """A list of five exercises."""
    for number in range(5):
        words = {"title": f"Reach {number}", "slug": f"reach-{number}"}
        exercise_index.add_child(instance=factories.draft_exercise(**words, live=False))
    return exercise_index


@pytest.mark.parametrize("place", [slice(0, 2), slice(3, 5), slice(4, 20), slice(9, 12), slice(None, 3)])
def test_slice_is_what_it_was_and_only_its_keys_are_looked_for_among_all(index: ExerciseIndexPage, place: slice):
    listed = Page.objects.child_of(index).order_by("-title").specific().annotate_approved_schedule()
    with CaptureQueriesContext(connection) as queries:
        found = list(keys_first(listed)[place])
    expected = list(listed)[place]
    assert [(type(each), each.pk, each._approved_schedule) for each in found] == [
        (type(each), each.pk, each._approved_schedule) for each in expected
    ]
    cut = [each["sql"] for each in queries.captured_queries if "LIMIT" in each["sql"].rpartition("ORDER BY")[2]]
    assert len(cut) == 1
    assert "_approved_schedule" not in cut[0]


def test_tree_of_pages_is_found_by_keys_first(index: ExerciseIndexPage, admin_client: Client):
    address = reverse("wagtailadmin_explore", args=[index.pk])
    with CaptureQueriesContext(connection) as queries:
        words = admin_client.get(address, {"ordering": "-title"}).content.decode()
    assert words.index("Reach 4") < words.index("Reach 0")
    said = [each["sql"] for each in queries.captured_queries if "_approved_schedule" in each["sql"]]
    assert said
    assert not any("LIMIT" in sql.rpartition("ORDER BY")[2] for sql in said)
    assert "Reach 3" in admin_client.get(address, {"q": "Reach 3"}).content.decode()
