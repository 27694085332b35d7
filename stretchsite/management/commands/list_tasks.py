"""``manage.py list_tasks``: the background tasks that wait or have failed, and how to have them tried again."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinical.background import queue

#: The oldest are the ones to look at.
MOST_NAMED = 50


class Command(BaseCommand):
    """Ends with an error when somebody has to look: no worker is running, or a task was given up."""

    help = "List background tasks that wait or have failed; --try-again tries them at once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What else to do."""
        parser.add_argument("--try-again", action="store_true", help="Let the worker try all of them at once.")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each task. Raises ``CommandError`` when one is late or was given up."""
        if options["try_again"]:
            self.stdout.write(f"{queue.try_again()} will be tried at once.")
        for task in queue.unfinished()[:MOST_NAMED]:
            tried = f", tried {len(task.worker_ids)} times: {task.traceback}" if task.traceback else ""
            self.stdout.write(f"{task.enqueued_at:%Y-%m-%d %H:%M} {task.status} {queue.about(task)}{tried}")
        now = queue.state()
        self.stdout.write(f"{now.waiting} waiting, {now.late} of them late, {now.failed} given up.")
        if not now.is_well:
            raise CommandError("Somebody has to look: is run_tasks running, and does the mail server answer?")
