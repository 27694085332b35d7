"""Why something cannot be handed to a patient today, in words that say what to do instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from clinical.models import ClinicalPage
from clinical.pages.visible import is_shown
from clinical.safety.conflicts import conflicts_of, dose_conflicts
from clinical.safety.sheet import is_long_overdue
from exercises.frequency import Frequency
from routines.assembly import routine_sheet
from routines.dosed import routine_facts, sheet_facts
from routines.models.routines import RoutinePage
from sharing.models.items import SharedItemMixin, ShareLinkItem
from sharing.models.programmes import Programme

#: What a list for one patient is made from.
Given: TypeAlias = RoutinePage | Programme


def is_open(given: Given) -> bool:
    """Whether it may be shown behind a link. Of a programme each exercise is asked by itself, and taken out."""
    if isinstance(given, Programme):
        return True
    return is_shown(given) and not given.is_withdrawn() and not given.get_view_restrictions().exists()


def sharing_refusals(given: Given) -> list[str]:
    """Why no new link may be made of it, whatever is left out; nothing when one may."""
    if isinstance(given, Programme):
        return _programme_refusals(given)
    if not is_shown(given):
        return [gettext("Publish the routine first: only what patients may read can be shared.")]
    refusals = []
    if given.get_view_restrictions().exists():
        refusals.append(gettext("Open the routine to everybody first: its privacy setting would keep patients out."))
    if given.is_withdrawn():
        refusals.append(gettext("This routine is withdrawn. Choose another one."))
    for item in given.items.with_exercises():
        if not item.is_followable:
            words = gettext("“%(exercise)s” in it is withdrawn or not published. Replace it in the routine first.")
            refusals.append(words % {"exercise": item.exercise.title})
        refusals += _overdue(item.exercise, gettext("The review of “%(page)s” in it is overdue since %(day)s."))
    return refusals + _overdue(given, gettext("Its review is overdue since %(day)s."))


def _programme_refusals(programme: Programme) -> list[str]:
    items = list(programme.items.with_exercises())
    if not items:
        return [gettext("Add at least one exercise.")]
    refusals = []
    for item in items:
        refusals += exercise_refusals(item.exercise, is_followable=item.is_followable)
        refusals += item.misfits() if item.is_followable else []
    return refusals


def exercise_refusals(exercise: ClinicalPage, *, is_followable: bool) -> list[str]:
    """Why an exercise cannot be given at all: nobody reads it any more, or nobody has looked at it for too long."""
    if not is_followable:
        words = gettext("“%(exercise)s” is withdrawn or not published. Choose another exercise.")
        return [words % {"exercise": exercise.title}]
    return _overdue(exercise, gettext("The review of “%(page)s” is overdue since %(day)s."))


def rule_refusals(given: Given, rows: Sequence[ShareLinkItem], often: Frequency) -> list[str]:
    """What the rules of conflicts say against these rows, given so often (E3.9). Nobody overrides it in a programme."""
    if not isinstance(given, Programme):
        return dose_refusals(given, rows, often)
    sheet = routine_sheet(given, rows, often)
    return [conflict.words for conflict in conflicts_of(sheet_facts(sheet, given.conditions))]


def _overdue(page: ClinicalPage, words: str) -> list[str]:
    """The refusal for what readers would be warned of: a routine is no fresher than its exercises."""
    if page.review_due is None or not is_long_overdue(page.review_due, timezone.localdate()):
        return []
    told = words % {"page": page.title, "day": date_format(page.review_due, "j F Y")}
    return [f"{told} {gettext('Have it reviewed first.')}"]


def dose_refusals(routine: RoutinePage, given: Iterable[SharedItemMixin], often: Frequency) -> list[str]:
    """Which figures are outside what notes allow (E3.9 c), with what to choose from; nothing when all are within."""
    return [conflict.words for conflict in dose_conflicts(routine_facts(routine, given, often))]
