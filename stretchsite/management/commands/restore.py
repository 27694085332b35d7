"""``manage.py restore FOLDER``: brings back what ``backup`` has made, into an empty place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stretchsite.backup.database_copy import CannotCopy
from stretchsite.backup.manifest import NoBackup, read
from stretchsite.backup.restoring import reasons_against, restore


class Command(BaseCommand):
    """Bring a backup back while no process of the site is running."""

    help = "Bring back a backup, where nothing speaks against it. Stop the server and the worker first."
    # A database that is not there yet fails some of them; ``migrate`` asks them when it is.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """From where, and what somebody goes on in spite of."""
        parser.add_argument("folder", type=Path, help="what backup has made")
        parser.add_argument("--replace", action="store_true", help="what is here is lost")
        parser.add_argument("--without-keys", action="store_true", help="the keys are lost: links open nothing")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """All of it. Raises ``CommandError`` with every reason against it, before anything is touched."""
        try:
            found = read(folder)
            self.stdout.write(f"Looking at each of {len(found.files)} files of {folder}, made {found.made_at}")
            asked = {name: options[name] for name in ("replace", "without_keys")}
            if reasons := list(reasons_against(folder, found, **asked)):
                raise CommandError("\n".join(["Nothing was restored.", *reasons]))
            restore(folder, found, self.stdout.write)
        except (NoBackup, CannotCopy) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The restore was broken off: {error}. Run it again with --replace.") from error
        self.stdout.write(
            "Restored, and closed: readers are told so. Run replay_journal, which opens the site; then "
            "draw_figures --later, and start the worker and the server."
        )
