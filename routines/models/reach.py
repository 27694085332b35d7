"""What the withdrawal of an exercise or a note reaches among the routines."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from clinical.models import SafetyNote
from clinical.publishing.origins import goes_back_to
from clinical.withdrawal.impact import Affected, Touched, affected_pages
from exercises.models import ExercisePage
from exercises.models.reach import exercises_with
from routines.models.routines import RoutineItem, RoutinePage


def routines_with(note: SafetyNote) -> Q:
    """The routines a note concerns: by their own conditions, as a page, or through an exercise in them."""
    targets = list(note.targets.all())
    if any(target.everywhere for target in targets):
        return Q(pk__isnull=False)
    through = ExercisePage.objects.filter(exercises_with(note)).values("pk")
    return (
        Q(pk__in=RoutineItem.objects.filter(exercise__in=through).values("page"))
        | Q(condition_uses__tag__in=[target.condition_id for target in targets if target.condition_id])
        | goes_back_to(target.content_key for target in targets)
    )


def concerned_as_prescribers(thing: Any) -> Iterable[tuple[Any, str]]:
    """The authors of live routines with this exercise in them."""
    if isinstance(thing, ExercisePage):
        using = RoutineItem.objects.filter(exercise__content_key=thing.content_key).values("page")
        routines = RoutinePage.objects.live().filter(pk__in=using, author__isnull=False).select_related("author")
        for routine in routines.order_by("title"):
            yield routine.author, _("It is in your routine “%s”, which is shown without it now.") % routine.title


def touched_as_prescriber(person: Any, keys: Collection[UUID]) -> Iterable[Touched]:
    """The person's routines, live or not, with a withdrawn exercise in them."""
    rows = RoutineItem.objects.filter(Q(page__author=person) | Q(page__owner=person), exercise__content_key__in=keys)
    found = rows.order_by("page__title").values_list("exercise__content_key", "page_id", "page__title").distinct()
    for key, pk, title in found:
        yield Touched(key, _("It is in your routine “%s”.") % title, reverse("wagtailadmin_pages:edit", args=[pk]))


def reach_among_routines(thing: Any) -> Iterable[Affected]:
    """Routines it would be taken out of, or that would lose the note."""
    if isinstance(thing, ExercisePage):
        using = RoutineItem.objects.filter(exercise__content_key=thing.content_key).values("page")
        yield affected_pages(_("routines it would be taken out of"), RoutinePage.objects.live().filter(pk__in=using))
    if isinstance(thing, SafetyNote):
        concerned = RoutinePage.objects.filter(routines_with(thing)).values("pk")
        yield affected_pages(_("routines that show this note"), RoutinePage.objects.live().filter(pk__in=concerned))
