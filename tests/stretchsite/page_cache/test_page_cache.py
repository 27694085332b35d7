"""The page cache: what is answered from memory is what Django would answer now; everything else Django answers."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from clinical.models import NoteTarget
from clinical.serving.waiting import WAITED
from clinical.withdrawal.withdrawing import withdraw
from exercises.models import ExercisePage
from routines.models import RoutineItem, RoutinePage
from stretchsite.models import InformationPage
from stretchsite.page_cache import front
from stretchsite.page_cache.front import PageCache
from stretchsite.page_cache.kept_answer import KeptAnswer, may_be_kept
from stretchsite.page_cache.move_triggers import UNSEEN
from testing import factories
from tests.stretchsite import small_site
from tests.stretchsite.page_cache.asking import Clock, OfThisTest, asked, django, in_front

EXERCISE, ROUTINE = "/exercises/wall-calf-stretch/", "/routines/calves/"


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture
def site(standing: None, db: None) -> None:
    """The same, each change of which is taken back."""


def sql(statement: str) -> None:
    """As somebody at the database's own prompt."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def a_note() -> None:
    factories.note_at(NoteTarget(everywhere=True), text="Not on ice.")


def a_withdrawal() -> None:
    withdraw(ExercisePage.objects.get(), by=factories.UserFactory.create(), reason="It hurt somebody.")


def a_restriction() -> None:
    PageViewRestriction.objects.create(page=ExercisePage.objects.get(), restriction_type="login")


def a_deletion() -> None:
    RoutineItem.objects.all().delete()
    RoutinePage.objects.get().delete()


def another_default_site() -> None:
    Site.objects.update(root_page=InformationPage.objects.get())


#: A kind of change, and a page that would have been wrong afterwards.
CHANGES = {
    "a note goes live": (a_note, EXERCISE),
    "the same, on a routine's data": (a_note, f"{ROUTINE}sheet.json"),
    "the same, on its resource": (a_note, f"{ROUTINE}fhir.json"),
    "the same, on a sheet of the API": (a_note, "/api/v1/exercises/wall-calf-stretch/"),
    "a withdrawal": (a_withdrawal, EXERCISE),
    "a withdrawal, on a sheet of the API": (a_withdrawal, "/api/v1/exercises/wall-calf-stretch/"),
    "a withdrawal, in a list of the API": (a_withdrawal, "/api/v1/exercises/"),
    "a withdrawal, on the routine": (a_withdrawal, ROUTINE),
    "a withdrawal, on the page to follow": (a_withdrawal, f"{ROUTINE}follow/"),
    "a page for some only": (a_restriction, EXERCISE),
    "a deletion": (a_deletion, "/routines/"),
    "unpublished by update()": (lambda: ExercisePage.objects.update(live=False), "/exercises/"),
    "a link at the foot, by update()": (lambda: InformationPage.objects.update(title="Your data"), "/"),
    "a page for some only, in a list of the API": (a_restriction, "/api/v1/exercises/"),
    "a condition's name, by SQL": (
        lambda: sql("UPDATE clinical_condition SET name = 'Stiff calves' WHERE slug = 'tight-calves'"),
        ROUTINE,
    ),
    "a row of a routine, by SQL": (lambda: sql("UPDATE routines_routineitem SET phase = 'cool_down'"), ROUTINE),
    "where the site begins": (another_default_site, EXERCISE),
}


@pytest.mark.parametrize(("change", "address"), CHANGES.values(), ids=CHANGES)
def test_change_is_seen_by_the_next_request(site: None, change: Callable[[], Any], address: str):
    cache = in_front()
    before = asked(cache, address)
    assert before.status == 200
    assert asked(cache, address).body == before.body
    assert cache.answered == 1
    change()
    after = asked(cache, address)
    assert cache.answered == 1
    assert (after.status, after.body) != (before.status, before.body)
    truth = asked(django(), address)
    assert (after.status, after.body) == (truth.status, truth.body)


def expiring(soon: datetime) -> None:
    ExercisePage.objects.update(expire_at=soon)


def going_live(soon: datetime) -> None:
    ExercisePage.objects.update(go_live_at=soon)


