"""The safety notes as a Composition, which every resource of ours carries within itself: none comes without them.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from clinical.outputs.fhir.elements import Element, extensions
from clinical.outputs.fhir.narrative import lines, listed, narrative
from clinical.outputs.safety_data import NoteData, SignGroupData

#: What it is called within a resource.
SAFETY_ID = "safety"
#: In LOINC: words that teach a patient.
_TYPE = {"coding": [{"system": "http://loinc.org", "code": "34895-3", "display": "Education note"}]}


def safety_composition(
    signs: Sequence[SignGroupData], notes: Sequence[NoteData], *, publisher: str, today: date
) -> Element:
    """The card of signs, then each note in full and in reading order, as they are in force today."""
    return {
        "resourceType": "Composition",
        "id": SAFETY_ID,
        "status": "final",
        "type": _TYPE,
        "date": today.isoformat(),
        "author": [{"display": publisher or _("The publisher of this page")}],
        "title": _("Safety notes"),
        "section": [
            {"title": _("Before you start"), "section": [_sign_section(group) for group in signs]},
            {"title": _("Safety notes"), "section": [_note_section(note) for note in notes]},
        ],
    }


def safety_link() -> Element:
    """Where a resource names its notes, as documentation that belongs to it."""
    return {"type": "documentation", "display": _("Safety notes"), "resource": f"#{SAFETY_ID}"}


def _sign_section(group: SignGroupData) -> Element:
    return {
        "extension": extensions(group, {"label"}),
        "title": group.label,
        "text": narrative([listed(group.label, (sign.words for sign in group.signs))]),
    }


def _note_section(note: NoteData) -> Element:
    return {
        "id": str(note.id),
        "extension": extensions(note, {"id", "label", "words", "what_to_do"}),
        "title": note.label,
        "text": narrative([lines(note.words, note.what_to_do)]),
    }
