"""``manage.py move_database FROM TO``: every row of one database into another, new one; or none."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from stretchsite.moving.digests import Held
from stretchsite.moving.move import SAID_BY_NAME, move
from stretchsite.moving.standing_still import CannotMove, is_here, standing_beside

#: What is made of the rows, and what looks at them where they are now.
AFTERWARDS: dict[str, dict[str, Any]] = {"check": {"databases": ["default"]}, "update_index": {}, "audit_live": {}}

#: What the environment calls the two when the command begins again.
BOTH = ("MOVED_FROM", "MOVED_TO")


class Command(BaseCommand):
    """Move the site while no process of it is running."""

    help = "Move the site into another, new database, such as from SQLite to PostgreSQL. Stop the site first."
    # They would be asked of neither of the two.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """From where to where; the name of a setting keeps a password off the list of processes."""
        takes = "an address as DATABASE_URL takes it, or the name of the environment's setting that holds one"
        parser.add_argument("old", metavar="FROM", help=f"what is only read: {takes}")
        parser.add_argument("new", metavar="TO", help="a database with nothing in it, in the same way")

    def handle(self, *args: Any, old: str, new: str, **options: Any) -> None:
        """All of it. Raises ``CommandError`` with every reason against it, and with what is not well afterwards."""
        try:
            if not is_here(_address(new)):
                # What the site is made of depends on its sort of database: begun again as it will be.
                _begin_again(old, new)
            with standing_beside(_address(old)):
                held = move(self.stdout.write)
        except (CannotMove, ImproperlyConfigured) as error:
            raise CommandError(f"Nothing was moved. {error}") from error
        self._say_what_is_the_same(held)
        self._do_what_follows()
        self.stdout.write("Moved. Set DATABASE_URL to the new address everywhere; then start server and worker.")

    def _say_what_is_the_same(self, held: dict[str, Held]) -> None:
        rows = sum(each.rows for each in held.values())
        self.stdout.write(f"{len(held)} tables with {rows} rows hold the same in both, by their number and a digest.")
        for name in SAID_BY_NAME:
            self.stdout.write(f"  {name}: {held[name].rows} rows, digest {held[name].name}")

    def _do_what_follows(self) -> None:
        """Each, whatever the one before said. Raises ``CommandError`` at the end: the rows are where they belong."""
        said = []
        for command, options in AFTERWARDS.items():
            self.stdout.write(f"manage.py {command}")
            try:
                call_command(command, verbosity=0, stdout=self.stdout, stderr=self.stderr, **options)
            except Exception as error:  # whatever it is, everything was moved, and that is said
                said.append(f"{command} says: {error or type(error).__name__}")
        if said:
            raise CommandError(
                "Everything was moved and is the same; do not begin anew. But with the new DATABASE_URL run again, "
                + "before the site is started: "
                + "; ".join(said)
            )


def _address(said: str) -> str:
    """What was said, or what the environment has under that name."""
    return said if "://" in said else os.environ.get(said, said)


def _begin_again(old: str, new: str) -> None:
    """As the site will be. Both addresses get names of their own: ``DATABASE_URL``, perhaps one of them, changes."""
    if _address(old) == _address(new):
        raise CannotMove("Both addresses name the same database.")
    if BOTH[0] in os.environ:
        raise CannotMove("The settings take no database from DATABASE_URL.")
    named = dict(zip((old, new), BOTH, strict=True))
    addresses = {name: _address(said) for said, name in named.items()}
    environment = {**os.environ, **addresses, "DATABASE_URL": _address(new)}
    words = [named.get(word, word) for word in sys.argv]
    os.execve(sys.executable, [sys.executable, *words], environment)  # noqa: S606  (this very command)
