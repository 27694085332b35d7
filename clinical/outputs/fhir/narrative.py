"""What a person reads of a resource where a program shows its text: the notes first, as everywhere.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clinical.outputs.fhir.elements import Element
from clinical.outputs.safety_data import NoteData, ProvenanceData, SignGroupData

_DIV = '<div xmlns="http://www.w3.org/1999/xhtml">{}</div>'


def narrative(parts: Iterable[SafeString]) -> Element:
    """Pieces of text as the text of a resource or a section."""
    return {
        "status": "generated",
        "div": str(format_html(_DIV, format_html_join("", "{}", ((each,) for each in parts)))),
    }


def lines(*said: str) -> SafeString:
    """A paragraph for each text that says anything."""
    return format_html_join("", "<p>{}</p>", ((each,) for each in said if each))


def listed(title: str, said: Iterable[str], *, in_order: bool = False) -> SafeString:
    """A list under its title; nothing where it is empty."""
    points = format_html_join("", "<li>{}</li>", ((each,) for each in said if each))
    if not points:
        return SafeString("")
    name = SafeString("ol" if in_order else "ul")
    return format_html("<p><b>{}</b></p><{}>{}</{}>", title, name, points, name)


def before_anything(
    signs: Iterable[SignGroupData], notes: Iterable[NoteData], provenance: ProvenanceData
) -> SafeString:
    """What must be read first: whether anybody checked it, the card of signs, then every note whole."""
    card = SafeString("").join(listed(group.label, (sign.words for sign in group.signs)) for group in signs)
    full = listed(_("Safety notes"), (note_words(note) for note in notes))
    return format_html("{}{}{}", lines(provenance.banner, provenance.overdue_banner), card, full)


def note_words(note: NoteData) -> str:
    """A note under its label, with what to do."""
    return " ".join(filter(None, (f"{note.label}: {note.words}", note.what_to_do)))
