"""One slow search cannot hold the site: it is ended, few are at work at once, and whoever asked is told in words."""

from __future__ import annotations

import logging
import runpy
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from clinical.models import User
from clinical.serving.capacity import room
from clinical.serving.waiting import patience
from stretchsite import bounded_searches
from stretchsite.finding import matches
from stretchsite.finding.room_to_search import Places, places
from stretchsite.models import HomePage
from testing import factories
from testing.hostile_questions import hostile_questions
from tests.stretchsite import small_site
from tests.tooling.sources import ROOT

SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(20)",
}
HELP = 'href="/is-it-safe/"'
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
#: What the suite tries of the hostile questions: every so manyth.
STEP = 7


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """One page of every kind, at its address."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture
def site(everything: None, db: None, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser of somebody who works here; searches have a moment, and whoever finds no place waits for none."""
    settings.SEARCH_SECONDS, settings.SEARCH_WAIT_SECONDS = 0.1, 0.01
    # A busy server has its time to say so; SQLite has none to wait for.
    monkeypatch.setattr(bounded_searches, "GRACE_SECONDS", 5.0 if connection.vendor == "postgresql" else 0)
    factories.InformationPageFactory(parent=HomePage.objects.get(), title="Is it safe for me?", slug="is-it-safe")
    client.get("/")  # from now on this process knows where help is
    client.force_login(User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("chief"))
    return client


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every search asks the database something that does not end."""

    def counts(*asked: Any) -> Any:
        with transaction.atomic(), connection.cursor() as cursor:
            return dict(cursor.execute(SLOW[connection.vendor]).fetchall())

    monkeypatch.setattr(matches, "_counts", counts)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every place is taken, the one for people who work here as well."""
    monkeypatch.setattr(places, "taken", 99)


def bound_of_the_server() -> str:
    if connection.vendor == "sqlite":
        return "0"
    with connection.cursor() as cursor:
        return str(cursor.execute("SHOW statement_timeout").fetchone()[0])


def test_slow_search_is_ended_told_in_words_and_leaves_everything_as_it_was(
    site: Client, slow: None, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    begun = time.monotonic()
    answer = site.get("/search/", {"q": "calf"})
    assert time.monotonic() - begun < 10
    words = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    assert "Search is busy" in words
    assert all(f'href="{there}"' in words for there in ("/search/?q=calf", "/exercises/", "/routines/", "/conditions/"))
    assert HELP in words
    assert "999" in words
    assert 'name="q" value="calf"' in words
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR or "calf" in record.getMessage()]
    assert "A search was ended" in caplog.text
    monkeypatch.undo()
    assert (places.taken, patience(), bound_of_the_server()) == (0, None, "0")
    assert site.get("/search/", {"q": "calf"}).status_code == 200


@pytest.mark.parametrize("why", ["slow", "full"])
def test_help_stands_first_where_the_words_ask_for_it_even_when_nothing_is_looked_for(
    site: Client, why: str, request: pytest.FixtureRequest
):
    request.getfixturevalue(why)
    # What is too long to be looked for is read all the same: its end too, and nothing that cannot be seen counts.
    unread = ("stretch " * 300 + "chest pain", "\u200b" * 2_000 + "numb") if why == "full" else ()
    for asked in ("thrombossis", "stretch " * 15 + "numb", *unread):
        words = site.get("/search/", {"q": asked}).content.decode()
        assert words.index("sign of something serious") < words.index("tel:111") < words.index(HELP)
        assert words.index(HELP) < words.index("search again")
    assert "not be alone" in site.get("/search/", {"q": "I want to die"}).content.decode()
    assert "sign of something serious" not in site.get("/search/", {"q": "calf"}).content.decode()
    for asked, is_first in (("calf cramp", True), ('cal"f', False)):
        words = site.get("/search/", {"q": asked}).content.decode()
        assert words.count('Cramp now? Where this site says what to do right now, its <a href="/">front page</a>') == 1
        assert (words.index("Cramp now?") < words.index("search again")) is is_first


