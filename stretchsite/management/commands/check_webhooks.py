"""``manage.py check_webhooks``: sends each webhook a signed message of type ``test``, to find out why none comes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stretchsite.webhooks.posting import NotSent
from stretchsite.webhooks.sending_changes import send, trial_message


class Command(BaseCommand):
    """Try each address. The exit status is not zero where none is set, or one did not take it."""

    help = "Send a signed test message to each of WEBHOOK_ADDRESSES at once, past the worker, and say what came back."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it of each by its place and host: what stands behind that may be a secret. Raises ``CommandError``."""
        if not settings.WEBHOOK_ADDRESSES:
            raise CommandError("No webhook is set: WEBHOOK_ADDRESSES names none, so nobody is told of changes.")
        taken = [self._try(place, address) for place, address in enumerate(settings.WEBHOOK_ADDRESSES, 1)]
        if not all(taken):
            raise CommandError(f"{taken.count(False)} of {len(taken)} did not take the message.")

    def _try(self, place: int, address: str) -> bool:
        name, message = trial_message()
        try:
            status = send(address, name, message)
        except NotSent as problem:
            self.stdout.write(f"{place}: {problem}")
            return False
        self.stdout.write(f"{place}: {urlsplit(address).hostname} took it: {status}.")
        return True
