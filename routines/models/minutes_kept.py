"""Keeps the minutes of routines what their exercises make of them, for the lists that are filtered by them."""

from __future__ import annotations

from typing import Any

from exercises.models import ExercisePage
from exercises.models.minutes import minutes_of
from routines import assembly
from routines.models.routines import RoutineItem, RoutinePage, with_items

#: How many pages are held in memory while all are counted.
AT_ONCE = 200


def keep_minutes(sender: Any, instance: ExercisePage, **more: Any) -> None:
    """After an exercise was saved whole: count again the routines it is in. Three queries, and one for each change."""
    if not more.get("update_fields"):
        _count_again(RoutinePage.objects.filter(pk__in=RoutineItem.objects.filter(exercise=instance).values("page")))


def count_minutes_anew() -> int:
    """Of all pages: those from before minutes were kept, and what a release counts otherwise; how many changed."""
    exercises = ExercisePage.objects.iterator(chunk_size=AT_ONCE)
    return sum(_keep(each, minutes_of(each)) for each in exercises) + _count_again(RoutinePage.objects.all())


def _count_again(routines: Any) -> int:
    counted = with_items(routines).iterator(chunk_size=AT_ONCE)
    return sum(_keep(each, assembly.minutes_of(each.items.all())) for each in counted)


def _keep(page: Any, minutes: int | None) -> bool:
    """Whether that is another number than before."""
    if page.minutes_ready == minutes:
        return False
    type(page).objects.filter(pk=page.pk).update(minutes_ready=minutes)
    return True
