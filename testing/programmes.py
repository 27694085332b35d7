"""Programmes for one patient, as a practitioner puts them together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from clinical.models import Condition, User
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models import Programme, ProgrammeItem
from testing import factories


def programme_of(
    exercises: Iterable[ExercisePage],
    conditions: Iterable[Condition] = (),
    by: User | None = None,
    items: dict[str, Any] | None = None,
    **fields: Any,
) -> Programme:
    """A programme of these exercises, done once a day; ``items`` are what each row says besides."""
    exercises = list(exercises)
    values = {"sessions_per_day": 1, "days_per_week": 7, "locale_id": exercises[0].locale_id, **fields}
    programme = Programme.objects.create(created_by=by or factories.UserFactory.create(), **values)
    for condition in conditions:
        programme.condition_uses.create(tag=condition)
    for number, exercise in enumerate(exercises):
        item = ProgrammeItem.holding(exercise)
        for name, value in {"programme": programme, "sort_order": number, **(items or {})}.items():
            setattr(item, name, value)
        item.save()
    return programme


def as_programme(routine: RoutinePage, by: User | None = None) -> Programme:
    """The same exercises for the same conditions, put together by a practitioner."""
    uses = routine.condition_uses.select_related("tag")
    exercises = [item.exercise for item in routine.items.all()]
    frequency = routine.often().frequency_values()
    return programme_of(exercises, [use.tag for use in uses], by, **frequency)
