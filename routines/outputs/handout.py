"""The printed handout of a routine, as an accessible PDF: one page for six exercises, safety first.

Pure: a sheet and a :class:`Paper` go in, bytes come out. The same two give the same bytes. What it looks like is in
``handout.typ``; every word and figure of it is decided here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.outputs.callouts import Callout, callouts, ended
from clinical.outputs.file_cache import Made
from clinical.outputs.qr_code import qr_svg
from clinical.outputs.typesetting import lacking, typeset_pdf
from clinical.safety.default_notes import STOP_KEY
from clinical.safety.parts import alone, never_lost
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import Provenance, SafetyBoard, example_banner
from exercises.dosage_words import beside_cells
from exercises.figure_sheet import SheetFigure
from exercises.outputs.output import Asked, Kept
from routines.outputs.paper import Paper, paper_asked, paper_for
from routines.outputs.sheet_data import routine_sheet_data
from routines.outputs.words import left_out
from routines.sheet import RoutineSheet, RoutineSheetItem

TEMPLATE = Path(__file__).with_name("handout.typ")
#: Raised whenever the same data would give another page, so that no old one is taken from storage.
TEMPLATE_VERSION = 2
WEEKS_OF_TICKS = 4
#: Cells of a dosage beside each other; what they leave unsaid stands below them.
MOST_CELLS = 3
MOST_TICKS_A_DAY = 4
#: An exercise with more letters than this may not fit on a page of its own, so it may be split.
MOST_LETTERS_UNSPLIT = 1200
#: The same for a note, in the narrowest of its columns.
MOST_LETTERS_OF_A_NOTE = 700
#: Columns of a callout on paper.
COLUMNS = {"emergency": 1, "today": 1, "stop": 3, "check": 1, "note": 4}
#: More notes of tiers 3 and 4 than this are read across the whole page, not in halves of it.
MOST_BESIDE_EACH_OTHER = 4


def handout(sheet: RoutineSheet, paper: Paper, drawing_of: Callable[[str], str]) -> bytes:
    """The handout as a PDF. ``drawing_of`` gives the SVG that belongs to a drawing's fingerprint."""
    return handout_made(sheet, paper, drawing_of).content


def handout_made(sheet: RoutineSheet, paper: Paper, drawing_of: Callable[[str], str]) -> Made:
    """The same, with what it lacks: drawings that were not to be had, or the typeface."""
    data = handout_data(sheet, paper)
    pictures = [item["picture"] for item in data["items"] if item["picture"]]
    for picture in pictures:
        name = picture["fingerprint"]
        picture["svg"] = alone(f"drawing {name}", partial(drawing_of, name), "")
    missing = tuple(f"drawing {picture['fingerprint']}" for picture in pictures if not picture["svg"])
    return Made(typeset_pdf(TEMPLATE, data), missing + lacking())


def made(sheet: RoutineSheet, asked: Asked) -> Made:
    """The handout as an output."""
    return handout_made(sheet, paper_for(sheet, asked), asked.drawing_of)


def digest(sheet: RoutineSheet, paper: Paper) -> str:
    """What tells one handout from every other: equal for equal content, the safety notes included."""
    return _digest([TEMPLATE_VERSION, handout_data(sheet, paper)])


#: Each choice of paper has a folder of its own, so that one size does not take another's place.
KEPT: Kept[RoutineSheet] = Kept(
    folder=lambda sheet, asked: f"handouts/{sheet.key}/{paper_asked(asked.query, sheet.language).name}",
    digest=lambda sheet, asked: digest(sheet, paper_for(sheet, asked)),
)


def version(sheet: RoutineSheet, today: date) -> str:
    """A short name for exactly these words, figures and notes, to tell two papers apart."""
    return _digest(routine_sheet_data(sheet, today).model_dump(mode="json"))[:8]


def _digest(content: Any) -> str:
    written = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def handout_data(sheet: RoutineSheet, paper: Paper) -> dict[str, Any]:
    """Everything the template prints, but for the drawings themselves, which stand there by their fingerprints."""
    language, _separator, region = sheet.language.partition("-")
    return {
        "paper": "us-letter" if paper.asked.size == "letter" else "a4",
        "is_large": paper.asked.is_large,
        "lang": language or "en",
        "region": region or None,
        "title": sheet.title,
        "purpose": sheet.purpose,
        "overdue": sheet.provenance.freshness(paper.printed_on).banner,
        "banner": example_banner() if sheet.provenance.is_example else "",
        "summary": _summary(sheet),
        "lines": _lines(sheet, paper),
        "qr": {
            "svg": qr_svg(paper.address),
            "alt": _("QR code of %(address)s") % {"address": paper.address},
        },
        "note": paper.note,
        "left_out": [{"label": label, "titles": list(titles)} for label, titles in left_out(sheet)],
        "safety": _safety(sheet.safety),
        "items": [_item(item) for item in sheet.items],
        "days": [str(WEEKDAYS_ABBR[number]) for number in range(7)],
        "weeks": _weeks() if paper.asked.has_ticks and sheet.items else [],
        "times_a_day": min(sheet.sessions_per_day or 1, MOST_TICKS_A_DAY),
        "closing": _closing(sheet),
        "do_lists": _do_lists(sheet),
        "about": _about(sheet, paper),
        "footer": paper.address,
        "words": _words(sheet, paper),
    }


def _words(sheet: RoutineSheet, paper: Paper) -> dict[str, str]:
    return {
        "handout": _("%(site)s exercise handout") % {"site": paper.site_name},
        "every_page": _stop_line(sheet.safety),
        "page": _("Page {this} of {all}"),
        "note": _("For you"),
        "read_first": _("Read this first"),
        "exercises": _("The exercises"),
        "tick": _("Tick when done"),
    }


