"""One form for what may be written in several: so a record that an export gives back is known as the one loaded."""

from __future__ import annotations

import json
from typing import Any

from clinical.publishing.blocks import cleaned

#: Fields whose order says nothing. The site keeps none, so an export may name them in another.
IN_NO_ORDER = frozenset({"regions", "equipment", "concerns", "moments", "codes"})


def as_paragraph(text: str) -> str:
    """A paragraph as the site keeps it; plain words may be written without the tag."""
    return cleaned(text if text.lstrip().startswith("<") else f"<p>{text}</p>")


def in_one_form(said: Any) -> Any:
    """A record's words with its sets sorted and its paragraphs in tags.

    Of several positions the first is the one that is shown, and stays first.
    """
    if isinstance(said, list):
        return [in_one_form(each) for each in said]
    if not isinstance(said, dict):
        return said
    return {name: _of_field(name, in_one_form(value)) for name, value in said.items()}


def _of_field(name: str, value: Any) -> Any:
    if name in IN_NO_ORDER and isinstance(value, list):
        return sorted(value, key=lambda each: json.dumps(each, sort_keys=True))
    if name == "position" and isinstance(value, list):
        return [*value[:1], *sorted(value[1:])]
    if name == "paragraph" and value:
        return as_paragraph(value)
    return value
