"""``manage.py draw_figures``: make what is missing or torn of the figures and pictures readers see.

Publishing makes them by itself. This is for files that were lost, or could not be written to a full disk, and for a new
drawing engine: until it has run, pages go on showing the drawings of the old one, which are kept.
"""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from clinical.serving.waiting import StorageAway
from clinical.serving.write_lock import write_lock
from exercises.models import ExercisePage
from exercises.models.drawing_anew import redraw, redraw_later


class Command(BaseCommand):
    """Make anew what is missing, for every live exercise; run twice, it changes nothing."""

    help = (
        "Make what is missing of the figures and pictures of live exercises, and what a newer engine draws otherwise."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whether to wait for it."""
        parser.add_argument("--later", action="store_true", help="Leave it to the worker (run_tasks), and end at once.")

    def handle(self, *args: Any, **options: Any) -> None:
        """One exercise after the other, with a line for every ten; or ask the worker for each."""
        illustrated = ExercisePage.objects.live().filter(Q(figure__isnull=False) | ~Q(pictures_ready={})).order_by("pk")
        if options["later"]:
            self._ask_for(list(illustrated.values_list("pk", "title")))
            return
        pages, changed = list(illustrated.values_list("pk", flat=True)), 0
        for number, page in enumerate(pages, start=1):
            try:
                changed += redraw(page)
            except StorageAway as away:
                raise CommandError(f"Run it again when the storage is back, it goes on from here. {away}") from away
            if number == len(pages) or number % 10 == 0:
                self.stdout.write(f"  figures: {number} of {len(pages)}")
        self.stdout.write(f"{changed} of {len(pages)} exercises show new drawings.")

    def _ask_for(self, pages: list[tuple[int, str]]) -> None:
        with write_lock():
            for page, title in pages:
                redraw_later.enqueue(about=_("Figure of “%s”") % title, page=page)
        self.stdout.write(f"The worker draws the figures of {len(pages)} exercises.")
