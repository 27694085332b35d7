"""Why something cannot be handed to a patient today, in words that say what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from clinical.models import ClinicalPage
from clinical.pages.visible import is_shown
from clinical.publishing.gated_pages import is_restricted
from clinical.publishing.review_policy import is_given_no_more, set_back_on
from clinical.safety.conflicts import conflicts_of, dose_conflicts
from clinical.safety.sheet import is_long_overdue
from exercises.frequency import Frequency
from routines.assembly import routine_sheet
from routines.dosed import routine_facts, sheet_facts
from routines.models.item_faults import contradicts, late
from routines.models.routines import RoutineItem, RoutinePage
from routines.models.weeks_fields import MOST_WEEKS
from routines.session_length import too_long
from sharing.holding import concerned
from sharing.models.items import SharedItemMixin, ShareLinkItem
from sharing.models.programme_items import ProgrammeItem
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
    refusals, back = [], cache(set_back_on)
    if given.get_view_restrictions().exists():
        refusals.append(gettext("Open the routine to everybody first: its privacy setting would keep patients out."))
    if given.is_withdrawn():
        refusals.append(gettext("This routine is withdrawn. Choose another one."))
    for item in given.items.with_exercises():
        if not item.is_followable:
            words = gettext("“%(exercise)s” in it is withdrawn or not published. Replace it in the routine first.")
            refusals.append(words % {"exercise": item.exercise.title})
        refusals += _overdue(item.exercise, gettext("The review of “%(page)s” in it is overdue since %(day)s."))
        refusals += _by_one(item.exercise, back)
    for title in _restricted_titles(given):
        words = gettext("“%(exercise)s” in it is not open to everybody. Open it first, or replace it in the routine.")
        refusals.append(words % {"exercise": title})
    return refusals + _overdue(given, gettext("Its review is overdue since %(day)s.")) + _by_one(given, back)


def _restricted_titles(routine: RoutinePage) -> list[str]:
    """The exercises of a routine that only some readers may see; one query."""
    closed = RoutineItem.objects.filter(is_restricted("exercise__path"), page=routine)
    return list(closed.order_by("sort_order").values_list("exercise__title", flat=True))


def _programme_refusals(programme: Programme) -> list[str]:
    if programme.kept_as:
        return [gettext("A template is nobody’s: add it to a new programme.")]
    items = list(programme.items.with_exercises())
    if not items:
        return [gettext("Add at least one exercise.")]
    back = cache(set_back_on)
    return [words for item in items for words in item_refusals(item, back)]


def item_refusals(item: ProgrammeItem, back: Callable[[], date | None]) -> list[str]:
    """Why an exercise cannot be given: nobody reads it any more, its review is long overdue, or it has changed.

    Or it lacks a second person; ``back`` says since when the site asks for two again.
    """
    name = {"exercise": item.exercise.title}
    if not item.is_followable:
        return [
            gettext("“%(exercise)s” is withdrawn, not published or not open to everybody. Choose another exercise.")
            % name
        ]
    refusals = _overdue(item.exercise, gettext("The review of “%(page)s” is overdue since %(day)s."))
    refusals += _by_one(item.exercise, back)
    if not item.still_fits():
        refusals.append(gettext("“%(exercise)s” was changed since you chose it. Remove it and add it again.") % name)
    return refusals + item.misfits()


class Judged(NamedTuple):
    """What is said of a programme while it is put together: at each row, by its number, and of all of it."""

    at: dict[int, list[str]]
    of_all: list[str]


#: Of what holds nothing yet.
NOTHING_SAID = Judged({}, [])


def judged(programme: Programme, items: Sequence[ProgrammeItem], unread: Container[int] = ()) -> Judged:
    """All that would be refused today, where it belongs. A fixed number of queries.

    Rows that are ``unread``, since something in their fields is at fault, are not judged before that is mended.
    """
    often, read = programme.often(), [item for item in items if item.pk not in unread]
    back = cache(set_back_on)
    said = Judged({item.pk: item_refusals(item, back) or row_refusals(item, programme, often) for item in read}, [])
    fit = [item for item in read if not said.at[item.pk]]
    sheet = routine_sheet(programme, fit, often)
    everything = {item.exercise.content_key for item in fit}
    for conflict in conflicts_of(sheet_facts(sheet, programme.conditions)):
        about = concerned(conflict, sheet)
        if about == everything and conflict.other not in about:
            said.of_all.append(conflict.words)
            continue
        for item in fit:
            if item.exercise.content_key in about:
                said.at[item.pk].append(conflict.words)
    said.of_all.extend(too_long(fit))
    return said


def row_refusals(row: Any, given: Given, often: Frequency) -> list[str]:
    """Why a row does not go together with the whole: it begins after the last week, or says days where none are set."""
    return [*late(row, given.weeks_most or given.weeks or MOST_WEEKS), *contradicts(row, often)]


def rule_refusals(given: Given, rows: Sequence[ShareLinkItem], often: Frequency) -> list[str]:
    """What the rules of conflicts say against these rows, given so often (E3.9). Nobody overrides it in a programme.

    Where they say nothing, that all together takes longer than any day has room for.
    """
    if refusals := [words for row in rows for words in row_refusals(row, given, often)]:
        return refusals
    if not isinstance(given, Programme):
        return dose_refusals(given, rows, often) or too_long(rows)
    sheet = routine_sheet(given, rows, often)
    return [conflict.words for conflict in conflicts_of(sheet_facts(sheet, given.conditions))] or too_long(rows)


def _overdue(page: ClinicalPage, words: str) -> list[str]:
    """The refusal for what readers would be warned of: a routine is no fresher than its exercises."""
    if page.review_due is None or not is_long_overdue(page.review_due, timezone.localdate()):
        return []
    told = words % {"page": page.title, "day": date_format(page.review_due, "j F Y")}
    return [f"{told} {gettext('Have it reviewed first.')}"]


def _by_one(page: ClinicalPage, back: Callable[[], date | None]) -> list[str]:
    """The refusal for what one person wrote and checked, where the site has asked for two for long enough."""
    if not is_given_no_more(page, back):
        return []
    words = gettext("“%(page)s” was written and checked by the same person, and two are asked for here.")
    return [f"{words % {'page': page.title}} {gettext('Have it reviewed first.')}"]


def dose_refusals(routine: RoutinePage, given: Iterable[SharedItemMixin], often: Frequency) -> list[str]:
    """Which figures are outside what notes allow (E3.9 c), with what to choose from; nothing when all are within."""
    return [conflict.words for conflict in dose_conflicts(routine_facts(routine, given, often))]
