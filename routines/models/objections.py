"""What live routines would have against a change to an exercise they prescribe."""

from __future__ import annotations

from itertools import chain

from django.utils.translation import gettext as _

from clinical.publishing.pain_read import Allowed, pain_refusal, rows_read
from clinical.words.pain_faults import OF_ROUTINE
from exercises.models import ExercisePage
from routines.models.routines import RoutinePage


def prescriptions_that_no_longer_fit(page: object) -> list[str]:
    """What live routines prescribe on top of an exercise, and would no longer go together with it as it is here."""
    if not isinstance(page, ExercisePage) or not page.pk:
        return []
    misfits = []
    read = (f"page__{called}" for called in rows_read(RoutinePage))
    items = page.routine_items.filter(page__live=True).select_related("page").prefetch_related(*read)
    for item in items:
        item.exercise = page
        of_the_whole = pain_refusal(item.page, allowed=Allowed(page.pain_most, OF_ROUTINE))
        misfits += [
            _("Change the routine “%(routine)s” first: %(fault)s") % {"routine": item.page.title, "fault": fault}
            for fault in (*item.misfits(), *chain(*of_the_whole.values()))
        ]
    return misfits
