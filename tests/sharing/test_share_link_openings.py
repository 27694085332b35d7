"""PD5: one number a routine and day, of readers alone; counting changes no page, writes in no request, fails nobody."""

from __future__ import annotations

import io
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, NoReturn

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinical.serving.waiting import Busy
from routines.models import RoutinePage
from sharing import counting
from sharing.models import DailyOpenings
from sharing.models.openings import count_in_words, with_openings
from testing import factories
from tests.sharing.share_links import address, every_table
from tests.sharing.test_share_link_answers import AGENTS
from tests.sharing.two_servers import PHONE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tally(monkeypatch: pytest.MonkeyPatch) -> counting.Tally:
    """Nothing is left over from another test."""
    fresh = counting.Tally()
    monkeypatch.setattr(counting, "tally", fresh)
    return fresh


@pytest.fixture
def phone() -> Client:
    """A patient's."""
    return Client(headers={"user-agent": PHONE})


@contextmanager
def read_only() -> Iterator[None]:
    """A database that refuses every write, as on a full or a failing disk."""
    is_sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON" if is_sqlite else "SET TRANSACTION READ ONLY")
        try:
            yield
        finally:
            if is_sqlite:
                cursor.execute("PRAGMA query_only = OFF")
            transaction.set_rollback(True)


def counted() -> dict[tuple[int, date], int]:
    return {(row.routine_id, row.day): row.count for row in DailyOpenings.objects.all()}


def test_pd5_openings_of_all_links_are_one_number_a_routine_and_day(
    phone: Client, routine: RoutinePage, tally: counting.Tally
):
    tokens = [factories.link_to(routine).token for _number in range(2)]
    today = timezone.localdate()
    for rounds in (1, 2):
        for token in tokens:
            assert phone.get(address(token)).status_code == 200
        tally.write()
        assert counted() == {(routine.pk, today): 2 * rounds}
    assert {field.name for field in DailyOpenings._meta.get_fields()} == {"id", "routine", "day", "count"}


def test_pd5_a_request_writes_nothing(phone: Client, routine: RoutinePage, tally: counting.Tally):
    _link, token = factories.link_to(routine)
    before = every_table()
    phone.get(address(token))
    assert every_table() == before
    tally.write()
    assert every_table() != before


