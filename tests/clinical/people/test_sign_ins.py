"""Failed sign-ins: counted by account and quarter of an hour, nothing of what was typed; read by those who answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import Mock, patch

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinical.models import AuditEntry, FailedSignIn, User
from clinical.people import sign_ins
from clinical.serving.waiting import patience
from testing import factories

MISTYPED = "my-secret-password-9"


def counted() -> dict[str, int]:
    """How many there were for each account; "" is for names nobody has."""
    return {row.account.username if row.account else "": row.count for row in FailedSignIn.objects.all()}


def fail(name: str, times: int = 1) -> None:
    for _time in range(times):
        answer = Client().post(reverse("wagtailadmin_login"), {"username": name, "password": "wrong"})
        assert answer.status_code == 200


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of an hour that does not end during a test."""
    moment = datetime(2026, 11, 28, 12, 7, 3, tzinfo=timezone.get_current_timezone())
    monkeypatch.setattr(sign_ins.timezone, "now", lambda: moment)


def test_failures_are_counted_by_account_and_names_nobody_has_together(practitioner: User, noon: None):
    fail(practitioner.username, 3)
    fail(MISTYPED)
    fail("another")
    fail("")  # the form itself refuses it
    assert counted() == {practitioner.username: 3, "": 2}
    assert {str(row.began_at.minute) for row in FailedSignIn.objects.all()} == {"0"}


def test_nothing_of_what_was_typed_is_kept_anywhere(db: None, caplog: pytest.LogCaptureFixture):
    fail(MISTYPED)
    with patch.object(sign_ins, "_count", side_effect=OperationalError("locked")):
        fail(MISTYPED)
    assert "could not be counted" in caplog.text
    assert MISTYPED not in caplog.text
    for model in apps.get_models():
        kept = "\n".join(map(str, model._base_manager.values_list()))
        assert MISTYPED not in kept, model


def test_another_quarter_is_another_row_and_a_success_none(practitioner: User, noon: None):
    fail(practitioner.username)
    later = timezone.now() + timedelta(minutes=15)
    with patch.object(sign_ins.timezone, "now", lambda: later):
        fail(practitioner.username)
    practitioner.set_password("slow-green-river-stones")
    practitioner.save()
    assert Client().login(username=practitioner.username, password="slow-green-river-stones")
    assert [row.count for row in FailedSignIn.objects.all()] == [1, 1]


def test_who_comes_second_to_a_new_row_adds_to_it(practitioner: User, noon: None):
    quarter, atomic = sign_ins.quarter_of(sign_ins.timezone.now()), transaction.atomic

    def after_somebody_else(**options: Any) -> Any:
        FailedSignIn.objects.create(account=practitioner, began_at=quarter, count=4)
        return atomic(**options)

    with patch.object(sign_ins, "transaction", Mock(atomic=after_somebody_else)):
        sign_ins._count(practitioner.pk, quarter)
    assert counted() == {practitioner.username: 5}


def test_counting_takes_no_turn_among_writers(practitioner: User):
    with patch("clinical.middleware.write_lock", side_effect=AssertionError("in line")):
        fail(practitioner.username)
    assert counted() == {practitioner.username: 1}


def test_database_somebody_writes_to_is_waited_for_briefly(practitioner: User):
    waited = []
    with patch.object(sign_ins, "_count", lambda *_counted: waited.append(patience())):
        fail(practitioner.username)
    assert [each.lock for each in waited] == [sign_ins.MOST_WAIT_SECONDS]
    assert patience() is None


def test_old_ones_are_removed_by_the_daily_command(practitioner: User):
    now = timezone.now()
    for days in (sign_ins.DAYS_KEPT - 1, sign_ins.DAYS_KEPT + 1):
        FailedSignIn.objects.create(account=practitioner, began_at=now - timedelta(days=days), count=1)
    call_command("purge_share_links", verbosity=0)
    assert FailedSignIn.objects.get().began_at > now - timedelta(days=sign_ins.DAYS_KEPT)


def test_failures_go_with_their_account(noon: None, db: None):
    person = factories.UserFactory.create(username="leaving")
    fail("leaving")
    person.delete()
    assert counted() == {}


@pytest.fixture
def reader(practitioner: User, client: Client) -> Client:
    """Somebody who may read the report."""
    codes = ("access_admin", "view_failedsignin")
    practitioner.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    client.force_login(practitioner)
    return client


def test_report_says_who_when_and_how_often(reader: Client, practitioner: User, noon: None):
    address = reverse("clinical_failed_sign_ins")
    assert "Nobody has failed to sign in within the last 90 days" in reader.get(address).content.decode()
    fail(practitioner.username, 2)
    fail("nobody")
    shown = reader.get(address).content.decode()
    assert "Names nobody has" in shown
    assert "28 November 2026, 12:00" in shown
    for asked, accounts in (
        ({"count": "2"}, [practitioner]),
        ({"account": "null"}, [None]),
        ({"account": practitioner.pk}, [practitioner]),
        ({"began_at_before": "2026-11-27"}, []),
    ):
        assert [row.account for row in reader.get(address, asked).context["object_list"]] == accounts, asked


def test_report_asks_as_often_for_many_as_for_one_and_shows_them_in_pages(
    reader: Client, practitioner: User, noon: None, django_assert_max_num_queries: Any
):
    address, now = reverse("clinical_failed_sign_ins"), timezone.now()
    FailedSignIn.objects.create(account=practitioner, began_at=now, count=1)
    with django_assert_max_num_queries(60) as asked:
        reader.get(address)
    FailedSignIn.objects.bulk_create(
        FailedSignIn(account=factories.UserFactory.create(), began_at=now, count=1) for _number in range(60)
    )
    with django_assert_max_num_queries(len(asked.captured_queries)):
        shown = reader.get(address).context["object_list"]
    assert len(shown) == 50
    assert reader.get(address, {"export": "csv"}).status_code == 200


def test_failed_sign_in_is_no_decision(practitioner: User):
    before = AuditEntry.objects.count()
    fail(practitioner.username)
    assert AuditEntry.objects.count() == before
