"""M5 and H06: a page is shown within its own dates only, whether or not the clock's job has run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.models import ConditionPage, InformationPage
from testing import factories
from tests.stretchsite import small_site

OVER, NOT_YET = {"expire_at": timedelta(days=-1)}, {"go_live_at": timedelta(days=1)}
WITHIN = {"go_live_at": timedelta(days=-1), "expire_at": timedelta(days=1)}
OF_EACH_KIND = {
    "/exercises/wall-calf-stretch/": ExercisePage,
    "/routines/calves/": RoutinePage,
    "/conditions/restless-legs/": ConditionPage,
    "/privacy/": InformationPage,
}
#: Where another page names it: what is looked for, and where.
NAMED_ON = [
    (ExercisePage, "/exercises/wall-calf-stretch/", "/exercises/"),
    (ExercisePage, "/exercises/wall-calf-stretch/", "/routines/calves/"),
    (ExercisePage, "/exercises/wall-calf-stretch/", "/conditions/restless-legs/"),
    (ExercisePage, "/exercises/wall-calf-stretch/", "/search/?q=calf"),
    (RoutinePage, "/routines/calves/", "/routines/"),
    (RoutinePage, "/routines/calves/", "/"),
    (RoutinePage, "/routines/calves/", "/search/?q=calves"),
    (RoutinePage, "/routines/calves/", "/conditions/tight-calves/"),
    (ConditionPage, "/conditions/restless-legs/", "/conditions/"),
    (ConditionPage, "/conditions/restless-legs/", "/"),
    (ConditionPage, "/conditions/restless-legs/", "/exercises/wall-calf-stretch/"),
    (ConditionPage, "/conditions/restless-legs/", "/search/?q=restless"),
    (InformationPage, "/privacy/", "/"),
    (InformationPage, "/privacy/", "/search/?q=privacy"),
    *[(model, address, "/sitemap.xml") for address, model in OF_EACH_KIND.items()],
]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with small_site.standing(django_db_blocker):
        yield


def put(model: type[Any], dates: dict[str, timedelta]) -> None:
    """Give every page of a kind these dates, as if nothing had run since."""
    model.objects.update(**{field: timezone.now() + away for field, away in dates.items()})
    caches["process"].clear()


@pytest.mark.parametrize("dates", [OVER, NOT_YET], ids=["over", "not yet"])
@pytest.mark.parametrize(("address", "model"), OF_EACH_KIND.items())
def test_page_outside_its_dates_is_not_there(
    site: None, db: None, client: Client, address: str, model: type[Any], dates: dict[str, timedelta]
):
    put(model, dates)
    assert model.objects.filter(live=True).exists()
    assert client.get(address).status_code == 404
    with patch("clinical.wagtail_hooks.is_within_dates", return_value=True):  # the platform as it comes
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("address", "model"), OF_EACH_KIND.items())
def test_page_within_its_dates_is_shown(site: None, db: None, client: Client, address: str, model: type[Any]):
    put(model, WITHIN)
    assert client.get(address).status_code == 200
    assert address in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("dates", [OVER, NOT_YET], ids=["over", "not yet"])
@pytest.mark.parametrize(("model", "address", "elsewhere"), NAMED_ON)
def test_nothing_leads_to_a_page_outside_its_dates(
    site: None, db: None, client: Client, model: type[Any], address: str, elsewhere: str, dates: dict[str, timedelta]
):
    caches["process"].clear()
    assert address in client.get(elsewhere).content.decode()
    put(model, dates)
    assert address not in client.get(elsewhere).content.decode()


def test_routine_says_which_exercise_was_taken_out_when_its_time_is_over(site: None, db: None, client: Client):
    put(ExercisePage, OVER)
    page = client.get("/routines/calves/").content.decode()
    assert "Wall calf stretch" in page
    assert "Stand tall." not in page


@pytest.mark.parametrize("dates", [OVER, NOT_YET], ids=["over", "not yet"])
def test_routine_does_not_go_live_on_an_exercise_outside_its_dates(site: None, db: None, dates: dict[str, timedelta]):
    put(ExercisePage, dates)
    assert list(RoutinePage.objects.get().publish_errors()) == ["items"]


@pytest.mark.parametrize("address", [*OF_EACH_KIND, "/", "/exercises/", "/search/?q=calf"])
def test_dates_cost_no_query(site: None, db: None, client: Client, address: str):
    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        return len(asked)

    without = queries()
    for model in OF_EACH_KIND.values():
        put(model, WITHIN)
    assert queries() == without


def test_version_for_later_keeps_the_live_one_up(site: None, db: None, client: Client):
    exercise = ExercisePage.objects.get()
    exercise.go_live_at = timezone.now() + timedelta(days=1)
    exercise.purpose = "For tomorrow."
    factories.publish(exercise)
    page = client.get("/exercises/wall-calf-stretch/")
    assert page.status_code == 200
    assert factories.ExercisePageFactory.purpose in page.content.decode()
