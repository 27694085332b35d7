"""Why something cannot be handed to a patient today, in words that say what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from clinical.models import ClinicalPage, Condition
from clinical.pages.visible import is_shown
from clinical.publishing.gated_pages import is_restricted
from clinical.publishing.review_policy import is_given_no_more, set_back_on
from clinical.safety.conflicts import conflicts_of, dose_conflicts
from clinical.safety.pain import strictest
from clinical.safety.sheet import is_long_overdue
from clinical.words.fields import lines as text_lines
from clinical.words.pain_faults import IN_NOTE, pain_in_words_fault, signs_in_note_fault
from clinical.words.pain_words import NEVER
from exercises.frequency import Frequency
from exercises.models.exercises import ExerciseCondition
from routines.assembly import routine_sheet
from routines.choices import Phase
from routines.dosed import routine_facts, sheet_facts
from routines.models.item_faults import contradicts, late
from routines.models.routines import RoutineCondition, RoutineItem, RoutinePage
from routines.models.weeks_fields import MOST_WEEKS
from routines.session_length import too_long
from sharing.holding import asks_for_warm_up, concerned
from sharing.line_faults import faults
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
    items = list(given.items.with_exercises().order_by("sort_order"))
    kept = [item for item in items if item.is_followable]
    for item in kept:
        refusals += _overdue(item.exercise, gettext("The review of “%(page)s” in it is overdue since %(day)s."))
        refusals += _by_one(item.exercise, back)
    refusals += _without(given, items, kept) if len(kept) < len(items) else []
    for title in _restricted_titles(given):
        words = gettext("“%(exercise)s” in it is not open to everybody. Open it first, or replace it in the routine.")
        refusals.append(words % {"exercise": title})
    return refusals + _overdue(given, gettext("Its review is overdue since %(day)s.")) + _by_one(given, back)


def _without(routine: RoutinePage, items: Sequence[RoutineItem], kept: Sequence[RoutineItem]) -> list[str]:
    """Why a routine cannot be given without those of its exercises that are withdrawn or not published (E3.9).

    Every rule but one only grows milder with what is left out: a warm-up that a note asks for must still come first.
    """
    gone = [item.exercise.title for item in items if item not in kept]
    if not kept:
        words = gettext("“%(exercise)s” in it is withdrawn or not published. Replace it in the routine first.")
        return [words % {"exercise": title} for title in gone]
    warms_up = kept[0].phase == Phase.WARM_UP
    facts = routine_facts(routine, kept, routine.often(), is_routine=True, warms_up_first=warms_up)
    if not any(asks_for_warm_up(conflict) for conflict in conflicts_of(facts)):
        return []
    words = gettext(
        "Its warm-up “%s” is withdrawn or not published, and a safety note asks for one. Put another first."
    )
    return [words % gone[0]]


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
    #: The notes that ask for a warm-up, where there is none first: each in a sentence.
    warm_up_for: tuple[str, ...] = ()


#: Of what holds nothing yet.
NOTHING_SAID = Judged({}, [])


def judged(programme: Programme, items: Sequence[ProgrammeItem], unread: Container[int] = ()) -> Judged:
    """All that would be refused today, where it belongs. A fixed number of queries.

    Rows that are ``unread``, since something in their fields is at fault, are not judged before that is mended.
    """
    often, read = programme.often(), [item for item in items if item.pk not in unread]
    back, lines = cache(set_back_on), line_refusals(read, often)
    said = Judged(
        {
            item.pk: item_refusals(item, back) or [*row_refusals(item, programme, often), *told]
            for item, told in zip(read, lines, strict=True)
        },
        [],
    )
    fit = [item for item in read if not said.at[item.pk]]
    sheet = routine_sheet(programme, fit, often)
    everything = {item.exercise.content_key for item in fit}
    found = conflicts_of(sheet_facts(sheet, programme.conditions))
    warm_up_for = tuple(conflict.finding for conflict in found if asks_for_warm_up(conflict))
    if warm_up_for:
        said.of_all.append(gettext("Put a warm-up first: a safety note asks for one."))
    for conflict in found:
        if asks_for_warm_up(conflict):
            continue
        about = concerned(conflict, sheet)
        if about == everything and conflict.other not in about:
            said.of_all.append(conflict.words)
            continue
        for item in fit:
            if item.exercise.content_key in about:
                said.at[item.pk].append(conflict.words)
    said.of_all.extend(too_long(fit))
    return said._replace(warm_up_for=warm_up_for)


def row_refusals(row: Any, given: Given, often: Frequency) -> list[str]:
    """Why a row does not go together with the whole: it begins after the last week, or says days where none are set."""
    return [*late(row, given.weeks_most or given.weeks or MOST_WEEKS), *contradicts(row, often)]


def line_refusals(rows: Sequence[Any], often: Frequency) -> list[list[str]]:
    """What is wrong with the line beside each row of a programme; a routine's were reviewed. One query."""
    if not any(row.cue for row in rows):
        return [[] for _row in rows]
    named = list(_conditions_in_use().values_list("name", "aliases", "hub__title"))
    titles = [title for name, _aliases, hub in named for title in (name, hub) if title]
    words = [word for _name, aliases, _hub in named for word in text_lines(aliases)]
    limits = [NEVER if row.was_given else row.exercise.pain_most for row in rows]
    return [
        faults(row.cue, row.dosage().ranges_in(often), titles, words, most)
        for row, most in zip(rows, limits, strict=True)
    ]


