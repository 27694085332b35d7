"""The printed handout of a routine, as an accessible PDF: the serious signs in short, the exercises, the notes in full.

Pure: a sheet and a :class:`Paper` go in, bytes come out. The same two give the same bytes. What it looks like is in
``handout.typ``; every word and figure of it is decided here and in the modules beside this one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from clinical.outputs.file_cache import Made
from clinical.outputs.qr_code import qr_svg
from clinical.outputs.typesetting import lacking, typeset_pdf
from clinical.safety.parts import alone
from exercises.outputs.output import Asked, Kept
from routines.outputs import handout_exercises, handout_notes, handout_words
from routines.outputs.paper import Paper, paper_asked, paper_for
from routines.outputs.words import left_out
from routines.sheet import RoutineSheet

TEMPLATE = Path(__file__).with_name("handout.typ")
#: Raised whenever the same data would give another page, so that no old one is taken from storage.
TEMPLATE_VERSION = 4


def handout(sheet: RoutineSheet, paper: Paper, drawing_of: Callable[[str], str]) -> bytes:
    """The handout as a PDF. ``drawing_of`` gives the SVG that belongs to a drawing's fingerprint."""
    return handout_made(sheet, paper, drawing_of).content


def handout_made(sheet: RoutineSheet, paper: Paper, drawing_of: Callable[[str], str]) -> Made:
    """The same, with what it lacks: drawings that were not to be had, or the typeface."""
    data = handout_data(sheet, paper)
    pictures = handout_exercises.pictures(data["items"])
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


def version(sheet: RoutineSheet, items: list[dict[str, Any]]) -> str:
    """A short name for exactly these words, figures and notes, whatever they are printed on; ``items`` as printed."""
    notes = handout_notes.full_notes(sheet.safety, is_large=False)
    card = handout_notes.card(sheet.signs, sheet.safety, is_large=False)
    said = [sheet.title, sheet.purpose, handout_words.summary(sheet), handout_words.advice(sheet, is_large=False)]
    return _digest([*said, left_out(sheet), card, handout_exercises.to_prepare(sheet), items, notes])[:8]


def _digest(content: Any) -> str:
    written = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def handout_data(sheet: RoutineSheet, paper: Paper) -> dict[str, Any]:
    """Everything the template prints, but for the drawings themselves, which stand there by their fingerprints."""
    exercises = _exercises(sheet, paper)
    foot = _foot(
        paper,
        [
            *handout_words.against(sheet.conditions),
            *handout_words.about(sheet, paper.printed_on, version(sheet, exercises["items"])),
            *paper.imprint,
        ],
    )
    return {**_heading(sheet, paper), **_safety(sheet, paper), **exercises, **foot}


def _properties(sheet: RoutineSheet, paper: Paper) -> dict[str, str]:
    """What a list of files says of it. There somebody else may read along, so what was given to one is not named."""
    if paper.is_shared:
        return {"title": _("Your stretching routine"), "description": _("Made for you to follow at home.")}
    return {"title": sheet.title, "description": sheet.purpose}


def _heading(sheet: RoutineSheet, paper: Paper) -> dict[str, Any]:
    language, _separator, region = sheet.language.partition("-")
    return {
        "paper": "us-letter" if paper.asked.size == "letter" else "a4",
        "is_large": paper.asked.is_large,
        "lang": language or "en",
        "region": region or None,
        "properties": _properties(sheet, paper),
        "title": sheet.title,
        "purpose": sheet.purpose,
        "overdue": sheet.provenance.freshness(paper.printed_on).banner,
        "banner": sheet.provenance.banner,
        "summary": handout_words.summary(sheet),
        "lines": handout_words.lines(sheet, paper),
        "qr": {"svg": qr_svg(paper.address), "alt": _("QR code of %(address)s") % {"address": paper.address}},
        "code": paper.code,
        "note": paper.note,
        "left_out": [{"label": label, "titles": list(titles)} for label, titles in left_out(sheet)],
    }


def _safety(sheet: RoutineSheet, paper: Paper) -> dict[str, Any]:
    all_notes = handout_notes.full_notes(sheet.safety, is_large=paper.asked.is_large)
    last = handout_notes.how_many_last(all_notes)
    return {
        "card": handout_notes.card(sheet.signs, sheet.safety, is_large=paper.asked.is_large),
        "all_notes": all_notes[:-last],
        "last_notes": all_notes[-last:],
        "every_page": handout_notes.stop_line(sheet.safety),
    }


def _exercises(sheet: RoutineSheet, paper: Paper) -> dict[str, Any]:
    return {
        "to_prepare": handout_exercises.to_prepare(sheet),
        "items": handout_exercises.exercises(sheet),
        "ticks": handout_words.ticks(sheet, paper),
        "advice": handout_words.advice(sheet, is_large=paper.asked.is_large),
    }


def _foot(paper: Paper, about: list[str]) -> dict[str, Any]:
    return {
        "about": about,
        "logo": {"svg": paper.logo, "alt": paper.site_name},
        "footer": paper.address,
        "words": {
            "handout": _("%(site)s exercise handout") % {"site": paper.site_name},
            "page": _("Page {this} of {all}"),
            "note": _("For you"),
            "read_first": _("Before you start"),
            "exercises": _("The exercises"),
            "all_notes": _("All safety notes in full"),
        },
    }
