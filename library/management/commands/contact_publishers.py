"""``manage.py contact_publishers``: ask every publisher this site follows for its pack, by background tasks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from library.packs.contacting import ask_all


class Command(BaseCommand):
    """Run it every hour: a recall acts when it is heard."""

    help = "Ask the publishers in PACK_PUBLISHERS for their packs. Updates come as drafts; recalls act at once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the tasks."""
        self.stdout.write(f"{ask_all()} publishers are asked.")
