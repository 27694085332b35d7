"""``manage.py site_version``: the version installed here; ``version`` alone is Django's own command."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from stretchsite import __version__


class Command(BaseCommand):
    """One line, for scripts. Asks nothing of the database."""

    help = "Print the version of the site, such as 0.2.0."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(__version__)
