"""Builds the site that the browser stories read, as ``make run`` does: ``python -m tests.browser.building``.

A program of its own, because the tests' own process has other settings and another database.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from secrets import token_hex

import django
from django.conf import settings
from django.core.management import call_command

from tests.browser.serving import SECONDS_TO_STOP

#: Who signs in, and to which group each belongs. Names are roles, never people.
ACCOUNTS = {
    "practitioner": "Practitioners",
    "reviewer": "Reviewers",
    "safety-officer": "Safety officers",
    "second-safety-officer": "Safety officers",
}


def password_of(account: str) -> str:
    """The password of an account of the stories; it opens nothing else."""
    return f"{account}-of-the-stories"


def session_of(account: str, folder: Path) -> str:
    """The key of a new session of this account at the site in this folder, as if it had just signed in there."""
    key = token_hex(16)
    with closing(sqlite3.connect(folder / "site.sqlite3", timeout=SECONDS_TO_STOP)) as site, site:
        site.execute(
            "INSERT INTO django_session SELECT ?, session_data, expire_date FROM django_session WHERE session_key = ?",
            [key, _kept_session(account)],
        )
    return key


def _kept_session(account: str) -> str:
    return f"session-of-{account}"


def build() -> None:
    """Migrations, page tree, starter library, and the accounts."""
    call_command("migrate", verbosity=0)
    call_command("setup_site")
    call_command("load_library", str(settings.BASE_DIR / "library" / "starter"), publish=True)
    make_accounts()


def make_accounts() -> None:
    """An account for each role a story is told by, able to sign in, and with a session that is kept to be copied."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.contrib.sessions.models import Session
    from django.test import Client

    for name, group in ACCOUNTS.items():
        account = get_user_model().objects.create_user(name, f"{name}@example.org", password_of(name))
        account.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        Session.objects.filter(pk=key).update(session_key=_kept_session(name))


if __name__ == "__main__":
    django.setup()
    build()
