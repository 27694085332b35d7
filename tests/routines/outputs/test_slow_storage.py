"""A bucket that answers late costs photos and drawings; threads and room stay for pages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from clinical.pictures.shown_file import shown_picture
from clinical.serving.capacity import room, turns_at_files
from clinical.web.admission import AsksForRoom, BoundedWaits
from exercises import drawings
from stretchsite.settings.buckets import NO_REGION, Bucket
from tests import bucket_server

#: As gunicorn.conf.py has it.
THREADS = 16


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A slow one, which a worker of the usual size uses."""
    monkeypatch.setattr(room, "most", THREADS - 2)
    turns_at_files.forget()
    with bucket_server.bad_server() as bad:
        bad.does = bucket_server.SLOW
        bucket_server.use(settings, Bucket("stretchsite-slow", bad.endpoint, NO_REGION, "access", "secret"))
        yield bad
    turns_at_files.forget()


def picture(number: int) -> HttpResponse:
    """One picture, as far as it has to do with room."""
    asks = AsksForRoom(lambda _request: HttpResponse())

    def answered(request: HttpRequest) -> HttpResponse:
        refused = asks.process_view(request, shown_picture, (), {})
        if refused:
            return refused
        try:
            return shown_picture(request, f"{number}.webp")
        except OSError as away:
            told = asks.process_exception(request, away)
            assert told
            return told

    return BoundedWaits(answered)(RequestFactory().get(f"/media/images/{number}.webp"))


def drawing(number: int) -> str | None:
    """One drawing of a figure, as a reader asks for it."""
    found: list[str | None] = []

    def answered(_request: HttpRequest) -> HttpResponse:
        found.append(drawings.stored(f"{number:020}"))
        return HttpResponse()

    BoundedWaits(answered)(RequestFactory().get("/figures/a.svg"))
    return found[0]


@pytest.mark.parametrize("does", [bucket_server.SLOW, bucket_server.HANGS])
@pytest.mark.usefixtures("exercise")
def test_page_is_answered_however_many_wait_for_pictures(client: Client, server: Any, does: str):
    server.does = does
    with ThreadPoolExecutor(THREADS) as others:
        asked = [others.submit(picture, number) for number in range(40)]
        time.sleep(0.1)
        for _time in range(3):
            assert client.get("/").status_code == 200
        time.sleep(0.6)
        assert len([each for each in asked if not each.done()]) <= 3, "the others were told at once"
        assert client.get("/").status_code == 200
        server.ends.set()
        wait(asked)
    told = [each.result() for each in asked]
    refused = [each for each in told if each.status_code == 503]
    assert len(refused) >= 30
    assert {each["Cache-Control"] for each in refused} == {"no-store"}
    assert room.enter(urgent=False), "what went in came out"
    room.leave()


def test_drawings_are_waited_for_by_as_few(server: Any):
    with ThreadPoolExecutor(THREADS) as others:
        asked = [others.submit(drawing, number) for number in range(40)]
        time.sleep(0.7)
        assert len([each for each in asked if not each.done()]) <= 3
        server.ends.set()


def test_pictures_of_one_page_stand_in_line_where_the_storage_is_quick(server: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bucket_server, "SLOW_SECONDS", 0.03)
    with ThreadPoolExecutor(THREADS) as others:
        told = list(others.map(picture, range(10)))
    assert [each.status_code for each in told] == [200] * 10
