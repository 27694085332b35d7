"""What live routines would have against a change to an exercise they prescribe."""

from __future__ import annotations

from itertools import chain

from django.utils.translation import gettext as _

from exercises.models import ExercisePage
from routines.models.item_faults import pain_in_its_words


def prescriptions_that_no_longer_fit(page: object) -> list[str]:
    """What live routines prescribe on top of an exercise, and would no longer go together with it as it is here."""
    if not isinstance(page, ExercisePage) or not page.pk:
        return []
    misfits = []
    for item in page.routine_items.filter(page__live=True).select_related("page"):
        item.exercise = page
        misfits += [
            _("Change the routine “%(routine)s” first: %(fault)s") % {"routine": item.page.title, "fault": fault}
            for fault in (*item.misfits(), *chain(*pain_in_its_words(item.page, [item]).values()))
        ]
    return misfits
