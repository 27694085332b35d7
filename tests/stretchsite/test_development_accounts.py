"""Accounts with published passwords exist in development only, whatever else is set."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from clinical.models import User
from stretchsite.management.commands.development_accounts import ACCOUNTS, PASSWORD_ENDING
from tests.library.loading import everything_stored


@pytest.fixture
def development(set_up_site: None, db: None, settings: Any) -> None:
    """A site that is set up, under the two settings of development that count."""
    settings.DEBUG = settings.DEVELOPMENT_ACCOUNTS_ALLOWED = True


def made() -> str:
    """What the command prints."""
    out = StringIO()
    call_command("development_accounts", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("debug", "allowed"), [(False, False), (True, False), (False, True)])
def test_accounts_are_refused_outside_development(set_up_site, db, settings, debug: bool, allowed: bool):
    settings.DEBUG, settings.DEVELOPMENT_ACCOUNTS_ALLOWED = debug, allowed
    before = everything_stored()
    with pytest.raises(CommandError, match="only for the development settings"):
        made()
    assert everything_stored() == before


def test_settings_of_the_tests_refuse_them(set_up_site, db):
    with pytest.raises(CommandError, match="only for the development settings"):
        made()
    assert not User.objects.exists()


def test_one_account_is_made_for_each_role_and_can_sign_in(development: None):
    printed = made()
    for name, group in ACCOUNTS.items():
        user = authenticate(username=name, password=f"{name}{PASSWORD_ENDING}")
        assert list(user.groups.values_list("name", flat=True)) == [group]
        assert f"  {name} / {name}{PASSWORD_ENDING}  ({group})" in printed.splitlines()
    assert set(User.objects.values_list("username", flat=True)) == set(ACCOUNTS)


def test_no_account_is_a_superuser_or_has_a_public_profile(development: None):
    made()
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(practitioner__isnull=False).exists()
    assert {user.email for user in User.objects.all()} == {f"{name}@example.org" for name in ACCOUNTS}


def test_made_twice_nothing_changes_and_a_new_password_stays(development: None):
    made()
    user = User.objects.get(username="reviewer")
    user.set_password("chosen by its owner")
    user.save()
    before = everything_stored()
    made()
    assert everything_stored() == before