MACHINES = {f"agent of {name}": {"user-agent": agent} for name, agent in AGENTS.items()} | {
    "a program": {"user-agent": "curl/8.5.0"},
    "no agent": {"user-agent": ""},
    "a browser without a face": {"user-agent": PHONE.replace("Chrome", "HeadlessChrome")},
    "a search engine": {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
    "prefetch": {"user-agent": PHONE, "sec-purpose": "prefetch"},
    "prerender": {"user-agent": PHONE, "sec-purpose": "prefetch;prerender"},
    "older prefetch": {"user-agent": PHONE, "purpose": "prefetch"},
    "a copy that is renewed": {"user-agent": PHONE, "sec-fetch-dest": "empty"},
}


@pytest.mark.parametrize("headers", MACHINES.values(), ids=list(MACHINES))
def test_pd5_only_readers_count(client: Client, routine: RoutinePage, tally: counting.Tally, headers: dict[str, str]):
    _link, token = factories.link_to(routine)
    assert client.get(address(token), headers=headers).status_code == 200
    tally.write()
    assert counted() == {}


@pytest.mark.parametrize("asks", ["head", "an output", "an ended link", "somebody who works here"])
def test_pd5_only_a_page_that_somebody_reads_counts(
    phone: Client, routine: RoutinePage, tally: counting.Tally, asks: str
):
    link, token = factories.link_to(routine)
    match asks:
        case "head":
            phone.head(address(token))
        case "an output":
            phone.get(f"{address(token)}sheet.json")
        case "an ended link":
            link.revoke()
            phone.get(address(token))
        case _:
            phone.force_login(link.created_by)
            answer = phone.get(address(token))
            assert answer.status_code == 200
    tally.write()
    assert counted() == {}


def test_pd5_a_reader_is_not_told_apart_by_a_cookie(phone: Client, routine: RoutinePage, tally: counting.Tally):
    _link, token = factories.link_to(routine)
    assert "Cookie" not in phone.get(address(token)).get("Vary", "")


def test_pd5_a_database_that_cannot_be_written_to_fails_no_page_and_loses_no_count(
    phone: Client, routine: RoutinePage, tally: counting.Tally, caplog: Any
):
    _link, token = factories.link_to(routine)
    with read_only():
        for _number in range(3):
            assert phone.get(address(token)).status_code == 200
            tally.write()
    assert caplog.text.count("will be tried again") == 3
    assert token not in caplog.text
    tally.write()
    assert counted() == {(routine.pk, timezone.localdate()): 3}


def test_pd5_what_waits_for_another_writer_is_counted_later_and_is_no_fault(
    phone: Client, routine: RoutinePage, tally: counting.Tally, monkeypatch: pytest.MonkeyPatch, caplog: Any
):
    def busy(_counts: Any) -> NoReturn:
        raise Busy("Somebody else is writing.")

    _link, token = factories.link_to(routine)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(counting.openings, "add", busy)
        assert phone.get(address(token)).status_code == 200
        tally.write()
    assert [(each.levelname, "counted later" in each.message) for each in caplog.records] == [("WARNING", True)]
    tally.write()
    assert counted() == {(routine.pk, timezone.localdate()): 1}


def test_pd5_whatever_goes_wrong_with_counting_the_page_is_shown(
    phone: Client, routine: RoutinePage, tally: counting.Tally, monkeypatch: pytest.MonkeyPatch, caplog: Any
):
    monkeypatch.setattr(tally, "add", lambda *told: 1 / 0)
    _link, token = factories.link_to(routine)
    assert phone.get(address(token)).status_code == 200
    assert "could not be counted" in caplog.text


def test_pd5_a_thousand_at_once_are_all_counted(tally: counting.Tally, monkeypatch: pytest.MonkeyPatch):
    """In one process; over two of them, with real requests, it is asked of two servers."""
    written: Counter[tuple[int, date]] = Counter()
    monkeypatch.setattr(counting.openings, "add", written.update)
    today = date(2026, 5, 3)

    def read() -> None:
        for number in range(50):
            tally.add(number % 2, today)
            if number % 10 == 0:
                tally.write()

    readers = [threading.Thread(target=read) for _number in range(20)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    tally.write()
    assert written == {(0, today): 500, (1, today): 500}


def test_pd5_a_thread_writes_after_a_while(tally: counting.Tally, settings: Any, monkeypatch: pytest.MonkeyPatch):
    settings.OPENINGS_WRITTEN_AFTER_SECONDS = 0.01
    written: list[Any] = []
    done = threading.Event()
    refusals = iter([OperationalError("read-only")])

    def add(counts: Any) -> None:
        for refusal in refusals:
            raise refusal
        written.append(dict(counts))
        done.set()

    monkeypatch.setattr(counting.openings, "add", add)
    monkeypatch.setattr("atexit.register", lambda *told: None)
    tally.add(7, date(2026, 5, 3))
    assert done.wait(20)
    assert written == [{(7, date(2026, 5, 3)): 1}]


@pytest.mark.parametrize(("count", "shown"), [(0, "<5"), (4, "<5"), (5, "5"), (120, "120")])
def test_pd5_fewer_than_five_are_not_shown(count: int, shown: str):
    assert count_in_words(count) == shown


def test_pd5_practitioners_see_the_openings_of_thirty_days_in_the_list_of_routines(
    client: Client, routine: RoutinePage
):
    today = timezone.localdate()
    for days, count in ((0, 4), (29, 3), (30, 1000)):
        routine.daily_openings.create(day=today - timedelta(days=days), count=count)
    assert with_openings(RoutinePage.objects.all()).get().openings_lately == 7
    client.force_login(factories.UserFactory.create(is_superuser=True))
    listed = client.get(reverse("routines:index")).content.decode()
    assert "Shared links opened, 30 days" in listed
    assert "<td >7</td>".replace(" ", "") in listed.replace(" ", "").replace("\n", "")


def test_pd5_a_routine_that_is_deleted_meanwhile_takes_only_its_own_count_along(
    routine: RoutinePage, tally: counting.Tally
):
    today = timezone.localdate()
    tally.add(routine.pk, today)
    tally.add(routine.pk + 1000, today)
    tally.write()
    assert counted() == {(routine.pk, today): 1}


def test_pd5_days_are_kept_for_a_little_more_than_a_year(routine: RoutinePage):
    today = timezone.localdate()
    for days in (399, 400):
        routine.daily_openings.create(day=today - timedelta(days=days), count=9)
    call_command("purge_share_links", stdout=io.StringIO())
    assert [today - row.day for row in DailyOpenings.objects.all()] == [timedelta(days=399)]
