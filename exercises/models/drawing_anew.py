"""Drawing the figure of a page that is live anew: files were lost, or the drawing engine is another."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from clinical.background.queue import LATER
from clinical.serving.write_lock import write_lock
from exercises.models.exercises import ExercisePage


def redraw(page: int) -> bool:
    """Draw what is missing of a live page's figure; whether its readers now see other drawings.

    Drawing takes no turn. A page that was published meanwhile has its own drawings and is left alone.
    """
    exercise = ExercisePage.objects.live().filter(pk=page).first()
    if exercise is None:
        return False
    before = _shown(exercise)
    unchanged = ExercisePage.objects.filter(pk=page, live_revision_id=exercise.live_revision_id, **before)
    exercise.make_whole()
    if _shown(exercise) == before:
        return False
    # The page says what it said before, so neither the gate nor a revision has to be asked.
    with write_lock():
        return bool(unchanged.update(**_shown(exercise)))


def _shown(exercise: ExercisePage) -> dict[str, Any]:
    return {name: getattr(exercise, name) for name in ("figure_ready", "pictures_ready", "videos_ready")}


@task(backend=LATER)
def redraw_later(about: str, page: int) -> None:
    """The same, by the worker."""
    redraw(page)
