"""From what stands in a cell to the field of a record, and back; nothing is guessed, and nothing is lost on the way.

What cannot be read as the column asks is handed on as it stands: the record's own rules then say what to write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import override

from library.sheets.columns import Column, Part, Sort
from library.sheets.layout import PLACES

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BARS = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_SAID = {"yes": True, "true": True, "no": False, "false": False}
_PIECES = ("heading", "paragraph", "points")


def read_cell(column: Column, text: str) -> Any:
    """The field's value; ``text`` is never empty."""
    return _READ[column.sort](column, text)


def write_cell(column: Column, value: Any) -> str:
    """What stands in the cell for a value as a record gives it in plain data."""
    return _WRITE[column.sort](column, value)


def word_of(words: type[TextChoices] | None, text: str) -> str:
    """The word of a list that is meant by its own name or by what people read for it; else the text as it stands."""
    if words is None:
        return text
    said, meant = text.strip().casefold(), _meant(words)
    return meant.get(said) or meant.get(said.replace(" ", "_").replace("-", "_")) or text


def label_of(words: type[TextChoices] | None, value: str) -> str:
    """What people read for a word of a list."""
    if words is None or value not in words.values:
        return value
    return _labels(words)[value]


@lru_cache
def _labels(words: type[TextChoices]) -> dict[str, str]:
    """In English, whatever language is spoken: what is read in a sheet does not depend on who reads it."""
    with override("en"):
        return {word.value: str(word.label) for word in words}


@lru_cache
def _meant(words: type[TextChoices]) -> dict[str, str]:
    by_label = {label.casefold(): value for value, label in _labels(words).items()}
    return by_label | {word.value: word.value for word in words}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _read_words(column: Column, text: str) -> Any:
    said = [each.strip() for line in _lines(text) for each in re.split(r"[;,]", line) if each.strip()]
    found = [word_of(column.words, each) for each in said]
    return found[0] if column.field == "position" and len(found) == 1 else found


def _write_words(column: Column, value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    return "\n".join(label_of(column.words, each) for each in values)


def _read_number(column: Column, text: str) -> Any:
    return int(text) if _WHOLE.fullmatch(text) else text


def _split(line: str) -> list[str]:
    """The parts of a line; a bar, a line break or a backslash within one is written with a backslash before it."""
    marked = _BARS.sub(lambda found: f"{found[1]}\0", line)
    return [
        _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], part).strip() for part in marked.split("\0")
    ]


def _join(parts: Iterable[str]) -> str:
    escaped = [part.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n") for part in parts]
    while escaped and not escaped[-1]:
        escaped.pop()
    return " | ".join(escaped)


def _read_parts(column: Column, text: str) -> list[Any]:
    return [_one(column.parts, _split(line)) for line in _lines(text)]


def _one(parts: tuple[Part, ...], said: list[str]) -> dict[str, str]:
    """One line as a record; what is too much is kept as a field there is not, so that it is refused and not lost."""
    found = {part.field: word_of(part.words, words) for part, words in zip(parts, said, strict=False) if words}
    if surplus := [words for words in said[len(parts) :] if words]:
        found["a part too many"] = " | ".join(surplus)
    return found


def _write_parts(column: Column, value: Any) -> str:
    return "\n".join(
        _join(label_of(part.words, str(each.get(part.field) or "")) for part in column.parts) for each in value
    )


def _read_prose(column: Column, text: str) -> list[dict[str, Any]]:
    """Pieces of prose; a line that names no sort is a paragraph."""
    found: list[dict[str, Any]] = []
    for line in _lines(text):
        sort, *words = _split(line)
        name = sort.casefold()
        if name not in _PIECES:
            found.append({"paragraph": _split(line.replace("|", "\\|"))[0] if words else sort})
        elif name == "points":
            found.append({name: [each for each in words if each]})
        else:
            found.append({name: " | ".join(words)})
    return found


def _write_prose(column: Column, value: Any) -> str:
    written = []
    for piece in value:
        (name, words) = next((name, piece[name]) for name in _PIECES if piece.get(name) is not None)
        written.append(_join([name, *(words if isinstance(words, list) else [words])]))
    return "\n".join(written)


def _read_places(column: Column, text: str) -> list[dict[str, Any]]:
    return [_place(*_split(line)) for line in _lines(text)]


def _place(sort: str, *which: str) -> dict[str, Any]:
    name, said = sort.casefold(), " | ".join(which)
    if name == "everything" and not said:
        return {name: True}
    return {name: word_of(PLACES.get(name), said)}


def _write_places(column: Column, value: Any) -> str:
    written = []
    for place in value:
        (name, which) = next((name, place[name]) for name in PLACES if place.get(name) is not None)
        written.append(_join([name] if name == "everything" else [name, label_of(PLACES[name], which)]))
    return "\n".join(written)


def _read_pairs(column: Column, text: str) -> Any:
    pairs = [_split(line) for line in _lines(text)]
    return {word_of(column.words, thing): " | ".join(words) for thing, *words in pairs}


def _write_pairs(column: Column, value: Any) -> str:
    return "\n".join(_join([label_of(column.words, thing), words]) for thing, words in value.items())


def _read_figure(column: Column, text: str) -> Any:
    """A pose's name, or a figure itself as the site wrote it."""
    if not text.startswith("{"):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _write_figure(column: Column, value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


_READ: dict[Sort, Any] = {
    Sort.TEXT: lambda column, text: text,
    Sort.LINES: lambda column, text: _lines(text),
    Sort.WORD: lambda column, text: word_of(column.words, text),
    Sort.WORDS: _read_words,
    Sort.NUMBER: _read_number,
    Sort.YES_NO: lambda column, text: _SAID.get(text.casefold(), text),
    Sort.PARTS: _read_parts,
    Sort.PROSE: _read_prose,
    Sort.PLACES: _read_places,
    Sort.PAIRS: _read_pairs,
    Sort.FIGURE: _read_figure,
}
_WRITE: dict[Sort, Any] = {
    Sort.TEXT: lambda column, value: value,
    Sort.LINES: lambda column, value: "\n".join(value),
    Sort.WORD: lambda column, value: label_of(column.words, value),
    Sort.WORDS: _write_words,
    Sort.NUMBER: lambda column, value: str(value),
    Sort.YES_NO: lambda column, value: "yes" if value else "no",
    Sort.PARTS: _write_parts,
    Sort.PROSE: _write_prose,
    Sort.PLACES: _write_places,
    Sort.PAIRS: _write_pairs,
    Sort.FIGURE: _write_figure,
}
