"""What an author is told of a value that does not fit its record: where it stands, and what to write instead.

Where many people write it so, the refusal names our own word, our own field, or the figure in its own unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, get_args

from library.faults import Fault
from library.fields import Record
from library.other_fields import field_instead
from library.other_words import figure_instead, word_instead

_TAKE_IT_OUT = "take it out, or mend its spelling"
#: What to write instead, by the sort of fault; the words in braces are the limits that were missed.
_HINTS = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not a field of this record; take it out, or mend its spelling",
    "int_type": "write a whole number, without a unit and without quotes",
    "greater_than_equal": "write a number that is not below {ge}",
    "less_than_equal": "write a number that is not above {le}",
    "bool_type": "write true or false",
    "enum": "write {expected}",
    "literal_error": "write true, or leave the field out",
    "string_type": "write text, in quotes if it looks like a number",
    "string_too_short": "is empty; write something, or leave the field out where it may be left out",
    "string_too_long": "is too long; shorten it to {max_length} characters",
    "too_short": "is empty; add at least one",
    "list_type": "write a list, each thing on a line of its own after a hyphen",
    "model_type": "write fields with values, such as “heading: What it is”",
}
_IDENTIFIER_HINT = "write small letters, digits and hyphens only, such as wall-calf-stretch"
_LINK_HINT = "write an address that begins with https:// or http://"


def misfit(name: str, detail: Any, kind: type[Record]) -> Fault:
    """One fault the record's own rules found in a file, in words that say what to write."""
    # A part in brackets says which of two shapes was meant; nobody wrote it.
    written = [part for part in detail["loc"] if not str(part).startswith("(")]
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in written]
    field = "".join(parts).lstrip(".")
    hint = _HINTS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    if detail["type"] == "string_pattern_mismatch":
        hint = _LINK_HINT if field.endswith("link") else _IDENTIFIER_HINT
    if detail["type"] in _HINTS:
        hint = hint.format(**detail.get("ctx", {}))
    return Fault(name, field, _with_what_to_write(hint, detail, kind))


def _with_what_to_write(hint: str, detail: Any, kind: type[Record]) -> str:
    """The hint, with our word for what was written where there is one."""
    written, sort, name = detail.get("input"), detail["type"], str(detail["loc"][-1] if detail["loc"] else "")
    if sort == "extra_forbidden":
        return _of_unknown_field(hint, detail, kind)
    if sort == "int_type":
        return figure_instead(name, written) or hint
    if sort == "enum":
        ours = word_instead(written, re.findall(r"'([^']+)'", detail["ctx"]["expected"]))
        return f"{ours}; or {hint}" if ours.startswith("did you mean") else ours or hint
    if sort == "list_type" and written is None:
        return f"is empty; leave it out, or {hint}"
    if sort == "string_too_long" and isinstance(written, str):
        return f"{hint} (it has {len(written.strip())})"
    if sort == "string_type" and isinstance(written, dict):
        return "write one text; all of a library is in one language"
    return hint


def _of_unknown_field(hint: str, detail: Any, kind: type[Record]) -> str:
    """What to write instead, or the field that is meant."""
    name = str(detail["loc"][-1])
    ours = field_instead(name, detail["input"], _fields_at(kind, detail["loc"][:-1]))
    return ours if ours.startswith("write ") else hint.replace(_TAKE_IT_OUT, ours or _TAKE_IT_OUT)


def _fields_at(kind: Any, path: Iterable[Any]) -> tuple[str, ...]:
    """The fields of the record that stands at a place within another."""
    for step in path:
        if isinstance(step, str) and isinstance(kind, type) and issubclass(kind, Record) and step in kind.model_fields:
            kind = _record_in(kind.model_fields[step].annotation)
    return tuple(kind.model_fields) if isinstance(kind, type) and issubclass(kind, Record) else ()


def _record_in(annotation: Any) -> Any:
    """The record within a list, or beside nothing."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for each in get_args(annotation) if (found := _record_in(each)) is not None), None)
