"""What live routines would have against a change to an exercise they prescribe.

Only what could not be followed any more. Words that allow more pain than the exercise would then allow never stand in
its way: making an exercise milder may not wait for anything. What a row, a purpose, a "do" line or an expectation
plainly allows beyond it is left out where readers meet it; of all else the nightly audit names the routine.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from exercises.models import ExercisePage


def prescriptions_that_no_longer_fit(page: object) -> list[str]:
    """What live routines prescribe on top of an exercise, and would no longer go together with it as it is here."""
    if not isinstance(page, ExercisePage) or not page.pk:
        return []
    misfits = []
    for item in page.routine_items.filter(page__live=True).select_related("page"):
        item.exercise = page
        misfits += [
            _("Change the routine “%(routine)s” first: %(fault)s") % {"routine": item.page.title, "fault": fault}
            for fault in item.dose_misfits()
        ]
    return misfits
