"""The safety notes of a handout: the card of short signs before the first exercise, and every note in full at the end.

Pure. Rows are put together here by their letters, so that no callout is torn over a page and little paper stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from clinical.outputs.callouts import NoteList, callouts, ended
from clinical.outputs.signs import Sign, SignCard, SignGroup, SignList
from clinical.safety.default_notes import STOP_KEY
from clinical.safety.parts import never_lost
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import SafetyBoard
from routines.outputs.halves import halves

#: Groups of the card that stand beside each other.
BESIDE = (("emergency", "today"), ("leave", "stop"), ("not", "ask"), ("check",))
#: Signs of this group are read as one sentence where none of them has more letters than this.
IN_A_LINE, MOST_LETTERS_IN_A_LINE = "ask", 80
#: No column of a row is narrower than this share of it, in per cent.
NARROWEST = 36
#: Two lists stand beside each other where one has no more letters than this, and both together no more than that.
MOST_LETTERS_OF_SHORT, MOST_LETTERS_BESIDE = 700, 1800
#: A row with more letters than this may not fit on a page, so it may be split: of the card, and of the notes in full.
MOST_LETTERS_UNSPLIT, MOST_LETTERS_UNSPLIT_LARGE = 2600, 1100
#: The end of the notes is kept together from so many letters on, or so many rows.
LEAST_LETTERS_AT_THE_END, MOST_ROWS_AT_THE_END = 900, 3


@never_lost("The stop sign")
def stop_line(board: SafetyBoard) -> str:
    """The default stop sign and the number to call, repeated at the top of every further page."""
    number = board.emergency_number.number
    sign = next(item.words for item in board if item.key == STOP_KEY)
    return _("Stop if %(sign)s. Emergency: call %(number)s.") % {"sign": sign, "number": number}


@never_lost("The card of safety signs")
def card(signs: SignCard, board: SafetyBoard, *, is_large: bool) -> list[dict[str, Any]]:
    """The card in rows of groups. Raises ``MissingSafety`` where a serious note has no sign on it."""
    signs.refuse_if_signs_are_missing(board)
    made = {group.style: _group(group, board.language) for group in signs.groups}
    rows = [[style] for row in BESIDE for style in row] if is_large else BESIDE
    return [_row(found, is_large) for row in rows if (found := [made[style] for style in row if style in made])]


@never_lost("A safety note")
def full_notes(board: SafetyBoard, *, is_large: bool) -> list[dict[str, Any]]:
    """Every note of the board in its callout, the callouts in rows."""
    lists = [(callout.style, each) for callout in callouts(board) for each in callout.lists]
    made = [_note_list(style, each, board.language) for style, each in lists]
    return [_row(row, is_large) for row in _in_rows(made, 1 if is_large else 2)]


def how_many_last(rows: list[dict[str, Any]]) -> int:
    """How many of the rows are kept together at the end, so that a last page has more than a few lines."""
    together = 0
    for number, row in enumerate(reversed(rows), start=1):
        together += row["letters"]
        if together >= LEAST_LETTERS_AT_THE_END or number == MOST_ROWS_AT_THE_END:
            return number
    return len(rows)


def _row(cells: list[dict[str, Any]], is_large: bool) -> dict[str, Any]:
    """Cells beside each other, each as wide as its words need; what stands alone is read in two columns."""
    letters = [max(cell["letters"], 1) for cell in cells]
    shares = [min(max(100 * each // sum(letters), NARROWEST), 100 - NARROWEST) for each in letters]
    most = MOST_LETTERS_UNSPLIT_LARGE if is_large else MOST_LETTERS_UNSPLIT
    columns = 2 if len(cells) == 1 and not is_large else 1
    return {
        "cells": [{**cell, "columns": _in_columns(cell.pop("lists"), columns)} for cell in cells],
        "shares": shares,
        "letters": sum(letters),
        "is_long": sum(letters) > most,
    }


def _group(group: SignGroup, language: str) -> dict[str, Any]:
    longest = max((len(sign.words) for sign in group.signs), default=0)
    return {
        "style": group.style,
        "label": group.label,
        "letters": sum(len(sign.words) + 8 for sign in group.signs) + sum(len(each.heading) for each in group.lists),
        "in_a_line": group.style == IN_A_LINE and longest <= MOST_LETTERS_IN_A_LINE,
        "lists": [_sign_list(each, language) for each in group.lists],
    }


def _sign_list(signs: SignList, language: str) -> dict[str, Any]:
    return {"heading": signs.heading, "notes": [_sign(sign, language) for sign in signs.signs]}


def _sign(sign: Sign, language: str) -> dict[str, Any]:
    return {"words": sign.words, "what_to_do": "", "lang": _spoken(sign.language, language)}


def _note_list(style: str, notes: NoteList, language: str) -> dict[str, Any]:
    made = [_note(item, language) for item in notes.notes]
    return {
        "style": style,
        "label": notes.label,
        "letters": sum(len(note["words"]) + len(note["what_to_do"]) for note in made),
        "in_a_line": False,
        "lists": [{"heading": "", "notes": made}],
    }


def _note(item: EffectiveNote, language: str) -> dict[str, Any]:
    lang = _spoken(item.note.language, language)
    return {"words": ended(item), "what_to_do": item.note.what_to_do, "lang": lang}


def _spoken(own: str, language: str) -> str:
    return (own or language or "en").partition("-")[0]


def _in_rows(cells: Iterable[dict[str, Any]], beside: int) -> Iterator[list[dict[str, Any]]]:
    """Each short list beside the one before or after it, the others alone; their order stays."""
    row: list[dict[str, Any]] = []
    for cell in cells:
        if row and not (len(row) < beside and _go_together(row[0], cell)):
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _go_together(one: dict[str, Any], other: dict[str, Any]) -> bool:
    letters: tuple[int, int] = one["letters"], other["letters"]
    return min(letters) <= MOST_LETTERS_OF_SHORT and sum(letters) <= MOST_LETTERS_BESIDE


def _in_columns(lists: list[dict[str, Any]], columns: int) -> list[list[dict[str, Any]]]:
    """Lists in as many columns, about as long as each other; a single list is cut between two of its notes."""
    if columns == 1:
        return [lists]
    if len(lists) > 1:
        return list(halves(lists, lambda each: sum(map(_letters, each["notes"]))))
    [only] = lists
    return [[{**only, "notes": notes}] for notes in halves(only["notes"], _letters)]


def _letters(note: dict[str, Any]) -> int:
    return len(note["words"]) + len(note["what_to_do"]) + 8
