"""AU2: a lost second factor is removed by two people, whoever it was of is told, and nobody stays signed in to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext

from clinical.models import AuditEntry, LostDevice, User
from clinical.people.inviting import deactivate, invite, reactivate
from clinical.people.lost_devices import ask_to_remove, confirm_removal, with_second_factors
from clinical.words.choices import AuditAction
from testing import factories

pytestmark = pytest.mark.django_db

WHY = "She came to my desk."


def person(name: str, *codes: str) -> User:
    made = factories.UserFactory.create(username=name, email=f"{name}@example.org")
    made.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codes]))
    return made


@pytest.fixture
def owner() -> User:
    """Somebody with a second factor."""
    made = person("owner")
    Authenticator.objects.create(user=made, type="totp", data={})
    Authenticator.objects.create(user=made, type="recovery_codes", data={})
    return made


@pytest.fixture
def manager() -> User:
    return person("manager", "invite_user", "confirm_lostdevice")


def signed_in(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def decide(client: Client, decision: str) -> Any:
    return client.post(reverse("clinical_lost_devices"), {"lost": LostDevice.objects.get().pk, "decision": decision})


def test_one_asks_another_confirms(owner: User, manager: User, django_capture_on_commit_callbacks: Any):
    Authenticator.objects.all().delete()
    hers = signed_in(owner)
    Authenticator.objects.create(user=owner, type="totp", data={})
    asking = signed_in(manager)
    assert "They have lost their second factor" in asking.get(reverse("clinical_people")).text
    with django_capture_on_commit_callbacks(execute=True):
        asking.post(reverse("clinical_person", args=[owner.pk]), {"decision": "lost_device", "reason": WHY})
    assert "has asked for it to be removed" in mail.outbox[0].body
    assert hers.get("/admin/who-is-signed-in/").status_code == 200
    assert "waits for a second person" in asking.get(reverse("clinical_people")).text
    assert "whoever asked cannot" in asking.get(reverse("clinical_lost_devices")).text
    decide(asking, "confirm")
    assert Authenticator.objects.exists(), "whoever asked cannot confirm"
    officer = person("officer", "confirm_lostdevice")
    with django_capture_on_commit_callbacks(execute=True):
        decide(signed_in(officer), "confirm")
    assert not Authenticator.objects.exists()
    assert hers.get("/admin/who-is-signed-in/").status_code == 403
    assert asking.get("/admin/who-is-signed-in/").status_code == 200, "nobody else's session ends"
    entry = AuditEntry.objects.get(action=AuditAction.FACTOR_TAKEN)
    assert (entry.by, entry.second, entry.reason, entry.title) == (manager, officer, WHY, "owner")
    assert [letter.to for letter in mail.outbox] == 2 * [["owner@example.org"]]
    assert not LostDevice.objects.exists()


def test_it_may_be_left_as_it_is(owner: User, manager: User):
    ask_to_remove(owner, by=manager, reason=WHY)
    decide(signed_in(manager), "decline")
    assert Authenticator.objects.count() == 2
    assert AuditEntry.objects.filter(action=AuditAction.DECLINED).exists()
    assert not LostDevice.objects.exists()


@pytest.mark.parametrize("wrong", ["no reason", "no second factor", "asked already", "a superuser's", "one's own"])
def test_it_is_not_asked_for(owner: User, manager: User, wrong: str):
    if wrong == "no second factor":
        Authenticator.objects.all().delete()
    if wrong == "asked already":
        ask_to_remove(owner, by=manager, reason=WHY)
    if wrong == "a superuser's":
        owner.is_superuser = True
        owner.save()
    with pytest.raises(ValidationError):
        ask_to_remove(owner, by=owner if wrong == "one's own" else manager, reason=" " if wrong == "no reason" else WHY)
    assert LostDevice.objects.count() == (wrong == "asked already")


@pytest.mark.parametrize(
    ("overtaken", "said"),
    [
        ("set up anew", "used or changed"),
        ("used", "used or changed"),
        ("eight days", "seven days"),
        ("asker gone", "may not ask"),
        ("asker moved", "may not ask"),
        ("decided", "decided this already"),
    ],
)
def test_what_is_overtaken_is_void_and_says_so(owner: User, manager: User, overtaken: str, said: str):
    lost, officer = ask_to_remove(owner, by=manager, reason=WHY), person("officer", "confirm_lostdevice")
    app = Authenticator.objects.filter(type="totp")
    later = timezone.now() + timedelta(minutes=1)
    if overtaken == "set up anew":
        app.delete()
        Authenticator.objects.create(user=owner, type="totp", data={}, created_at=later)
    elif overtaken == "used":
        app.get().record_usage()
    elif overtaken == "eight days":
        Authenticator.objects.update(created_at=timezone.now() - timedelta(days=9))
        LostDevice.objects.update(asked_at=timezone.now() - timedelta(days=8))
    elif overtaken == "asker gone":
        manager.is_active = False
        manager.save()
    elif overtaken == "asker moved":
        manager.user_permissions.clear()
    else:
        LostDevice.objects.all().delete()
    page = signed_in(officer).get(reverse("clinical_lost_devices")).text
    assert (said in page) == (overtaken != "decided")
    assert "Remove the second factor" not in page
    with pytest.raises(ValidationError, match=said):
        confirm_removal(lost, by=officer)
    assert app.exists()
    assert not with_second_factors(User.objects.filter(pk=owner.pk)).get().has_lost_device, "nothing waits any more"
    again = ask_to_remove(owner, by=person("another-manager", "invite_user"), reason=WHY)
    assert LostDevice.objects.get() == again


@pytest.mark.parametrize("how", ["invited", "role", "reactivated", "the other way"])
def test_one_manager_alone_makes_no_second_person(owner: User, manager: User, how: str):
    group = Group.objects.create(name="another")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "confirm_lostdevice"]))
    officer = person("officer", "confirm_lostdevice")
    one, other = (officer, manager) if how == "the other way" else (manager, officer)
    if how == "invited":
        officer = invite(by=manager, email="new@example.org", name="New", group=group)
    elif how == "reactivated":
        deactivate(officer, by=manager)
        reactivate(officer, by=manager)
    else:
        with LogContext(user=one):
            other.groups.add(group)
    lost = ask_to_remove(owner, by=manager, reason=WHY)
    officer = User.objects.get(pk=officer.pk)
    page = signed_in(officer).get(reverse("clinical_lost_devices")).text
    assert "Another colleague has to confirm it" in page
    with pytest.raises(ValidationError, match="Another colleague"):
        confirm_removal(lost, by=officer)
    with patch("clinical.people.lost_devices.HOLDS", timedelta(0)), pytest.raises(ValidationError, match="seven days"):
        confirm_removal(lost, by=officer)


def test_list_asks_no_more_of_the_database_for_more_of_them(owner: User, manager: User, django_assert_num_queries: Any):
    client, url = signed_in(person("officer", "confirm_lostdevice")), reverse("clinical_lost_devices")
    client.get(url)
    with CaptureQueriesContext(connection) as for_none:
        client.get(url)
    for number in range(3):
        Authenticator.objects.create(user=person(f"owner{number}"), type="totp", data={})
        asker = person(f"asker{number}", "invite_user")
        ask_to_remove(User.objects.get(username=f"owner{number}"), by=asker, reason=WHY)
    with django_assert_num_queries(len(for_none)):
        assert client.get(url).text.count("Remove the second factor") == 3


def test_whoever_it_is_about_does_not_confirm_it(owner: User, manager: User):
    with pytest.raises(ValidationError):
        confirm_removal(ask_to_remove(owner, by=manager, reason=WHY), by=owner)
    assert Authenticator.objects.count() == 2
