"""The callouts of a safety board as values, for outputs that are no template: the same lists, labels and order.

Every note of a board stands in exactly one list, so an output that shows all lists loses none (E3.5, E5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.utils.translation import gettext as _

from clinical.outputs.note_labels import today_label
from clinical.safety.parts import never_lost
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import SafetyBoard
from clinical.safety.short_signs import COMPLETES_IF
from clinical.words.choices import NoteKind

CalloutStyle = Literal["emergency", "today", "stop", "check", "note"]


@dataclass(frozen=True)
class NoteList:
    """Notes under the label that says how to read them: "Stop if"."""

    label: str
    notes: tuple[EffectiveNote, ...]


@dataclass(frozen=True)
class Callout:
    """The lists of one tier, or of one urgency of tier 1. ``style`` is how it is drawn."""

    style: CalloutStyle
    lists: tuple[NoteList, ...]


@never_lost("A safety note")
def callouts(board: SafetyBoard) -> tuple[Callout, ...]:
    """Every note of the board, in reading order; lists and callouts without a note are left out."""
    emergency = _("Emergency: call %s now if") % board.emergency_number.number
    made = (
        Callout("emergency", _to_get_help(emergency, board.emergency)),
        Callout("today", _to_get_help(today_label(board), board.same_day)),
        _callout(
            "stop",
            *_to_leave(board.do_not_if),
            NoteList(_("Stop if"), board.stop_if),
            NoteList(_("Do not"), board.never),
        ),
        _callout("check", NoteList(_("Check first"), board.check_first)),
        _callout(
            "note",
            NoteList(_("Before you start"), board.preparation),
            NoteList(_("Do"), board.dos),
            NoteList(_("Don’t"), board.donts),
            NoteList(_("Good to know"), board.good_to_know),
        ),
    )
    return tuple(callout for callout in made if callout.lists)


@never_lost("A safety note")
def whole_words(item: EffectiveNote) -> str:
    """A note and what to do about it, as one piece of text."""
    return " ".join(part for part in (ended(item), item.note.what_to_do) if part)


def ended(item: EffectiveNote) -> str:
    """A note's words, brought to an end where what to do about it follows."""
    words = item.words.rstrip()
    return f"{words}." if item.note.what_to_do and words and words[-1] not in ".!?:…" else words


def labels(board: SafetyBoard) -> dict[str, str]:
    """The label each note is read under, by the note's identity."""
    return {
        str(item.key): notes.label for callout in callouts(board) for notes in callout.lists for item in notes.notes
    }


def _callout(style: CalloutStyle, *lists: NoteList) -> Callout:
    return Callout(style, tuple(each for each in lists if each.notes))


def _to_get_help(label: str, notes: Iterable[EffectiveNote]) -> tuple[NoteList, ...]:
    """Notes of tier 1: those that complete the label first; a raised tip stands apart, under a label of its own."""
    notes = tuple(notes)
    completing = tuple(item for item in notes if item.note.kind in COMPLETES_IF)
    others = tuple(item for item in notes if item.note.kind not in COMPLETES_IF)
    return _callout("today", NoteList(label, completing), NoteList(_("To get help"), others)).lists


def _to_leave(notes: Iterable[EffectiveNote]) -> tuple[NoteList, ...]:
    """Notes of tier 2 that are neither stop signs nor things never to do, by kind."""
    grouped = groupby(notes, key=lambda item: item.note.kind)
    return tuple(NoteList(_label_of(kind), tuple(items)) for kind, items in grouped)


def _label_of(kind: NoteKind) -> str:
    if kind in {NoteKind.PREPARATION, NoteKind.DO}:
        return _("Do not leave this out")
    if kind in {NoteKind.CONTRAINDICATION, NoteKind.RED_FLAG}:
        return _("Do not do this if")
    return _("Do not start before you have checked")
