"""What search engines are told about a page, in the words of schema.org: never without the safety notes.

Pure. A step-by-step ``HowTo`` is never offered: it could be shown in a list without its notes (H17).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from clinical.outputs.callouts import callouts, whole_words
from clinical.safety.sheet import Provenance, SafetyBoard
from clinical.words.choices import ReviewState

#: What could end the element or start another, and two line ends that scripts once did not know.
_ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def data_block(data: Mapping[str, Any]) -> SafeString:
    """The data as an element of a page: a browser runs nothing of this type, and nothing in it can end it."""
    written = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    return format_html('<script type="application/ld+json">{}</script>', in_a_script(written))


def in_a_script(written: str) -> SafeString:
    """JSON as it may stand in a script element: nothing in it can end the element or start another."""
    # Not str.translate: it goes through twenty thousand characters one by one.
    for character, escaped in _ESCAPES.items():
        written = written.replace(character, escaped)
    return mark_safe(written)  # noqa: S308  (no sign of markup is left in it)


def notes_of(board: SafetyBoard) -> list[dict[str, Any]]:
    """Every note as a piece of text under its label, in reading order."""
    return [
        {
            "@type": "WebPageElement",
            "identifier": str(item.key),
            "name": notes.label,
            "text": whole_words(item),
            "position": int(item.tier),
        }
        for callout in callouts(board)
        for notes in callout.lists
        for item in notes.notes
    ]


def medical_page(
    title: str, address: str, language: str, purpose: str, safety: SafetyBoard, provenance: Provenance
) -> dict[str, Any]:
    """A page about health: its words, its review, its notes."""
    page: dict[str, Any] = {
        "@type": "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": title,
        "inLanguage": language,
        "description": purpose,
        "hasPart": notes_of(safety),
    }
    if provenance.review_state == ReviewState.SAME_PERSON:
        page["creditText"] = provenance.banner  # elsewhere it counts as not reviewed
    elif provenance.reviewed_on:
        page["lastReviewed"] = provenance.reviewed_on.isoformat()
    if provenance.reviewer:
        page["reviewedBy"] = {"@type": "Person", "name": provenance.reviewer}
    return page
