"""Openings of public pages: counted in front of Django and behind, of readers alone, written by nobody's request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.models import DailyTotal, Generation
from stretchsite.models.daily_totals import add_totals
from stretchsite.observing.chart import chart_of
from stretchsite.observing.counting_pages import CountsPages
from testing import factories
from tests.clinical.publishing.roads import chief
from tests.sharing.share_links import address
from tests.sharing.test_share_link_openings import read_only
from tests.sharing.two_servers import PHONE
from tests.stretchsite import small_site
from tests.stretchsite.page_cache.asking import asked, django, in_front

EXERCISE, ROUTINE = "/exercises/wall-calf-stretch/", "/routines/calves/"
READER = {"HTTP_USER_AGENT": PHONE}


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture
def site(standing: None, db: None) -> None:
    """The same, each change of which is taken back."""


def counted(counts: CountsPages) -> dict[str, int]:
    """What stands in the database once it was written, by the last part of the page's address."""
    counts.totals.write()
    return {row.page.slug: row.count for row in DailyTotal.objects.select_related("page")}


def test_what_the_page_cache_answers_counts_as_what_django_answers(site: None):
    cache = in_front()
    counts = CountsPages(cache)
    for _number in range(3):
        answer = asked(counts, EXERCISE, **READER)
        asked(counts, EXERCISE, **READER, HTTP_IF_NONE_MATCH=answer.headers["ETag"])
    asked(counts, f"{ROUTINE}?utm_source=x", **READER)
    assert cache.answered == 5
    assert counted(counts) == {"wall-calf-stretch": 6, "calves": 1}
    assert {row.day for row in DailyTotal.objects.all()} == {timezone.localdate()}


def test_without_the_page_cache_the_same_counts(site: None):
    counts = CountsPages(django())
    tag = asked(counts, EXERCISE, **READER).headers["ETag"]
    asked(counts, EXERCISE, **READER, HTTP_IF_NONE_MATCH=tag)
    assert counted(counts) == {"wall-calf-stretch": 2}


def test_nothing_counts_but_readers_who_open_a_page(site: None):
    counts = CountsPages(in_front())
    token = factories.link_to(RoutinePage.objects.get()).token
    for path in (
        *(f"{EXERCISE}sheet.json", f"{EXERCISE}tell/", f"{EXERCISE}follow/", address(token), f"{address(token)}tell/"),
        *("/changes/", "/search/?q=calf", "/sitemap.xml", "/exercises/nothing/", "/admin/login/", "/healthz"),
    ):
        asked(counts, path, **READER)
    asked(counts, EXERCISE, "HEAD", **READER)
    for headers in (
        {},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {**READER, "HTTP_SEC_PURPOSE": "prefetch"},
        {**READER, "HTTP_SEC_FETCH_DEST": "empty"},
        {**READER, "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=x"},
    ):
        asked(counts, EXERCISE, **headers)
    assert counted(counts) == {}


