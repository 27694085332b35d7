"""``manage.py journal_to_new_key``: the ``SECRET_KEY`` in force seals the journal, so that one before can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinical.audit.journal import seal_anew


class Command(BaseCommand):
    """Seal anew what the keys that are here have sealed; the site may go on meanwhile."""

    help = "Seal the journal with the SECRET_KEY in force. Run it while the key before is in SECRET_KEY_FALLBACKS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many. Raises ``CommandError`` where lines are left that no key here has sealed."""
        if not settings.JOURNAL_FILE:
            self.stdout.write("There is no journal: JOURNAL_FILE is not set.")
            return
        try:
            done, left = seal_anew()
        except OSError as error:
            raise CommandError(f"The journal cannot be sealed anew: {error}") from error
        self.stdout.write(f"{done} lines are sealed by the SECRET_KEY in force.")
        if left:
            raise CommandError(f"{left} lines are left: no key that is here has sealed them. audit_live names them.")
