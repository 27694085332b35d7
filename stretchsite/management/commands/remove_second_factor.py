"""``manage.py remove_second_factor NAME``: for somebody whose device and recovery codes are lost."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinical.models import User
from clinical.people.second_factor import remove_second_factor


class Command(BaseCommand):
    """Take somebody's second factor away. It goes on record, with the reason."""

    help = "Remove the second factor of an account, so that its password alone signs in again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and why."""
        parser.add_argument("name", help="the name they sign in with")
        parser.add_argument("--reason", required=True, help="why, for the audit; also how you know who asked")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove it. Raises ``CommandError`` where there is none."""
        person = User.objects.filter(username=options["name"]).first()
        if person is None or not remove_second_factor(person, reason=options["reason"]):
            raise CommandError(f"There is no account “{options['name']}” with a second factor.")
        self.stdout.write(f"{person}: the password alone signs in again.")
