"""Metrics: for whoever knows the token, of every request, naming no address; without a token nothing at all."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from routines.models import RoutinePage
from stretchsite.observing import metrics
from stretchsite.observing.metrics import Measures, NamesRoute
from stretchsite.observing.seen import ROUTE
from testing import factories
from tests.sharing.share_links import address
from tests.stretchsite import small_site
from tests.stretchsite.page_cache.asking import asked, in_front

TOKEN = "a-random-word-of-some-length"
EXERCISE = "/exercises/wall-calf-stretch/"


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture
def site(standing: None, db: None, settings: Any) -> None:
    """The same, with a token."""
    settings.METRICS_TOKEN = TOKEN


def told(client: Client, said: str = f"Bearer {TOKEN}") -> Any:
    return client.get("/metrics", headers={"authorization": said})


def test_without_a_token_in_the_settings_there_is_no_such_address(db: None, client: Client):
    assert told(client).status_code == 404
    assert told(client, "Bearer ").status_code == 404


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", TOKEN, "Bearer é"])
def test_whoever_does_not_know_the_token_is_told_nothing(site: None, client: Client, said: str):
    answer = told(client, said)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert b"stretchsite_" not in answer.content


def test_whoever_knows_it_reads_how_the_site_stands(site: None, client: Client):
    answer = told(client)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"].startswith("text/plain")
    for line in ('stretchsite_tasks{state="late"} 0.0', "stretchsite_database_answers 1.0", "stretchsite_info{"):
        assert line in answer.text


def test_where_the_database_does_not_answer_the_rest_is_said(
    site: None, client: Client, monkeypatch: pytest.MonkeyPatch
):
    def away() -> None:
        raise OperationalError("away")

    monkeypatch.setattr("clinical.background.queue.state", away)
    answer = told(client)
    assert answer.status_code == 200
    assert "stretchsite_database_answers 0.0" in answer.text


def test_what_the_page_cache_answers_counts_and_no_label_holds_an_address(site: None, client: Client, settings: Any):
    middleware = "stretchsite.observing.metrics.NamesRoute"
    settings.MIDDLEWARE = [settings.MIDDLEWARE[0], middleware, *settings.MIDDLEWARE[1:]]
    from django.core.handlers.wsgi import WSGIHandler

    cache = in_front(WSGIHandler())
    measured = Measures(cache)
    token = factories.link_to(RoutinePage.objects.get()).token

    def number(line: str) -> float:
        found = [each for each in told(client).text.splitlines() if each.startswith(line)]
        return float(found[0].rpartition(" ")[2]) if found else 0.0

    of_exercise = 'stretchsite_requests_total{method="GET",route="exercise",status="200"}'
    before = number(of_exercise)
    for _number in range(3):
        asked(measured, EXERCISE)
    asked(measured, address(token))
    asked(measured, f"/s/{'x' * 43}/")
    asked(measured, "/a/b/c/")
    asked(measured, EXERCISE, "TRACE")
    assert cache.answered == 2
    assert number(of_exercise) == before + 3
    assert number('stretchsite_requests_total{method="GET",route="shared",status="200"}') >= 1
    said = told(client).text
    assert token not in said
    assert "wall-calf" not in said
    assert "/s/" not in said


def test_middleware_names_the_address_and_nothing_else(rf: Any):
    request = rf.get("/x/")
    request.resolver_match = None
    assert NamesRoute(lambda _request: HttpResponse()).process_view(request, None, (), {}) is None
    assert request.META[ROUTE] == "other"


def test_without_a_token_nothing_of_it_is_loaded():
    script = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'stretchsite.settings.test'; import stretchsite.wsgi; "
        "sys.exit('prometheus_client' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=site_settings.BASE_DIR, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr


def test_a_token_that_can_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("METRICS_TOKEN", "secret")
    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN is too short"):
        runpy.run_path(str(Path(site_settings.BASE_DIR) / "stretchsite" / "settings" / "observing.py"))


class Worker:
    """What gunicorn hands over, as far as it is asked."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.log = self

    def error(self, words: str, *more: object) -> None:
        self.said.append(words % more)


def forked(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Worker:
    monkeypatch.setenv("METRICS_TOKEN", TOKEN)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(folder))
    worker = Worker()
    runpy.run_path(str(site_settings.BASE_DIR / "gunicorn.conf.py"))["post_fork"](None, worker)
    return worker


def test_a_worker_takes_the_room_for_its_measures_before_it_measures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    assert forked(monkeypatch, tmp_path).said == []
    assert {each.name for each in tmp_path.iterdir()} == {
        f"{kind}_{os.getpid()}.db" for kind in ("counter", "histogram")
    }
    assert all(each.stat().st_blocks * 512 >= 256 * 1024 for each in tmp_path.iterdir())


def test_a_worker_without_room_or_folder_measures_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    for folder in (tmp_path, tmp_path / "gone"):
        assert "No metrics from this worker" in forked(monkeypatch, folder).said[0]
        assert os.environ["METRICS_TOKEN"] == ""
    assert not list(tmp_path.iterdir())


def test_a_page_is_answered_where_it_cannot_be_counted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def gone(*_args: object) -> None:
        raise FileNotFoundError("counter_6035.db")

    monkeypatch.setattr(metrics.REQUESTS, "labels", gone)
    measured = Measures(lambda environ, start: [b"the page"])
    for _time in range(3):
        assert measured({"REQUEST_METHOD": "GET"}, lambda *said: None) == [b"the page"]
    assert caplog.text.count("A request was not counted") == 1
