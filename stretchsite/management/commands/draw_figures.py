"""``manage.py draw_figures``: make what is missing or torn of the figures and pictures readers see.

Publishing makes them by itself. This is for files that were lost, or could not be written to a full disk, and for a new
drawing engine: until it has run, pages go on showing the drawings of the old one, which are kept.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q

from exercises.models import ExercisePage


class Command(BaseCommand):
    """Make anew what is missing, for every live exercise; run twice, it changes nothing."""

    help = (
        "Make what is missing of the figures and pictures of live exercises, and what a newer engine draws otherwise."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """One exercise after the other, with a line for every ten."""
        illustrated = ExercisePage.objects.live().filter(Q(figure__isnull=False) | ~Q(pictures_ready={}))
        count, changed = illustrated.count(), 0
        for number, exercise in enumerate(illustrated.iterator(), start=1):
            before = _shown(exercise)
            exercise.make_whole()
            if _shown(exercise) != before:
                # The page says what it said before, so neither the gate nor a revision has to be asked.
                ExercisePage.objects.filter(pk=exercise.pk).update(**_shown(exercise))
                changed += 1
            if number == count or number % 10 == 0:
                self.stdout.write(f"  figures: {number} of {count}")
        self.stdout.write(f"{changed} of {count} exercises show new drawings.")


def _shown(exercise: ExercisePage) -> dict[str, Any]:
    return {"figure_ready": exercise.figure_ready, "pictures_ready": exercise.pictures_ready}
