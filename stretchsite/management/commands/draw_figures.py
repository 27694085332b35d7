"""``manage.py draw_figures``: draw what is missing for the exercises readers see, after the drawing engine has changed.

Publishing draws by itself. This is for files that were lost, and for a new engine: until it has run, pages go on
showing the drawings of the old one, which are kept.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from exercises.models import ExercisePage


class Command(BaseCommand):
    """Draw the figures of every live exercise anew where they are missing; run twice, it changes nothing."""

    help = "Draw the figures of live exercises that are missing, or that a newer drawing engine draws differently."

    def handle(self, *args: Any, **options: Any) -> None:
        """One exercise after the other, with a line for every ten."""
        illustrated = ExercisePage.objects.live().filter(figure__isnull=False)
        count, changed = illustrated.count(), 0
        for number, exercise in enumerate(illustrated.iterator(), start=1):
            before = exercise.figure_ready
            exercise.make_figure_ready()
            if exercise.figure_ready != before:
                # The page says what it said before, so neither the gate nor a revision has to be asked.
                ExercisePage.objects.filter(pk=exercise.pk).update(figure_ready=exercise.figure_ready)
                changed += 1
            if number == count or number % 10 == 0:
                self.stdout.write(f"  figures: {number} of {count}")
        self.stdout.write(f"{changed} of {count} exercises show new drawings.")
