"""What the withdrawal of an exercise or a note reaches among the exercises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from clinical.models import SafetyNote
from clinical.withdrawal.impact import Affected, affected_pages
from exercises.models.exercises import ExercisePage
from exercises.models.variations import Variation


def exercises_with(note: SafetyNote) -> Q:
    """The exercises a note concerns by its places, on their own pages."""
    wanted = Q(pk__in=[])
    for target in note.targets.all():
        if target.everywhere:
            return Q(pk__isnull=False)
        if target.region:
            wanted |= Q(body_regions__contains=f"|{target.region}|")
        elif target.position:
            wanted |= Q(starting_position=target.position)
        elif target.condition_id:
            wanted |= Q(condition_uses__tag=target.condition_id)
        else:
            wanted |= Q(content_key=target.content_key)
    return wanted


def reach_among_exercises(thing: Any) -> Iterable[Affected]:
    """Exercises that offer it as another way, or that would lose the note."""
    if isinstance(thing, ExercisePage):
        offering = Variation.objects.filter(exercise__content_key=thing.content_key).values("page")
        yield affected_pages(
            _("exercises that offer it as another way"), ExercisePage.objects.live().filter(pk__in=offering)
        )
    if isinstance(thing, SafetyNote):
        concerned = ExercisePage.objects.filter(exercises_with(thing)).values("pk")
        yield affected_pages(_("exercises that show this note"), ExercisePage.objects.live().filter(pk__in=concerned))
