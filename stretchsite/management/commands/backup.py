"""``manage.py backup FOLDER``: the database and what was uploaded, with a checksum of each file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from clinical.background.heartbeats import RegularCommand
from stretchsite.backup.backing_up import InTheWay, back_up
from stretchsite.backup.database_copy import CannotCopy


class Command(RegularCommand):
    """Make a backup while the site goes on."""

    help = "Copy the database and what was uploaded into a new folder. Keys are not in it: keep them apart."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, help="where to; it must not be there yet")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Whole or not there. Raises ``CommandError`` with what to do."""
        try:
            made = back_up(folder.absolute(), self.stdout.write)
        except (InTheWay, CannotCopy) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"There is no backup: {error}") from error
        self.stdout.write(f"{folder}: {len(made.files)} files, made {made.made_at} by version {made.version}")
        self.stdout.write(
            "Not in it, and needed: SHARE_LINK_KEYS, SHARE_CODE_KEYS, SECRET_KEY. Keep a copy of them somewhere else."
        )
