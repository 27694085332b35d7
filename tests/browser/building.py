"""Builds the site that the browser stories read, as ``make run`` does: ``python -m tests.browser.building``.

A program of its own, because the tests' own process has other settings and another database.
"""

from __future__ import annotations

import django
from django.conf import settings
from django.core.management import call_command

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


def build() -> None:
    """Migrations, page tree, starter library, and the accounts."""
    call_command("migrate", verbosity=0)
    call_command("setup_site")
    call_command("load_library", str(settings.BASE_DIR / "library" / "starter"), publish=True)
    make_accounts()


def make_accounts() -> None:
    """An account for each role a story is told by, able to sign in."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    for name, group in ACCOUNTS.items():
        account = get_user_model().objects.create_user(name, f"{name}@example.org", password_of(name))
        account.groups.add(Group.objects.get(name=group))


if __name__ == "__main__":
    django.setup()
    build()
