"""What a withdrawal reaches in the front of house: condition pages, and the home page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from clinical.models import SafetyNote
from clinical.withdrawal.impact import Affected, affected_pages
from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.models.conditions import ConditionPage
from stretchsite.models.home import HomePage, StartingRoutine


def reach_in_front(thing: Any) -> Iterable[Affected]:
    """Condition pages that list it or show it, and the home page that offers it to start with."""
    hubs = ConditionPage.objects.live()
    if isinstance(thing, (ExercisePage, RoutinePage)):
        conditions = [use.tag_id for use in thing.condition_uses.all()]
        yield affected_pages(_("condition pages that list it"), hubs.filter(condition__in=conditions))
    if isinstance(thing, RoutinePage):
        offering = StartingRoutine.objects.filter(routine__content_key=thing.content_key).values("page")
        yield affected_pages(_("front pages that offer it"), HomePage.objects.live().filter(pk__in=offering))
    if isinstance(thing, ConditionPage):
        condition = thing.condition_id
        exercises = ExercisePage.objects.shown().filter(condition_uses__tag=condition)
        routines = RoutinePage.objects.shown().filter(condition_uses__tag=condition)
        yield affected_pages(_("exercises whose link to it goes"), exercises)
        yield affected_pages(_("routines whose link to it goes"), routines)
    if isinstance(thing, SafetyNote):
        yield affected_pages(_("condition pages that show this note"), _hubs_with(thing))


def _hubs_with(note: SafetyNote) -> Any:
    targets = list(note.targets.all())
    hubs = ConditionPage.objects.live()
    if any(target.everywhere for target in targets):
        return hubs
    by_condition = hubs.filter(condition__in=[target.condition_id for target in targets if target.condition_id])
    return by_condition | hubs.filter(content_key__in=[target.content_key for target in targets if target.content_key])
