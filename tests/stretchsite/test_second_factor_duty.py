"""AU2: whoever must have a second factor and has none is led to set it up, from every address of the admin."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, get_resolver

from clinical.models import AuditEntry, User
from clinical.people.second_factor_duty import OPEN, SecondFactorFirst
from clinical.words.choices import AuditAction
from stretchsite.group_permissions import REVIEWERS
from testing import factories
from tests.stretchsite.admin_matrix import _walk

PASSWORD = "slow-green-river-stones"
SET_UP, SIGN_IN = "/admin/account/second-factor/set-up/", "/admin/login/"


@pytest.fixture
def reviewer(set_up_site: None, db: None, settings: Any) -> User:
    """Somebody whose role takes a second factor."""
    settings.SECOND_FACTOR_REQUIRED_FOR = frozenset({REVIEWERS})
    person = factories.UserFactory.create(username="reviewer")
    person.groups.add(Group.objects.get(name=REVIEWERS))
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_every_address_of_the_admin_leads_there_but_for_those_on_the_list(reviewer: User):
    middleware = SecondFactorFirst(lambda request: HttpResponse())
    names = {name for name, _parameters in _walk(get_resolver().url_patterns)}
    assert names >= OPEN
    for name in names:
        for method in ("get", "post"):
            request = getattr(RequestFactory(), method)("/admin/whatever/")
            request.user, request.session = reviewer, {}
            *spaces, last = name.split(":")
            request.resolver_match = ResolverMatch(print, (), {}, url_name=last, namespaces=spaces)
            answer = middleware.process_view(request, None, (), {})
            assert (getattr(answer, "url", None) == SET_UP) is (name not in OPEN), name


def test_after_setting_it_up_everything_opens_and_after_removing_it_nothing_does(reviewer: User):
    client = Client()
    signing_in = client.post(SIGN_IN, {"username": "reviewer", "password": PASSWORD}, follow=True)
    assert signing_in.redirect_chain[-1][0] == SET_UP
    assert "Your role takes a second factor" in signing_in.text
    secret = signing_in.context["secret"].replace(" ", "")
    now = int(time.time()) // 30
    client.post(SET_UP, {"current_password": PASSWORD, "code": f"{hotp_value(secret, now):06d}"})
    assert client.get("/admin/account/").status_code == 200
    both = {"current_password": PASSWORD, "code": f"{hotp_value(secret, now + 1):06d}"}
    client.post("/admin/account/second-factor/", {**both, "decision": "remove"})
    assert AuditEntry.objects.filter(action=AuditAction.FACTOR_REMOVED).exists()
    assert client.get("/admin/account/").headers["Location"] == SET_UP


def test_form_that_is_open_is_told_that_nobody_is_signed_in(reviewer: User):
    asked = signed_in(reviewer).get("/admin/who-is-signed-in/", headers={"accept": "application/json"})
    assert (asked.status_code, asked.json()) == (403, {"account": ""})


def test_session_from_before_it_was_set_up_elsewhere_ends(reviewer: User):
    client = signed_in(reviewer)
    Authenticator.objects.create(user=reviewer, type="totp", data={})
    assert client.get("/admin/account/").headers["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("roles", [set(), {"Managers"}, {"superusers"}])
def test_others_need_none(reviewer: User, settings: Any, roles: set[str]):
    settings.SECOND_FACTOR_REQUIRED_FOR = frozenset(roles)
    assert signed_in(reviewer).get("/admin/account/").status_code == 200
    superuser = signed_in(User.objects.create_superuser("superuser")).get("/admin/account/")
    assert (superuser.status_code == 302) is ("superusers" in roles)