@pytest.mark.parametrize(("dates", "first", "then"), [(expiring, 200, 404), (going_live, 404, 200)])
def test_what_becomes_due_is_seen_though_nothing_is_written(
    site: None, dates: Callable[[datetime], None], first: int, then: int
):
    soon = timezone.now() + timedelta(minutes=5)
    dates(soon)
    clock = Clock()
    cache = in_front(clock=clock)
    for moment, status, listed in ((-2, first, first == 200), (-1, first, first == 200), (0, then, then == 200)):
        with clock.at(soon + timedelta(seconds=moment)):
            assert asked(cache, EXERCISE).status == status
            assert (EXERCISE in asked(cache, "/exercises/").said) is listed
    assert cache.answered == (2 if first == 200 else 1)


def test_review_is_overdue_with_the_day_where_the_site_is(site: None):
    clock = Clock()
    cache = in_front(clock=clock)
    # British summer time: the day ends an hour before the day of the servers.
    last = datetime(2028, 6, 1, 22, 59, 50, tzinfo=UTC)
    for seconds, is_overdue in ((0, False), (5, False), (15, True)):
        with clock.at(last + timedelta(seconds=seconds)):
            assert ("The review of this page is overdue" in asked(cache, EXERCISE).said) is is_overdue
    assert cache.answered == 1


def test_clock_that_is_set_back_empties_it(site: None):
    clock = Clock()
    cache = in_front(clock=clock)
    noon = timezone.now().replace(hour=12)
    for moment, answered in ((noon, 0), (noon + timedelta(minutes=1), 1), (noon - timedelta(hours=1), 1)):
        with clock.at(moment):
            asked(cache, EXERCISE)
        assert cache.answered == answered


def test_page_that_changes_while_it_is_made_is_not_kept(site: None):
    def interrupted(environ: Any, start_response: Any) -> Any:
        made = django()(environ, start_response)
        ExercisePage.objects.update(purpose="Another purpose.")
        return made

    cache = in_front(interrupted)
    assert "Another purpose." not in asked(cache, EXERCISE).said
    assert "Another purpose." in asked(cache, EXERCISE).said
    assert cache.answered == 0


def test_links_at_the_foot_are_of_the_generation_and_not_of_a_minute_ago(site: None):
    asked(django(), "/")  # the process now remembers them
    InformationPage.objects.update(title="Your data")
    assert "Privacy" in asked(django(), "/").said
    assert "Your data" in asked(in_front(), "/").said


def test_answer_from_memory_is_djangos_own(site: None):
    cache = in_front()
    truth, first, kept = (asked(each, EXERCISE) for each in (django(), cache, cache))
    assert cache.answered == 1
    assert {**kept.headers} == {**truth.headers} == {**first.headers}
    assert kept.body == truth.body
    for asked_for, coding, unpacked in (
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
    ):
        packed = asked(cache, EXERCISE, HTTP_ACCEPT_ENCODING=asked_for)
        assert (packed.headers["Content-Encoding"], unpacked(packed.body)) == (coding, truth.body)
        assert packed.headers["ETag"] == f"W/{truth.headers['ETag']}"
        assert packed.headers["Content-Length"] == str(len(packed.body))


