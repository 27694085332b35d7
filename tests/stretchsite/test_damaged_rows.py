"""A row that holds what cannot be read takes its own page and cards along, and no other page of the site.

Written with raw SQL, as a damaged disk or somebody's script would: every road of the site refuses such values.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.models import Model
from django.test import Client

from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.models import ConditionPage
from tests.stretchsite import small_site

EXERCISE, ROUTINE, HUB = "/exercises/wall-calf-stretch/", "/routines/calves/", "/conditions/restless-legs/"
LISTS = ("/", "/conditions/", "/exercises/", "/routines/", "/search/?q=calf", "/sitemap.xml")
STOP_SIGNS = "numbness"

#: The table, the column, what is written there, and the page it is about.
DAMAGE = [
    (ExercisePage, "condition_ids", "null", EXERCISE),
    (ExercisePage, "condition_ids", "5", EXERCISE),
    (ExercisePage, "body_regions", "5", EXERCISE),
    (ExercisePage, "steps", "[5]", EXERCISE),
    (ExercisePage, "steps", "5", EXERCISE),
    (ExercisePage, "steps", '[{"type": "move", "value": null}]', EXERCISE),
    (RoutinePage, "advice", "5", ROUTINE),
    (RoutinePage, "moments", "5", ROUTINE),
    (RoutinePage, "chosen_despite", "5", ROUTINE),
    (ConditionPage, "what_it_is", "5", HUB),
]


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """A small site with a page of every kind."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.mark.parametrize(("model", "column", "value", "address"), DAMAGE)
def test_damaged_row_takes_nothing_but_its_own_page_along(
    model: type[Model], column: str, value: str, address: str, standing: None, db: None, client: Client
):
    with connection.cursor() as cursor:
        cast = "::jsonb" if connection.vendor == "postgresql" else ""
        cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s{cast}", [value])
        assert cursor.rowcount
    caches["process"].clear()
    for other in LISTS:
        assert client.get(other).status_code == 200, other
    answer = client.get(address)
    assert answer.status_code in {200, 503}
    assert STOP_SIGNS in answer.content.decode()
