"""XS3, H22: whatever somebody writes, on paper it is words, and nothing in the file does anything."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from clinical.words.choices import NoteKind, Tier
from exercises.sheet import Step
from routines.outputs.handout import handout
from tests.hostile_texts import HOSTILE, SCRIPTS
from tests.pure_examples import board, effective, exercise_sheet, item, routine_sheet, version
from tests.routines.outputs.test_handout import PAPER, pages, squeezed

#: What a PDF can do by itself or when it is touched.
ACTIONS = {
    *("/URI", "/JavaScript", "/Launch", "/SubmitForm", "/ImportData"),
    *("/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"),
}


def deeds(pdf: bytes) -> set[str]:
    """The names of everything the file does, leads to or carries along."""
    with pikepdf.open(io.BytesIO(pdf)) as read:
        found = {str(thing.get("/S", "")) for thing in read.objects if isinstance(thing, pikepdf.Dictionary)} & ACTIONS
        found |= {name for name in ("/OpenAction", "/AA", "/AcroForm") if name in read.Root}
        return found | {name for name in ("/EmbeddedFiles", "/JavaScript") if name in read.Root.get("/Names", {})}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_printed_as_they_are(text: str):
    safety = board(effective(version(300, NoteKind.STOP, Tier.DO_NOT, text=f"hurts {text}")))
    exercise = exercise_sheet(1, title=f"T {text}", steps=(Step("move", f"S {text}"),), safety=safety)
    sheet = routine_sheet(item(1, exercise=exercise, cue=text), title=f"R {text}", safety=safety, purpose=text)
    printed = squeezed("".join(pages(handout(sheet, replace(PAPER, note=text), lambda _name: ""))))
    if text.isascii() and text.isprintable() and len(text) < 100:
        assert printed.count(squeezed(text)) >= 4
    assert squeezed("you feel pain, numbness, weakness or dizziness") in printed
    assert "root:" not in printed


def all_of(texts: tuple[str, ...], **facts: Any) -> bytes:
    """A handout with each of the texts as the cue of an exercise."""
    cues = [item(number, cue=text) for number, text in enumerate(texts, start=1)]
    return handout(routine_sheet(*cues, **facts), PAPER, lambda _name: "")


def test_xs3_every_text_is_words_on_paper_and_none_of_it_does_anything():
    pdf = all_of(SCRIPTS)
    printed = squeezed("".join(pages(pdf)))
    # Letters that the typeface does not have are on the paper without being text.
    plain = [text for text in SCRIPTS if text.isascii() and text.isprintable()]
    assert len(plain) > 100
    assert [text for text in plain if squeezed(text) not in printed] == []
    assert deeds(pdf) == set()


def test_what_a_paper_does_is_found():
    with pikepdf.open(io.BytesIO(all_of(("harmless",)))) as read:
        action = read.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)"))
        read.Root["/OpenAction"] = action
        written = io.BytesIO()
        read.save(written)
    assert deeds(written.getvalue()) == {"/OpenAction", "/JavaScript"}
