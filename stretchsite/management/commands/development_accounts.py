"""``manage.py development_accounts``: accounts with published passwords, for development only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from stretchsite.group_permissions import MANAGERS, PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS

#: Account names are roles, never people. The password is the name with this behind it.
ACCOUNTS = {
    "practitioner": PRACTITIONERS,
    "reviewer": REVIEWERS,
    "safety-officer": SAFETY_OFFICERS,
    "manager": MANAGERS,
}
PASSWORD_ENDING = "-stretches-daily"  # noqa: S105  (published on purpose, for development only)


class Command(BaseCommand):
    """Make one account for each role, and print how to sign in."""

    help = "Make accounts for development, with published passwords. Refused outside the development settings."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse anywhere but in development; then make what is missing."""
        if not (settings.DEBUG and settings.DEVELOPMENT_ACCOUNTS_ALLOWED):
            raise CommandError("Accounts with published passwords are only for the development settings.")
        self.stdout.write("Accounts for development (name / password):")
        for name, group in ACCOUNTS.items():
            user, made = get_user_model().objects.get_or_create(
                username=name, defaults={"email": f"{name}@example.org"}
            )
            if made:
                user.set_password(name + PASSWORD_ENDING)
                user.save()
            user.groups.add(Group.objects.get(name=group))
            self.stdout.write(f"  {name} / {name}{PASSWORD_ENDING}  ({group})")