def _conditions_in_use() -> QuerySet[Any]:
    """Those on a live page or with a live hub: a name nobody has reviewed refuses no colleague's line."""
    on_live: dict[str, Any] = {"content_object__live": True, "tag": OuterRef("pk")}
    used = Exists(ExerciseCondition.objects.filter(**on_live)) | Exists(RoutineCondition.objects.filter(**on_live))
    return Condition.objects.filter(Q(hub__live=True) | used)


def refuse_note(rows: Sequence[ShareLinkItem], note: str) -> None:
    """Raise ``ValidationError`` for the note where it is new and speaks against a stop sign it stands above.

    That is where it allows more pain than the strictest exercise, or waves another sign away, which none allows.
    """
    if all(row.was_given for row in rows):
        return
    most = strictest(row.exercise.pain_limit() for row in rows).most
    told = [words for words in (signs_in_note_fault(note), pain_in_words_fault(note, most, IN_NOTE)) if words]
    if told:
        raise ValidationError({"note": told})


def rule_refusals(given: Given, rows: Sequence[ShareLinkItem], often: Frequency) -> list[str]:
    """What the rules of conflicts say against these rows, given so often (E3.9). Nobody overrides it in a programme.

    Where they say nothing, that all together takes longer than any day has room for.
    """
    if refusals := [words for row in rows for words in row_refusals(row, given, often)]:
        return refusals
    if not isinstance(given, Programme):
        return dose_refusals(given, rows, often) or _left_out_warm_up(given, rows, often) or too_long(rows)
    if refusals := [words for told in line_refusals(rows, often) for words in told]:
        return refusals
    sheet = routine_sheet(given, rows, often)
    return [conflict.words for conflict in conflicts_of(sheet_facts(sheet, given.conditions))] or too_long(rows)


def _left_out_warm_up(routine: RoutinePage, rows: Sequence[ShareLinkItem], often: Frequency) -> list[str]:
    """The refusal where a routine begins with a warm-up, a note asks for one, and it is left out for this patient."""
    first = RoutineItem.objects.filter(page=routine).order_by("sort_order").first()
    if not rows or first is None or first.phase != Phase.WARM_UP or rows[0].phase == Phase.WARM_UP:
        return []
    facts = routine_facts(routine, rows, often, is_routine=True, warms_up_first=False)
    if not any(asks_for_warm_up(conflict) for conflict in conflicts_of(facts)):
        return []
    return [gettext("Leave its warm-up in: a safety note asks for one.")]


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
