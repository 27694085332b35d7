"""SL4, SL7, SL12, PD4: a link ends by itself, reading uses nothing up, guessing is slowed down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from clinical.models import RateCount
from clinical.serving import rate_limits
from clinical.serving.networks import network_of
from routines.models import RoutinePage
from sharing import guessing as misses
from sharing.models import ShareLink
from sharing.tokens import new_token
from testing import factories
from tests.sharing.share_links import address, every_table

pytestmark = pytest.mark.django_db


# SL4: it always ends


@pytest.mark.parametrize("days", [366, 0, -1])
def test_sl4_the_database_refuses_a_link_without_a_near_end(routine: RoutinePage, days: int):
    link, _token = factories.link_to(routine)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShareLink.objects.filter(pk=link.pk).update(expires_at=link.created_at + timedelta(days=days))


def test_sl4_a_link_is_open_until_its_last_second(
    client: Client, routine: RoutinePage, monkeypatch: pytest.MonkeyPatch
):
    link, token = factories.link_to(routine)
    for seconds, status in ((-1, 200), (1, 410)):
        monkeypatch.setattr(timezone, "now", lambda: link.expires_at + timedelta(seconds=seconds))  # noqa: B023  (used at once)
        assert client.get(address(token)).status_code == status


def test_sl4_at_most_a_year(routine: RoutinePage):
    link, _token = factories.link_to(routine, days=365)
    assert link.expires_at - link.created_at <= timedelta(days=365)
    with pytest.raises(ValidationError):
        factories.link_to(routine, expires_at=timezone.now() + timedelta(days=366))


# SL7, SL12: reading changes nothing, guessing is slowed down


def test_sl7_scanners_use_nothing_up(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    before = every_table()
    for number in range(50):
        fetch = client.head if number % 2 else client.get
        assert fetch(address(token), headers={"user-agent": "BarracudaCentral/1.0"}).status_code == 200
    assert client.get(address(token)).status_code == 200
    assert every_table() == before


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_sl7_nothing_can_be_sent_to_a_link(client: Client, routine: RoutinePage, method: str):
    _link, token = factories.link_to(routine)
    answer = getattr(client, method)(address(token))
    assert answer.status_code == 405
    assert answer["Referrer-Policy"] == "no-referrer"


def test_sl12_guessing_is_slowed_down_and_the_right_link_stays_open(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    statuses = [client.get(address(new_token()), REMOTE_ADDR=f"203.0.113.{n % 250}").status_code for n in range(1000)]
    assert statuses.count(429) >= 950
    assert statuses.count(404) == misses.MOST_MISSES
    last = client.get(address(new_token()), REMOTE_ADDR="203.0.113.7")
    assert 0 < int(last["Retry-After"]) <= misses.WINDOW_SECONDS
    assert 'href="tel:999"' in last.content.decode()
    assert client.get(address(token), REMOTE_ADDR="203.0.113.7").status_code == 200
    assert client.get(address(new_token()), REMOTE_ADDR="198.51.100.7").status_code == 404


def test_sl12_a_miss_writes_nothing_that_waits_for_writers(client: Client, django_assert_max_num_queries: Any):
    client.get(address(new_token()))
    with django_assert_max_num_queries(20) as asked:
        client.get(address(new_token()))
    writes = [query["sql"] for query in asked if query["sql"].lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert all(RateCount._meta.db_table in sql for sql in writes)
    assert len(writes) == (1 if connection.vendor == "postgresql" else 0)


@pytest.mark.parametrize("error", [DatabaseError("read-only"), OSError("disk full")], ids=repr)
def test_sl12_a_count_that_cannot_be_kept_fails_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def fail(*args: Any) -> None:
        raise error

    monkeypatch.setattr(rate_limits, "_counts", fail)
    assert client.get(address(new_token())).status_code == 404


@pytest.mark.parametrize(
    ("told", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_pd4_only_the_network_of_a_reader_is_kept(told: str, network: str):
    assert network_of(told) == network


def test_pd4_the_proxy_in_front_is_believed_only_where_it_is_trusted(client: Client, settings: Any):
    for trusted, network in ((False, "127.0.0.0/24"), (True, "198.51.100.0/24")):
        settings.TRUST_FORWARDED_FOR = trusted
        with patch("sharing.views.shared.seconds_to_wait", return_value=0) as counted:
            client.get(address(new_token()), headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})
        counted.assert_called_once_with(network)
