"""What a handout says round its exercises: how long and how often, the table to tick, advice, and who stands behind it.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.safety.sheet import ConditionLink, Provenance
from exercises.frequency_words import often_in_words
from exercises.sheet import Thing
from routines.outputs.halves import halves
from routines.outputs.paper import Paper
from routines.outputs.plain_prose import Piece, plain
from routines.outputs.planned_days import has_own_days
from routines.sheet import RoutineSheet

#: Weeks to tick where the routine says nothing of weeks.
USUAL_WEEKS = 4
#: Two tables beside each other from so many weeks on, where a day has no more squares than this.
LEAST_WEEKS_IN_HALVES, MOST_SQUARES_IN_HALVES = 4, 3
#: A table with more rows than this may not fit on a page.
MOST_ROWS_UNSPLIT = 24
#: How many letters fit on a line across half the page.
LETTERS_OF_HALF_A_LINE = 38
#: Stacks of sections with more lines than this may not fit on a page.
MOST_LINES_UNSPLIT = 40
#: What a heading over a section takes, with the room above it.
LINES_OF_A_HEADING = 2


def summary(sheet: RoutineSheet) -> str:
    """How long, how often, for how many weeks, in one sentence."""
    parts = [_("About %s") % sheet.at_its_longest.minutes_words, sheet.frequency, _weeks_in_words(sheet)]
    return ", ".join(part for part in parts if part) + "."


def _weeks_in_words(sheet: RoutineSheet) -> str:
    if sheet.weeks is None:
        return ""
    if sheet.weeks_most is not None:
        return _("for %(least)d to %(most)d weeks") % {"least": sheet.weeks, "most": sheet.weeks_most}
    return ngettext("for %d week", "for %d weeks", sheet.weeks) % sheet.weeks


def lines(sheet: RoutineSheet, paper: Paper) -> list[str]:
    """When, with what, and until when the link works."""
    said = []
    if sheet.moments:
        said.append(_("When: %s.") % ", ".join(moment.label for moment in sheet.moments))
    if sheet.equipment:
        said.append(_("You need: %s.") % ", ".join(map(_thing, sheet.equipment)))
    if paper.ends_on:
        said.append(_("The link on this page works until %s.") % day(paper.ends_on))
    if paper.mark:
        said.append(_("If you ask about it, say “%s”.") % paper.mark)
    if paper.code:
        said.append(_("No camera? Type the code under the square at %s.") % paper.code_address)
    return said


def _thing(thing: Thing) -> str:
    """A thing, with what a home may have instead."""
    name = thing.label.lower()
    return f"{name} ({_('or %s') % thing.substitute})" if thing.substitute else name


def ticks(sheet: RoutineSheet, paper: Paper) -> dict[str, Any]:
    """The table to tick: every week that is given and every time of a day, in one table or two beside each other."""
    if sheet.often.as_needed or not (paper.asked.has_ticks and sheet.items):
        return {"tables": [], "days": [], "squares": 0, "label": "", "is_long": False}
    weeks = [_("Week %d") % number for number in range(1, (sheet.weeks_most or sheet.weeks or USUAL_WEEKS) + 1)]
    squares = sheet.often.sessions_per_day_most or sheet.often.sessions_per_day or 1
    in_halves = len(weeks) >= LEAST_WEEKS_IN_HALVES and squares <= MOST_SQUARES_IN_HALVES and not paper.asked.is_large
    middle = (len(weeks) + 1) // 2
    tables = [weeks[:middle], weeks[middle:]] if in_halves else [weeks]
    return {
        "tables": tables,
        "days": [str(WEEKDAYS_ABBR[number]) for number in range(7)],
        "squares": squares,
        "label": " ".join([": ".join(filter(None, (_("Tick when done"), sheet.frequency))) + ".", *_own_days(sheet)]),
        "is_long": max(map(len, tables)) > MOST_ROWS_UNSPLIT,
    }


def _own_days(sheet: RoutineSheet) -> list[str]:
    """What is not done on every day that is ticked."""
    own = [item for item in sheet.items if has_own_days(item.dosage.frequency)]
    said = ((item.exercise.title, ", ".join(often_in_words(item.dosage.frequency, item.whole))) for item in own)
    return [f"{title}: {words}." for title, words in said]


Section = dict[str, Any]


def advice(sheet: RoutineSheet, *, is_large: bool) -> list[dict[str, Any]]:
    """What to expect, whom to see, what to do and not, everyday advice: rows of stacks of sections.

    All stand in two stacks beside each other, about as high; advice longer than the rest is a row of its own.
    """
    donts = [_("Do not %s") % words for words in sheet.donts]
    expect, see = [{"kind": "text", "text": text} for text in (sheet.expect_change, sheet.see_someone)]
    short = [
        _section(_("What to expect"), [expect]),
        _section(_("When to see someone"), [see]),
        _section(_("Do"), _points(sheet.dos)),
        _section(_("Don’t"), _points(donts)),
    ]
    everyday = plain(sheet.advice)
    is_long = sum(map(_lines_of, everyday)) > sum(map(_lines_of_section, short))
    long = [_section(_("Everyday advice"), everyday, columns=2 if is_long and not is_large else 1)]
    rows = [short, long] if is_long else [[*short, *long]]
    said = [found for row in rows if (found := [section for section in row if section["columns"]])]
    stacks = [list(halves(row, _lines_of_section)) for row in said]
    return [_row(each) for each in ([[[section]] for row in said for section in row] if is_large else stacks)]


def _row(stacks: list[list[Section]]) -> dict[str, Any]:
    """Stacks beside each other, kept on one page unless they may be too long for that."""
    lines = max(sum(map(_lines_of_section, stack)) for stack in stacks)
    return {"stacks": stacks, "is_long": len(stacks) == 1 or lines > MOST_LINES_UNSPLIT}


def _section(label: str, pieces: list[Piece], columns: int = 1) -> Section:
    said = [piece for piece in pieces if piece["text"]]
    return {"label": label, "columns": list(halves(said, _lines_of)) if columns > 1 or not said else [said]}


def _lines_of_section(section: Section) -> int:
    return LINES_OF_A_HEADING + sum(_lines_of(piece) for column in section["columns"] for piece in column)


def _points(texts: Iterable[str]) -> list[Piece]:
    return [{"kind": "point", "text": text} for text in texts]


def _lines_of(piece: Piece) -> int:
    """About how many lines it takes in half the width."""
    return 1 + len(piece["text"]) // LETTERS_OF_HALF_A_LINE


def against(conditions: Iterable[ConditionLink]) -> list[str]:
    """What is known that is no reason to do it, said aloud; what speaks for it stands on the page."""
    return [
        f"{use.name}: {use.evidence.label}. {use.statement}"
        for use in conditions
        if use.evidence and use.speaks_against
    ]


def about(sheet: RoutineSheet, printed_on: date, version: str) -> list[str]:
    """Whose words these are and how fresh, who it is for, and which paper this is."""
    provenance = sheet.provenance
    said = [
        _("General information; follow your own practitioner’s advice where it differs."),
        *([sheet.put_together.words] if sheet.put_together else []),
        _review(provenance),
    ]
    if provenance.who_it_is_for:
        said.append(_("Who it is for: %s") % provenance.who_it_is_for)
    if provenance.sources:
        said.append(_("Sources: %s.") % "; ".join(source.title for source in provenance.sources))
    said.append(_("Printed on %(day)s, version %(version)s.") % {"day": day(printed_on), "version": version})
    return said


def _review(provenance: Provenance) -> str:
    state = provenance.review_words
    said = [_("Review of the exercises: %s") % state if provenance.is_of_parts else state]
    if provenance.reviewer:
        said.append(", ".join(filter(None, (provenance.reviewer, provenance.reviewer_role))))
    if provenance.reviewed_on:
        said.append(_("reviewed %s") % day(provenance.reviewed_on))
    if provenance.review_due:
        said.append(_("next review %s") % day(provenance.review_due))
    return "; ".join(said) + "."


def day(given: date) -> str:
    """A day as readers read it."""
    return date_format(given, "j F Y")
