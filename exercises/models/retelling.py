"""Saying beside a picture what it says now, on every exercise that shows it."""

from __future__ import annotations

from typing import Any

from wagtail.models import ReferenceIndex

from clinical.models import Picture
from exercises.models.exercises import ExercisePage


def retell_where_shown(thing: Any) -> None:
    """Two people changed a picture's words: readers of the exercises that show it see the new ones."""
    if isinstance(thing, Picture):
        naming = ReferenceIndex.get_references_to(thing).values_list("object_id", flat=True)
        keys = {int(key) for key in naming if key.isdecimal()}
        for exercise in ExercisePage.objects.filter(pk__in=keys).exclude(pictures_ready={}):
            exercise.retell(thing)