@never_lost("The stop sign")
def _stop_line(board: SafetyBoard) -> str:
    """The default stop sign and the number to call, repeated at the top of every further page."""
    number = board.emergency_number.number
    sign = next(item.words for item in board if item.key == STOP_KEY)
    return _("Stop if %(sign)s. Emergency: call %(number)s.") % {"sign": sign, "number": number}


def _summary(sheet: RoutineSheet) -> str:
    minutes = ngettext("About %d minute", "About %d minutes", sheet.minutes) % sheet.minutes
    parts = [minutes, sheet.frequency, _weeks_in_words(sheet)]
    return ", ".join(part for part in parts if part) + "."


def _weeks_in_words(sheet: RoutineSheet) -> str:
    if sheet.weeks is None:
        return ""
    if sheet.weeks_most is not None:
        return _("for %(least)d to %(most)d weeks") % {"least": sheet.weeks, "most": sheet.weeks_most}
    return ngettext("for %d week", "for %d weeks", sheet.weeks) % sheet.weeks


def _lines(sheet: RoutineSheet, paper: Paper) -> list[str]:
    lines = []
    if sheet.moments:
        lines.append(_("When: %s") % ", ".join(moment.label for moment in sheet.moments))
    if sheet.equipment:
        lines.append(_("You need: %s") % ", ".join(thing.label for thing in sheet.equipment))
    if paper.ends_on:
        lines.append(_("The link on this page works until %s.") % _day(paper.ends_on))
    return lines


@never_lost("A safety note")
def _safety(board: SafetyBoard) -> list[list[dict[str, Any]]]:
    """The callouts in rows: help beside help, then what to stop at, then the rest beside each other."""
    made = {callout.style: _callout(callout, board.language) for callout in callouts(board)}
    mild = len(board.check_first) + len(board.dos) + len(board.donts) + len(board.preparation) + len(board.good_to_know)
    side_by_side = [("check", "note")] if mild <= MOST_BESIDE_EACH_OTHER else [("check",), ("note",)]
    rows = [("emergency", "today"), ("stop",), *side_by_side]
    return [found for row in rows if (found := [made[style] for style in row if style in made])]


def _callout(given: Callout, language: str) -> dict[str, Any]:
    return {
        "style": given.style,
        "columns": COLUMNS[given.style],
        "lists": [
            {"label": each.label, "notes": [_note(item, language) for item in each.notes]} for each in given.lists
        ],
    }


@never_lost("A safety note")
def _note(item: EffectiveNote, language: str) -> dict[str, Any]:
    spoken = item.note.language or language or "en"
    letters = len(item.words) + len(item.note.what_to_do)
    return {
        "words": ended(item),
        "what_to_do": item.note.what_to_do,
        "lang": spoken.partition("-")[0],
        "is_long": letters > MOST_LETTERS_OF_A_NOTE,
    }


def _item(item: RoutineSheetItem) -> dict[str, Any]:
    exercise = item.exercise
    steps = [
        {"text": step.text, "notes": [_note(each, exercise.language) for each in exercise.safety.beside(step.kind)]}
        for step in exercise.steps
    ]
    cells = item.dosage_cells[:MOST_CELLS]
    letters = len(exercise.title) + len(item.cue) + sum(len(step.text) for step in exercise.steps)
    return {
        "heading": f"{item.number}. {exercise.title}",
        "cue": item.cue,
        "steps": steps,
        "cells": [{"name": cell.name, "figure": cell.figure, "unit": cell.unit} for cell in cells],
        "more": beside_cells(item.dosage, cells, item.whole),
        "picture": _picture(exercise.figure) if exercise.figure else None,
        "is_long": letters > MOST_LETTERS_UNSPLIT,
    }


def _picture(figure: SheetFigure) -> dict[str, Any]:
    end = figure.end
    return {"fingerprint": end.fingerprint, "svg": "", "alt": end.alt, "is_tall": not figure.is_wide}


def _weeks() -> list[str]:
    return [_("Week %d") % number for number in range(1, WEEKS_OF_TICKS + 1)]


def _closing(sheet: RoutineSheet) -> list[dict[str, str]]:
    parts = [(_("What to expect:"), sheet.expect_change), (_("When to see someone:"), sheet.see_someone)]
    return [{"label": label, "text": text} for label, text in parts if text]


def _do_lists(sheet: RoutineSheet) -> list[dict[str, Any]]:
    donts = [_("Do not %s") % words for words in sheet.donts]
    lists = [(_("Do"), list(sheet.dos)), (_("Don’t"), donts)]
    return [{"label": label, "lines": lines} for label, lines in lists if lines]


def _about(sheet: RoutineSheet, paper: Paper) -> list[str]:
    lines = [
        _("General information; follow your own practitioner’s advice where it differs."),
        _review(sheet.provenance),
    ]
    if sheet.provenance.sources:
        lines.append(_("Sources: %s.") % "; ".join(source.title for source in sheet.provenance.sources))
    made = {"day": _day(paper.printed_on), "version": version(sheet, paper.printed_on)}
    lines.append(_("Printed on %(day)s, version %(version)s.") % made)
    return lines


def _review(provenance: Provenance) -> str:
    said = [str(provenance.review_state.label)]
    if provenance.reviewer:
        said.append(", ".join(filter(None, (provenance.reviewer, provenance.reviewer_role))))
    if provenance.reviewed_on:
        said.append(_("reviewed %s") % _day(provenance.reviewed_on))
    if provenance.review_due:
        said.append(_("next review %s") % _day(provenance.review_due))
    return "; ".join(said) + "."


def _day(day: date) -> str:
    return date_format(day, "j F Y")
