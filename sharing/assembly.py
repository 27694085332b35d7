"""From a share link to what its patient is shown, in a number of queries that does not grow with the list.

The list is frozen, its safety is not: exercises that are withdrawn or not live are taken out, one whose dosage no
longer fits it or the notes on it is to be asked about, and what the routine itself has gained or lost since is said in
plain words. Behind a programme stands no routine that somebody approved, so all rules of conflicts are asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinical.safety.conflicts import NoteFacts
from clinical.safety.pain import strictest
from clinical.words.choices import ReviewState
from clinical.words.pain_kept import without_more_pain
from exercises.dosage import FIELDS, LINES
from exercises.frequency import Frequency
from routines import assembly
from routines.dosed import sheet_facts
from routines.item_weeks import WEEKS
from sharing.doses import items_outside
from sharing.holding import not_holding
from sharing.sheet import SharedSheet

if TYPE_CHECKING:
    from routines.sheet import RoutineSheet

#: A share link and one of its rows, as records. They know this module, so it does not name their classes.
Link: TypeAlias = Any
SharedItem: TypeAlias = Any

Rows = list[dict[str, Any]]

#: What says how much of an exercise there is, and in which weeks: how it should feel does not.
_HOW_MUCH = (*(name for name in FIELDS if name not in LINES), *WEEKS)


def shared_sheet(link: Link, rows: Sequence[SharedItem] | None = None) -> SharedSheet:
    """What the patient is shown now. The link must be live and its routine open; the caller has asked.

    The sheet knows no conditions, so no output can name what somebody is treated for (SL11): whoever sees the phone or
    the paper would learn it.
    ``rows`` are given for a link that is not made yet, so that its maker sees the same before.
    """
    rows = link.shared_item_rows() if rows is None else rows
    given = [row for row in rows if not row.is_left_out]
    sheet, unfit = judged(link, given)
    taken_out = dict.fromkeys([*sheet.taken_out, *(row.exercise.title for row in rows if row.is_taken_out)])
    asked = dict.fromkeys(row.exercise.title for row in given if row.exercise_id in unfit)
    shown = [row for row in given if row.is_followable and row.exercise_id not in unfit]
    return SharedSheet(
        sheet=replace(
            sheet,
            ask_about=tuple(asked),
            taken_out=tuple(taken_out),
            conditions=(),
            **_weeks(link),
            **_whose(link, sheet),
        ),
        given_on=timezone.localdate(link.created_at),
        valid_until=timezone.localdate(link.expires_at),
        note=note_as_read(link.note, rows),
        mark=link.mark,
        changes=tuple(_changes(link, rows, shown)),
    )


def note_as_read(note: str, rows: Iterable[SharedItem]) -> str:
    """A note without what allows more pain than the strictest exercise given with it that may be done, as it is today.

    One that is to be asked about counts too: by the same exercises a new link's note is judged.
    """
    limits = [row.exercise.pain_limit() for row in rows if row.is_followable and not row.is_left_out]
    return without_more_pain(note, strictest(limits).most) if limits else note


def _weeks(link: Link) -> dict[str, Any]:
    """The day the first week began, and which week it is."""
    began = timezone.localdate(link.first_begun_at)
    return {"began_on": began, "week": max(0, (timezone.localdate() - began).days) // 7 + 1}


def _whose(link: Link, sheet: RoutineSheet) -> dict[str, Any]:
    """Of a programme, whose choice it is; it is example content where any exercise in it is."""
    if link.programme is None:
        return {}
    states = {item.exercise.provenance.review_state for item in sheet.items}
    weakest = (ReviewState.UNREVIEWED, ReviewState.SAME_PERSON, ReviewState.REVIEWED)
    state = next((each for each in weakest if each in states), ReviewState.REVIEWED)
    return {
        "put_together": link.programme.put_together(),
        "provenance": replace(sheet.provenance, review_state=state),
    }


@dataclass(frozen=True)
class Fetched:
    """What judging a link asks the database for, where that was asked for many links together."""

    sheet: assembly.Fetched
    notes: Mapping[UUID, NoteFacts]
    bare: Collection[str]


def judged(link: Link, given: list[SharedItem], fetched: Fetched | None = None) -> tuple[RoutineSheet, set[int]]:
    """The sheet without the exercises that are to be asked about, and the ids of those.

    An exercise that was given twice is asked about as a whole: its name could not tell which of the two is meant.
    """
    often, known = link.often(), fetched.sheet if fetched else None
    unfit = {row.exercise_id for row in given if row.is_followable and not row.still_fits()}
    fit = [row for row in given if row.exercise_id not in unfit]
    sheet = assembly.routine_sheet(link.given, fit, often, known)
    fallen = _fallen(link, sheet, often, fetched)
    if not fallen:
        return sheet, unfit
    unfit |= {row.exercise_id for row in fit if row.is_followable and row.exercise.content_key in fallen}
    kept = [row for row in given if row.exercise_id not in unfit]
    return assembly.routine_sheet(link.given, kept, often, known), unfit


def _fallen(link: Link, sheet: RoutineSheet, often: Frequency, fetched: Fetched | None) -> frozenset[UUID]:
    """The exercises, by their keys, that the notes in force today no longer let stand as they were given."""
    outside = items_outside(sheet, often)
    by_dose = frozenset(item.exercise.key for item in sheet.items if item.number in outside)
    if link.programme is None:
        return by_dose
    more = (fetched.notes, fetched.bare) if fetched else ()
    return by_dose | not_holding(sheet, sheet_facts(sheet, link.programme.conditions, *more))


def _changes(link: Link, rows: Sequence[SharedItem], shown: list[SharedItem]) -> Iterator[str]:
    """What is different from the day it was given, in plain words. ``shown`` is without what is to be asked about."""
    if link.programme or _is_as_published(link):
        yield from _other_words(link, shown)
        return
    now = _items_now(link)
    known = {row.exercise.content_key for row in rows}
    current = {row["exercise__content_key"] for row in now}
    for row in now:
        if row["exercise__content_key"] not in known:
            name = {"exercise": row["exercise__title"]}
            yield _("“%(exercise)s” is new in this routine. It is not on your list: ask before you add it.") % name
    for given in shown:
        if given.exercise.content_key not in current:
            name = {"exercise": given.exercise.title}
            yield _("“%(exercise)s” is no longer part of this routine. Ask whether you should go on with it.") % name
    yield from _other_dosages(link, now, {row.exercise_id for row in shown})
    yield from _other_words(link, shown)


def _is_as_published(link: Link) -> bool:
    """Whether nobody has published the routine since, so that there is nothing to compare it with."""
    return link.routine_revision_id is not None and link.routine_revision_id == link.routine.live_revision_id


def _items_now(link: Link) -> Rows:
    items: Any = link.routine.items
    items = items.with_exercises().filter(exercise__live=True, is_withdrawn_now=False)
    return list(
        items.order_by("sort_order").values("exercise_id", "exercise__content_key", "exercise__title", *_HOW_MUCH)
    )


def _other_dosages(link: Link, now: Rows, given: set[int]) -> Iterator[str]:
    """Where the routine prescribes something else than in the version the link was made from."""
    if link.routine_revision is None:
        return
    then = {row["exercise"]: _figures(row) for row in link.routine_revision.content.get("items", [])}
    for row in now:
        key = row["exercise_id"]
        if key in given and key in then and then[key] != _figures(row):
            name = {"exercise": row["exercise__title"]}
            yield _("How much of “%(exercise)s” this routine asks for has changed. Yours is as it was given.") % name


def _figures(row: dict[str, Any]) -> tuple[Any, ...]:
    """What was left empty is the same whether it was empty or unknown when the row was written."""
    return tuple(None if row.get(name) == "" else row.get(name) for name in _HOW_MUCH)


def _other_words(link: Link, shown: list[SharedItem]) -> Iterator[str]:
    """Which instructions were written anew since; the page shows the new ones."""
    for row in shown:
        published = row.last_published_at
        if published and published > link.created_at:
            day = date_format(timezone.localdate(published), "j F Y")
            name = {"exercise": row.exercise.title, "day": day}
            yield _("The instructions for “%(exercise)s” were updated on %(day)s.") % name