def test_whoever_has_it_is_told_so_and_head_has_no_body(site: None):
    cache = in_front()
    tag = asked(cache, EXERCISE).headers["ETag"]
    for had in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = asked(cache, EXERCISE, HTTP_IF_NONE_MATCH=had, HTTP_ACCEPT_ENCODING="gzip")
        assert (again.status, again.body) == (304, b"")
        assert "Content-Type" not in again.headers
    assert asked(cache, EXERCISE, HTTP_IF_NONE_MATCH='"other"').status == 200
    head = asked(cache, EXERCISE, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert cache.answered == 6


def test_page_asked_for_with_a_tag_is_kept_too(site: None):
    tag, cache = asked(django(), EXERCISE).headers["ETag"], in_front()
    assert [asked(cache, EXERCISE, HTTP_IF_NONE_MATCH=tag).status for _number in range(2)] == [304, 304]
    assert cache.answered == 1


KEPT = [
    *("/", "/conditions/", "/conditions/tight-calves/", "/conditions/restless-legs/", "/exercises/", "/routines/"),
    *(EXERCISE, f"{EXERCISE}follow/", f"{EXERCISE}sheet.json", "/privacy/"),
    *(ROUTINE, f"{ROUTINE}follow/", f"{ROUTINE}share/", f"{ROUTINE}sheet.json"),
]


def test_no_page_that_is_kept_asks_a_table_that_does_not_tell_of_its_changes(site: None):
    cache = in_front()
    with CaptureQueriesContext(connection) as queries:
        for address in KEPT:
            assert asked(cache, address).status == 200, address
    asked_of = set(re.findall(r'"([a-z]+_[a-z_]+)"', " ".join(each["sql"] for each in queries)))
    assert asked_of & UNSEEN == {"stretchsite_generation"}
    for address in KEPT:
        asked(cache, address)
    assert cache.answered == len(KEPT)


NEVER_KEPT = {
    "a search": ("/search/", {}),
    "suggestions": ("/search/suggestions/", {}),
    "a query": ("/exercises/?region=hip", {}),
    "where a code is typed": ("/code/", {}),
    "a link": ("/s/unknown/", {}),
    "what is not there": ("/exercises/unknown/", {}),
    "a file": (f"{ROUTINE}handout.pdf", {}),
    "the way in": ("/admin/login/", {}),
    "health": ("/readyz", {}),
    "with a session": (EXERCISE, {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=somebody"}),
    "for somebody with a cookie": (EXERCISE, {"HTTP_COOKIE": "theme=dark"}),
}


def test_what_is_for_one_reader_or_has_no_end_of_variants_is_never_kept(site: None):
    cache = in_front()
    for what, (address, headers) in NEVER_KEPT.items():
        for _number in range(2):
            asked(cache, address, **headers)
        assert cache.answered == 0, what


@pytest.mark.parametrize("address", ["/healthz", "/readyz", f"{ROUTINE}handout.pdf", "/admin/login/", "/s/unknown/"])
def test_what_is_never_kept_waits_for_no_generation(address: str):
    """A database that is stopped keeps nobody from hearing at once that the process lives."""
    generations, told = Mock(settled_seconds=0.5), {}

    def say(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        told.update(environ)
        start_response("200 OK", [])
        return []

    asked(PageCache(say, generations), address)
    assert told["PATH_INFO"] == address
    assert generations.mock_calls == []


def test_what_was_waited_for_the_generation_is_told_to_the_page(site: None):
    """A reader's three seconds are one budget, of which the wait before the page is a part."""
    generations, told = Mock(settled_seconds=0.5), {}
    generations.current.side_effect = lambda: time.sleep(0.02) or ""

    def say(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        told.update(environ)
        start_response("200 OK", [])
        return []

    asked(PageCache(say, generations), EXERCISE)
    assert 0.02 <= told[WAITED] < 2


def test_a_file_is_not_sent_again_to_whoever_has_it_and_a_page_with_a_condition_is_djangos(site: None):
    cache, calendar = in_front(), f"{ROUTINE}routine.ics"
    tag = asked(django(), calendar).headers["ETag"]
    assert [asked(cache, calendar, HTTP_IF_NONE_MATCH=tag).status for _number in range(2)] == [304, 304]
    asked(cache, EXERCISE)
    for condition in ({"HTTP_IF_MATCH": '"other"'}, {"HTTP_IF_UNMODIFIED_SINCE": "Mon, 01 Jan 2001 00:00:00 GMT"}):
        assert asked(cache, EXERCISE, **condition).status == asked(django(), EXERCISE, **condition).status
    assert cache.answered == 0


def test_a_date_that_is_none_keeps_nothing_and_fails_no_page(site: None, monkeypatch: pytest.MonkeyPatch):
    def unreadable(since: Any) -> Any:
        raise ValueError("month must be in 1..12")

    monkeypatch.setattr("stretchsite.page_cache.shelf.soonest_end", unreadable)
    cache = in_front()
    assert [asked(cache, EXERCISE).status for _number in range(2)] == [200, 200]
    assert cache.answered == 0


def test_cookie_of_something_else_does_not_keep_anybody_from_memory(site: None):
    cache = in_front()
    asked(cache, EXERCISE)
    asked(cache, EXERCISE, HTTP_COOKIE="theme=dark")
    assert cache.answered == 1
    assert (
        "no-store" in asked(cache, EXERCISE, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=a").headers["Cache-Control"]
    )
    assert cache.answered == 1


def test_page_that_lacks_a_part_is_not_kept(site: None, monkeypatch: pytest.MonkeyPatch):
    def broken(*args: Any) -> None:
        raise RuntimeError("Broken.")

    monkeypatch.setattr("stretchsite.site_links._find", broken)
    cache = in_front()
    assert [asked(cache, EXERCISE).status for _number in range(2)] == [200, 200]
    assert cache.answered == 0


def test_where_the_generation_is_not_known_django_answers(site: None, monkeypatch: pytest.MonkeyPatch):
    cache = in_front()
    asked(cache, EXERCISE)
    monkeypatch.setattr(OfThisTest, "current", lambda self: "")
    assert asked(cache, EXERCISE).status == 200
    assert cache.answered == 0


def test_page_from_a_connection_that_sees_another_generation_is_not_kept(site: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(OfThisTest, "current", lambda self: "another")
    cache = in_front()
    assert [asked(cache, EXERCISE).status for _number in range(2)] == [200, 200]
    assert cache.answered == 0


def test_hosts_and_schemes_share_no_answer(site: None):
    cache = in_front()
    for differs in ({}, {"HTTP_HOST": "localhost"}, {"wsgi.url_scheme": "https"}):
        asked(cache, EXERCISE, **differs)
    assert cache.answered == 0


def test_what_was_asked_for_longest_ago_makes_room(site: None):
    cache = in_front()
    asked(cache, EXERCISE)
    room = sum(each.weight for each in cache._shelves._shelf._answers.values()) * 2
    small = in_front(most_bytes=room)
    for address in (EXERCISE, "/", "/privacy/", EXERCISE):
        asked(small, address)
    assert sum(each.weight for each in small._shelves._shelf._answers.values()) <= room
    assert len(small._shelves._shelf._answers) < 3


class Given:
    """An answer of Django's as far as it matters here."""

    kept_in_front, streaming = True, False


KEEPABLE = {"Content-Type": "text/html; charset=utf-8", "ETag": '"a"', "Cache-Control": "no-cache"}


SAYS_NO = [
    {"Cache-Control": "private"},
    {"Cache-Control": "max-age=0, no-store"},
    {"Set-Cookie": "a=b"},
    {"Vary": "Cookie, Accept-Encoding"},
    {"Content-Security-Policy": "script-src 'nonce-abc'"},
    {"Content-Type": "application/pdf"},
    {"ETag": ""},
]


def test_what_says_that_it_is_for_one_reader_is_not_kept():
    assert may_be_kept("200 OK", [*KEEPABLE.items()], Given())
    for says in SAYS_NO:
        assert not may_be_kept("200 OK", [*{**KEEPABLE, **says}.items()], Given()), says
    assert not may_be_kept("200 OK", [*KEEPABLE.items()], object())
    assert not may_be_kept("410 Gone", [*KEEPABLE.items()], Given())


def test_one_makes_a_page_and_others_wait_for_it():
    shelf = front.Shelf("a", 0.0, 1_000_000, lambda moment: moment + timedelta(days=1))
    place, answer = ("http", "/"), KeptAnswer.made_of([("ETag", '"a"')], b"a")
    assert shelf.begin_to_make(place) is None
    waits = shelf.begin_to_make(place)
    assert waits is not None
    assert not waits.is_set()
    shelf.put(place, answer)
    shelf.end_to_make(place)
    assert waits.is_set()
    assert shelf.get(place) is answer
    assert shelf.begin_to_make(place) is None


def test_long_names_of_a_host_take_room_too():
    shelf = front.Shelf("a", 0.0, 100_000, lambda moment: moment + timedelta(days=1))
    answer = KeptAnswer.made_of([("ETag", '"a"')], b"a")
    places = [("http", f"{number}{'x' * 30_000}", "/") for number in range(8)]
    for place in places:
        shelf.put(place, answer)
    assert [shelf.get(place) is not None for place in places] == [False] * 6 + [True] * 2
