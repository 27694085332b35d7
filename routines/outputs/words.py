"""A routine in lines of plain text, for outputs that hold nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clinical.outputs.callouts import callouts, whole_words
from clinical.outputs.signs import Sign, SignCard, SignGroup
from clinical.safety.sheet import SafetyBoard
from routines.sheet import RoutineSheet, RoutineSheetItem


def amounts(sheet: RoutineSheet) -> list[str]:
    """Each exercise that is due with how much of it, in order; before them the banner of what no second person checked.

    Where nobody knows the week all may be due. Below it stand the author's cue, what pain is fine here though the signs
    above ask to stop at it, and who should ask first because of this one exercise.
    """
    banner = [sheet.provenance.banner] if sheet.provenance.banner else []
    due = (item for item in sheet.items if item.weeks.include(sheet.week))
    return [*banner, *(line for item in due for line in _lines_of(item))]


def _lines_of(item: RoutineSheetItem) -> Iterator[str]:
    yield f"{item.number}. {item.exercise.title}: {item.dosage_words}"
    yield from (f"   {said}" for said in (item.cue, item.pain_words) if said)
    asks = [ask.text for ask in item.exercise.asks if ask.text]
    if asks:
        yield f"   {_('Ask first if')} {'; '.join(asks)}"


def signs_in_lines(card: SignCard) -> list[str]:
    """The card "Before you start", a line for each sign under its label."""
    lines: list[str] = []
    for group in card.groups:
        lines.append(f"{group.label.upper()}:")
        lines += [f"- {heading}{sign.words}" for heading, sign in _with_headings(group)]
    return lines


def notes_in_lines(board: SafetyBoard) -> list[str]:
    """Every note in full under its label, a line each."""
    lines: list[str] = []
    for callout in callouts(board):
        for notes in callout.lists:
            lines.append(f"{notes.label.upper()}:")
            lines += [f"- {whole_words(item)}" for item in notes.notes]
    return lines


def _with_headings(group: SignGroup) -> Iterator[tuple[str, Sign]]:
    for each in group.lists:
        for sign in each.signs:
            yield (f"{each.heading}: " if each.heading else ""), sign


def left_out(sheet: RoutineSheet) -> list[tuple[str, tuple[str, ...]]]:
    """What is not among the items any more, under the words that say why; empty when nothing is."""
    gone = _("Do not do these: taken out for safety")
    if sheet.began_on:
        gone = _("Do not do these: taken out for safety. Ask your practitioner what to do instead")
    lists = [
        (gone, sheet.taken_out),
        (_("These or their safety notes have changed: leave them out until you have asked"), sheet.ask_about),
    ]
    return [(label, titles) for label, titles in lists if titles]
