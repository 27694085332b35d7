"""``manage.py replay_journal``: withdraws, ends and closes again what was so when the journal was last written."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from stretchsite.backup.replaying import Replayed, open_again, replay
from stretchsite.closed import refuse_unfinished_move


class Command(BaseCommand):
    """Carry out what the journal tells and the database does not know; then the site opens."""

    help = "After a restore: withdraw, end and close again what was so since the backup, and open the site."

    def add_arguments(self, parser: CommandParser) -> None:
        """What somebody goes on in spite of."""
        parser.add_argument("--open-anyway", action="store_true", help="the site opens although something is left")
        lost = "lines are carried out whose seal is another's: where the SECRET_KEY of then is lost for good"
        parser.add_argument("--any-seal", action="store_true", help=lost)

    def handle(self, *args: Any, open_anyway: bool, any_seal: bool = False, **options: Any) -> None:
        """A line for each thing. Raises ``CommandError`` while something is left, and the site stays closed."""
        refuse_unfinished_move()
        found = self._replayed(open_anyway, any_seal)
        for sentence in found.done:
            self.stdout.write(f"Done again: {sentence}")
        for sentence in found.to_know:
            self.stdout.write(f"To know: {sentence}")
        for sentence in found.could_not:
            self.stderr.write(f"Not done: {sentence}")
        if found.could_not and not open_anyway:
            raise CommandError(
                f"{len(found.could_not)} could not be done. Have them done by hand; then say --open-anyway. "
                "A site that was restored stays closed until then."
            )
        open_again()
        self.stdout.write(f"{len(found.done)} done again, {len(found.to_know)} to know. The site is open.")

    def _replayed(self, open_anyway: bool, any_seal: bool) -> Replayed:
        if not settings.JOURNAL_FILE:
            if open_anyway:
                return Replayed()
            raise CommandError("There is no journal: JOURNAL_FILE is not set. To open without one, say --open-anyway.")
        try:
            return replay(any_seal=any_seal)
        except OSError as error:
            if open_anyway:
                return Replayed()
            raise CommandError(
                f"The journal cannot be read: {error}. Bring it from where it is kept. If it is lost, have safety "
                "officers go through what was withdrawn since the backup; then say --open-anyway."
            ) from error
