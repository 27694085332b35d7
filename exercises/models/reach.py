"""What the withdrawal of an exercise or a note reaches among the exercises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from clinical.models import SafetyNote
from clinical.publishing.origins import goes_back_to
from clinical.withdrawal.impact import Affected, affected_pages
from clinical.words.choices import SAME_POSITION_AS
from exercises.models.exercises import ExercisePage
from exercises.models.variations import Variation
from exercises.querysets import starts, within, works


def exercises_with(note: SafetyNote) -> Q:
    """The exercises a note concerns by its places, on their own pages."""
    wanted = Q(pk__in=[])
    for target in note.targets.all():
        if target.everywhere:
            return Q(pk__isnull=False)
        if target.region:
            wanted |= works(target.region)
        elif target.position:
            for position in within(SAME_POSITION_AS, target.position):
                wanted |= starts(position)
        elif target.equipment:
            wanted |= Q(equipment__contains=f"|{target.equipment}|")
        elif target.exercise_kind:
            wanted |= Q(kind=target.exercise_kind)
        elif target.condition_id:
            wanted |= Q(condition_uses__tag=target.condition_id)
        else:
            wanted |= goes_back_to([target.content_key])
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