@pytest.mark.parametrize("why", ["slow", "full"])
def test_every_search_has_an_end_and_an_answer(site: Client, why: str, request: pytest.FixtureRequest):
    request.getfixturevalue(why)
    offered = site.get("/search/suggestions/", {"q": "calf"})
    assert (offered.status_code, offered.content) == (503, b"")
    lists = ["exercises:index", "wagtailsnippets_clinical_condition:list", "sharing_programme_new"]
    for name in [*lists, "wagtailadmin_pages:search"]:
        refused = site.get(reverse(name), {"q": "calf", "from": "routines"})
        assert refused.status_code == 503, name
        assert f'href="{reverse(name)}?from=routines"' in refused.content.decode(), name
    for name in ("exercises:index_results", "wagtailadmin_choose_page_search", "wagtailadmin_pages:search_results"):
        said = site.get(reverse(name), {"q": "calf"}, headers=SCRIPT)
        assert said.status_code == 200, name
        assert said.content.decode().strip().startswith('<p class="help-block'), name
        assert "Search is busy" in said.content.decode(), name


def test_where_every_place_is_taken_whoever_asks_is_told_at_once_and_pages_are_there(site: Client, full: None):
    begun = time.monotonic()
    assert site.get("/search/", {"q": "calf"}).status_code == 503
    assert time.monotonic() - begun < 0.5
    for address in ("/", "/exercises/", "/search/", reverse("exercises:index")):
        assert site.get(address).status_code == 200
    assert places.taken == 99


def test_place_is_given_back_after_any_error_and_people_who_work_here_have_one_more(
    site: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
):
    site.raise_request_exception = False
    with patch("stretchsite.views.search_everything", side_effect=ValueError("broken")):
        assert site.get("/search/", {"q": "calf"}).status_code == 500
    assert places.taken == 0
    settings.SEARCHES_AT_ONCE, settings.SEARCH_SECONDS = 12, 60
    monkeypatch.setattr(room, "most", 6)
    monkeypatch.setattr(places, "taken", 2)
    assert site.get("/search/", {"q": "calf"}).status_code == 503
    assert site.get(reverse("exercises:index"), {"q": "calf"}).status_code == 200


def test_what_writes_is_no_search(site: Client, full: None):
    assert site.post(reverse("sharing_programme_new") + "?q=calf", {}).status_code != 503


def in_a_thread(work: Callable[[], Any]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_as_many_wait_as_may_search_and_the_next_is_told_at_once():
    held, told = Places(), list[bool]()
    assert held.take(1, 0)
    waiting = in_a_thread(lambda: told.append(held.take(1, 30)))
    while not held._waiting:
        time.sleep(0.001)
    assert not held.take(1, 30)
    held.leave()
    waiting.join(10)
    assert (told, held.taken) == ([True], 1)
    assert not held.take(1, 0.01)
    assert held.take(2, 0)


@pytest.mark.parametrize("number", ["0", "nan", "a few", "-1", "1e9"])
def test_bound_with_which_nothing_is_found_is_refused(monkeypatch: pytest.MonkeyPatch, number: str):
    monkeypatch.setenv("SEARCHES_AT_ONCE", number)
    with pytest.raises(ImproperlyConfigured, match="SEARCHES_AT_ONCE is"):
        runpy.run_path(str(Path(ROOT) / "stretchsite" / "settings" / "searching.py"))


def test_hostile_questions_are_answered_in_words(
    everything: None, db: None, client: Client, is_whole: bool, caplog: pytest.LogCaptureFixture
):
    questions = hostile_questions()
    assert len(questions) == len(set(questions)) == 200
    marked_up = [each for each in questions if "script" in each.lower() or "drop table" in each.lower()]
    assert marked_up
    some = questions if is_whole else [*questions[::STEP], *marked_up]
    for asked in some[::3]:
        assert client.get(f"/search/suggestions/?q={asked}").status_code == 200, asked
    for asked in some:
        answer = client.get(f"/search/?q={asked}")
        assert answer.status_code in {200, 400}, asked
        assert b"<script>alert" not in answer.content, asked
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
