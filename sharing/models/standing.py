"""Where a practitioner's links stand today, in words: what their patients' pages leave out, and when they end.

A list of links would have to open each of them. What opening asks the database for is asked here for all of them
together, and judged by the same code, so that the list says of a link what its page says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from clinical.conflicts.open_conflicts import facts_by_key
from clinical.notes.board import languages_for
from clinical.notes.targets import placements_reaching, without_red_flag
from clinical.safety.rules import Placement
from clinical.safety.sheet import is_long_overdue
from exercises.used_for import UsedFor, condition_uses_of
from routines import assembly
from routines.models import RoutineCondition
from sharing import assembly as sharing
from sharing.choices import ShareState
from sharing.models.items import SharedItemRow, rows_of_links
from sharing.models.links import ShareLink
from sharing.models.programmes import Programme, ProgrammeCondition

#: From how many days before its end a link is said to end.
DAYS_BEFORE_THE_END = 7

_ICONS = {ShareState.LIVE: "check", ShareState.EXPIRED: "time", ShareState.REPLACED: "link"}


@dataclass(frozen=True)
class Mark:
    """One thing said of a link, with the icon beside it. It asks for something to be done, or merely tells."""

    icon: str
    words: str
    needs_attention: bool = False


def marks_of(links: Sequence[ShareLink]) -> dict[int, tuple[Mark, ...]]:
    """What is said of each link, by its number; links come from ``for_list``. The queries do not grow with them."""
    live = [link for link in links if link.state_in_list() is ShareState.LIVE]
    found = _of_live(live) if live else {}
    return {link.pk: found.get(link.pk) or (_ended(link),) for link in links}


def _ended(link: ShareLink) -> Mark:
    """Of a link that opens no more: why."""
    state = link.state_in_list()
    if state is ShareState.ROUTINE_GONE:
        asked: Any = link
        words = gettext("Withdrawn") if asked.is_routine_withdrawn else state.label
        return Mark("warning", str(words), needs_attention=True)
    return Mark(_ICONS.get(state, "cross"), str(state.label))


def _of_live(links: Sequence[ShareLink]) -> dict[int, tuple[Mark, ...]]:
    fetch = _fetched(links)
    return {link.pk: tuple(_live(link, *fetch(link))) for link in links}


def _live(link: ShareLink, rows: list[SharedItemRow], fetched: sharing.Fetched) -> Iterable[Mark]:
    """Of a link that opens: what its page leaves out or warns of, when it ends; or that nothing is the matter."""
    given = [row for row in rows if not row.is_left_out]
    sheet, unfit = sharing.judged(link, given, fetched)
    taken = [*sheet.taken_out, *(row.exercise.title for row in rows if row.is_taken_out)]
    asked = [row.exercise.title for row in given if row.exercise_id in unfit]
    late = [row.exercise for row in given if row.is_followable and row.exercise_id not in unfit]
    marks = [
        *_named("warning", taken, _taken_out),
        *_named("help", asked, lambda names, _count: gettext("Asked about: %s") % names),
        *_named("history", _overdue([link.routine, *late]), lambda names, _n: gettext("Review overdue: %s") % names),
        *_ending(link),
    ]
    return marks or [Mark(_ICONS[ShareState.LIVE], str(ShareState.LIVE.label))]


def _named(icon: str, titles: Iterable[str], words: Callable[[str, int], str]) -> list[Mark]:
    named = list(dict.fromkeys(titles))
    return [Mark(icon, words(", ".join(named), len(named)), needs_attention=True)] if named else []


def _taken_out(names: str, count: int) -> str:
    words = ngettext("An exercise was taken out (%(names)s)", "%(count)d exercises were taken out (%(names)s)", count)
    return words % {"count": count, "names": names}


def _overdue(pages: Iterable[Any]) -> Iterable[str]:
    today = timezone.localdate()
    return (page.title for page in pages if page is not None and is_long_overdue(page.review_due, today))


def _ending(link: ShareLink) -> list[Mark]:
    days = (timezone.localdate(link.expires_at) - timezone.localdate()).days
    if days > DAYS_BEFORE_THE_END:
        return []
    words = ngettext("Ends in %d day", "Ends in %d days", days) % days if days else gettext("Ends today")
    return [Mark("time", words, needs_attention=True)]


Fetch = Callable[[ShareLink], tuple[list[SharedItemRow], sharing.Fetched]]


def _fetched(links: Sequence[ShareLink]) -> Fetch:
    """All that judging these links asks the database for."""
    rows, uses = rows_of_links(link.pk for link in links), _uses(links)
    placements = _placements(links, rows, uses)
    notes = facts_by_key(each.note.key for found in placements.values() for each in found)
    bare = without_red_flag({use.tag_id for link in links if link.programme for use in uses(link)})

    def fetch(link: ShareLink) -> tuple[list[SharedItemRow], sharing.Fetched]:
        known = assembly.Fetched(uses(link), placements[link.given.language], Programme.provenance())
        if link.programme:
            vars(link.programme)["conditions"] = {use.tag_id: use.name for use in uses(link)}
        return rows.get(link.pk, []), sharing.Fetched(known, notes, bare)

    return fetch


def _uses(links: Sequence[ShareLink]) -> Callable[[ShareLink], list[UsedFor]]:
    """What each is for: what its routine or its programme is for. Two queries."""
    routines = RoutineCondition.objects.filter(
        content_object__in={link.routine_id for link in links if link.routine_id}
    )
    programmes = ProgrammeCondition.objects.filter(
        programme__in={link.programme_id for link in links if link.programme_id}
    )
    of_routines = condition_uses_of(routines, "content_object_id")
    of_programmes = condition_uses_of(programmes, "programme_id")
    return lambda link: (of_programmes if link.programme_id else of_routines).get(link.given.pk, [])


def _placements(
    links: Sequence[ShareLink], rows: dict[int, list[SharedItemRow]], uses: Callable[[ShareLink], list[UsedFor]]
) -> dict[str, list[Placement]]:
    """Where notes in force hang that may concern any of them, by the language they are read in: a query for each."""
    subjects: dict[str, list[Any]] = {}
    for link in links:
        given = [row for row in rows.get(link.pk, []) if not row.is_left_out]
        subjects.setdefault(link.given.language, []).extend(assembly.subjects_of(link.given, given, uses(link)))
    return {language: placements_reaching(asked, languages_for(language)) for language, asked in subjects.items()}
