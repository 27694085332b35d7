"""``manage.py check_email ADDRESS``: sends one mail at once and says each step, to find out why none goes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from clinical.background.mail_trial import MailFails, send_one
from clinical.clinic.clinic_known import clinic

SUBJECT = _("A trial of this site's mail")
BODY = _("This site can send mail. Nobody need do anything.")


class Command(BaseCommand):
    """Try the mail server. The exit status is not zero when the mail was not handed over."""

    help = "Send one mail at once, past the worker, and say step by step what works and what does not."

    def add_arguments(self, parser: CommandParser) -> None:
        """To whom."""
        parser.add_argument("address", help="who is to get it, such as yourself")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        """Raises ``CommandError`` with why the first step failed that did."""
        try:
            validate_email(address)
            send_one(address, f"{clinic().name}: {SUBJECT}", BODY, self.stdout.write)
        except ValidationError as error:
            raise CommandError(f"“{address}” is no e-mail address.") from error
        except MailFails as error:
            raise CommandError(str(error)) from error
        except UnicodeError as error:
            raise CommandError(
                "The mail server's name, user and password hold plain letters, figures and signs."
            ) from error
        self.stdout.write("The server has taken it. Whether it arrives, the one who gets it knows.")