def test_a_request_writes_nothing_and_a_batch_is_one_statement_that_empties_no_page_cache(site: None):
    counts = CountsPages(in_front())
    asked(counts, EXERCISE, **READER)
    with CaptureQueriesContext(connection) as told:
        for path in (EXERCISE, ROUTINE, "/", "/exercises/", "/privacy/"):
            asked(counts, path, **READER)
    assert not [each["sql"] for each in told if each["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
    generation = Generation.objects.get().value
    with CaptureQueriesContext(connection) as told:
        counts.totals.write()
    assert len([each for each in told if "INSERT" in each["sql"]]) <= 5
    assert len([each for each in told if " FROM " in each["sql"]]) == 1
    assert Generation.objects.get().value == generation
    assert DailyTotal.objects.count() == 5


def test_a_database_that_cannot_be_written_to_loses_no_count(site: None):
    counts = CountsPages(django())
    with read_only():
        asked(counts, EXERCISE, **READER)
        counts.totals.write()
    assert counted(counts) == {"wall-calf-stretch": 1}


def test_whatever_goes_wrong_with_counting_the_page_is_answered(site: None, monkeypatch: pytest.MonkeyPatch):
    counts = CountsPages(django())
    monkeypatch.setattr(counts.totals, "count", lambda *told: 1 / 0)
    assert asked(counts, EXERCISE, **READER).status == 200


def test_day_is_the_sites_own_and_not_the_worlds(site: None, settings: Any, monkeypatch: pytest.MonkeyPatch):
    settings.TIME_ZONE = "Asia/Kathmandu"  # a quarter to six before the world's midnight
    page, counts = ExercisePage.objects.get().pk, CountsPages(django())
    for hour, minute in ((18, 14), (18, 15)):
        at = datetime(2026, 5, 3, hour, minute, tzinfo=UTC).timestamp()
        monkeypatch.setattr("stretchsite.observing.counting_pages.time.time", lambda at=at: at)
        counts._count_one(page, {**READER, "REQUEST_METHOD": "GET"})
    counts.totals.write()
    assert {row.day: row.count for row in DailyTotal.objects.all()} == {date(2026, 5, 3): 1, date(2026, 5, 4): 1}


def test_two_processes_add_up_and_a_deleted_page_takes_only_its_own_number_along(site: None):
    page, today = ExercisePage.objects.get().pk, timezone.localdate()
    for _process in range(2):
        add_totals({(page, today): 3, (page + 1000, today): 5})
    assert [(row.page_id, row.count) for row in DailyTotal.objects.all()] == [(page, 6)]


def test_all_are_added_by_one_statement_however_many(site: None):
    pages, today = [ExercisePage.objects.get().pk, RoutinePage.objects.get().pk], timezone.localdate()
    for days in (1, 30):
        with CaptureQueriesContext(connection) as asked:
            add_totals({(page, today - timedelta(days=day)): 2 for page in pages for day in range(days)})
        written = [each["sql"] for each in asked if each["sql"].startswith("INSERT")]
        assert len(written) == 1
    assert DailyTotal.objects.count() == 60
    assert {row.count for row in DailyTotal.objects.filter(day=today)} == {4}


def test_days_are_kept_for_a_little_more_than_two_years(site: None):
    page, today = ExercisePage.objects.get(), timezone.localdate()
    for days in (799, 800):
        DailyTotal.objects.create(page=page, day=today - timedelta(days=days), count=9)
    call_command("purge_share_links", stdout=(said := StringIO()))
    assert said.getvalue().startswith("0 share links removed, and what is kept no longer of openings, ")
    assert [today - row.day for row in DailyTotal.objects.all()] == [timedelta(days=799)]


def test_admin_shows_them_as_table_and_chart_and_file_at_the_same_cost_for_few_and_many(site: None, client: Client):
    today, costs = timezone.localdate(), []
    pages = [ExercisePage.objects.get().pk, RoutinePage.objects.get().pk]
    client.force_login(chief())
    for days in (range(2), range(2, 29)):
        for number in days:
            add_totals({(page, today - timedelta(days=number)): 5 + number for page in pages})
        for path in (reverse("page_totals"), f"{reverse('page_totals')}?export=csv"):
            client.get(path)
            with CaptureQueriesContext(connection) as told:
                said = b"".join(client.get(path)).decode()
            costs.append((path, len(told)))
    assert len(set(costs)) == 2, costs
    assert said.count("\n") == 1 + 2 * 29
    assert said.splitlines()[0] == "Day,Page,Opened"
    shown = client.get(reverse("page_totals")).content.decode()
    assert shown.count("<rect ") == 29
    assert "opened 1102 times" in shown
    assert ' style="' not in shown.partition('<div class="chart"')[2].partition("</svg>")[0]
    filtered = client.get(reverse("page_totals"), {"title": "wall", "day_from": today, "day_to": today})
    assert "opened 5 times, at most 5" in filtered.content.decode()


def test_days_without_any_are_in_the_chart_and_its_words_say_what_it_shows():
    drawn = chart_of([(date(2026, 5, 1), 4), (date(2026, 5, 2), 0), (date(2026, 5, 3), 2)])
    assert drawn.count("<rect ") == 3
    assert "From 1 May 2026 to 3 May 2026: opened 6 times, at most 4 on one day." in drawn
    assert "<text" not in drawn, "letters within the drawing shrink with it"
    assert '<span class="chart__days" aria-hidden="true"><span>1 May 2026</span><span>3 May 2026</span></span>' in drawn
    assert chart_of([(date(2026, 5, 1), 4)]).count("<span>1 May 2026</span>") == 1
    assert chart_of([]) == ""
