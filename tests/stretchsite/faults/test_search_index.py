"""R-F9: an index of the search that is empty, behind or locked takes no page and no warning along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.search.models import IndexEntry

from exercises.models import ExercisePage
from stretchsite.models import IndexedWord
from tests.stretchsite import small_site

EXERCISE = "/exercises/wall-calf-stretch/"


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def site(standing: None, db: None) -> None:
    """The same, each change of which is taken back."""


def empty() -> None:
    IndexedWord.objects.all().delete()
    IndexEntry.objects.all().delete()


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_empty_index_takes_nothing_but_what_is_searched(client: Client):
    pages = ("/exercises/", "/routines/", "/conditions/", EXERCISE, f"{EXERCISE}sheet.json", "/routines/calves/")
    before = [read(client, page) for page in pages]
    empty()
    assert [read(client, page) for page in pages] == before
    nothing = read(client, "/search/?q=calf")
    assert f'href="{EXERCISE}"' not in nothing
    assert "0 results for" in nothing
    assert 'href="/exercises/"' in nothing


def test_sign_of_something_serious_is_read_without_an_index(client: Client):
    empty()
    assert "tel:999" in read(client, "/search/?q=chest+pain")


def test_index_that_is_behind_shows_nothing_that_is_not_live(client: Client):
    ExercisePage.objects.update(live=False)
    assert IndexedWord.objects.exists()
    assert f'href="{EXERCISE}"' not in read(client, "/search/?q=calf")
    assert f'href="{EXERCISE}"' not in read(client, "/search/?q=wall+lean")


def test_no_page_with_notes_asks_the_index(client: Client):
    with CaptureQueriesContext(connection) as asked:
        for page in (EXERCISE, "/routines/calves/", "/conditions/tight-calves/", f"{EXERCISE}sheet.json"):
            read(client, page)
    said = "\n".join(query["sql"].lower() for query in asked.captured_queries)
    assert "clinical_safetynote" in said
    for table in (IndexedWord._meta.db_table, IndexEntry._meta.db_table):
        assert table not in said
