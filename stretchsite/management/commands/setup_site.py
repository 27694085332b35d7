"""``manage.py setup_site``: the page tree, the groups and their permissions. Idempotent."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from stretchsite.setting_up import set_up


class Command(BaseCommand):
    """Make what a new site needs; say what was made."""

    help = "Make the page tree, the groups and their permissions. Run twice, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up, one line for each thing made."""
        made: list[str] = []
        set_up(made.append)
        for line in made or ["Nothing to do: the site is set up."]:
            self.stdout.write(line)
