"""``manage.py run_tasks``: the worker, which sends mail and does whatever else was asked for and may wait."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from clinical.background.worker import Worker
from stretchsite.closed import refuse_while_closed


class Command(BaseCommand):
    """Runs until it is stopped. One is enough; several never do one task twice at a time."""

    help = "Send mail and do other background tasks, until stopped."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """How long it goes on."""
        parser.add_argument("--once", action="store_true", help="Do what can be done now, then end.")
        parser.add_argument(
            "--parent", type=int, default=0, metavar="PID", help="End when the process that started this one has ended."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        refuse_while_closed()
        Worker(only_what_waits=options["once"], parent=options["parent"]).run()
