"""Every text of a library that patients read, page by page, each as a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

#: Fields of a page that hold one text.
TEXTS = (
    "purpose",
    "who_it_is_for",
    "evidence_summary",
    "feel",
    "not_feel",
    "expect_change",
    "see_someone",
    "introduction",
)
#: Fields of a page that hold several.
LISTS = ("check_first", "dos", "donts", "mistakes")
#: Fields that hold parts, and where a part has its text.
PARTS = {"steps": "text", "variations": "text", "conditions": "statement", "items": "cue"}
#: Fields that hold prose.
PROSE = ("what_it_is", "what_helps", "advice", "body")


@dataclass(frozen=True)
class Read:
    """A page, or the notes of a library: its name, and its texts as sentences."""

    name: str
    texts: tuple[str, ...] = field(hash=False)


def patient_texts(library: Path) -> Iterator[Read]:
    """What patients read in a library: each page, then each note."""
    for folder in ("exercises", "routines", "conditions", "information"):
        for path in sorted((library / folder).glob("*.yaml")):
            yield Read(f"{folder}/{path.stem}", tuple(_of_page(_record(path))))
    for path in sorted((library / "notes").glob("*.yaml")):
        yield Read(f"notes/{path.stem}", tuple(_of_note(_record(path))))


def _record(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return record


def _of_page(record: dict[str, Any]) -> Iterator[str]:
    texts = [record[name] for name in TEXTS if name in record]
    texts += [line for name in LISTS for line in record.get(name, ())]
    texts += [part[key] for name, key in PARTS.items() for part in record.get(name, ()) if key in part]
    texts += [text for name in PROSE for block in record.get(name, ()) for text in _of_prose(block)]
    yield from map(sentence, texts)


def _of_prose(block: dict[str, Any]) -> Iterator[str]:
    if "paragraph" in block:
        yield re.sub(r"<[^>]+>", " ", block["paragraph"])
    yield from block.get("points", ())


def _of_note(record: dict[str, Any]) -> Iterator[str]:
    signs = (record.get("in_short"), record.get("family", {}).get("sign"))
    for text in (record["text"], record.get("what_to_do"), *signs):
        if text:
            yield sentence(text)


def sentence(text: str) -> str:
    """A text on one line, closed like a sentence even where it completes a label."""
    words = " ".join(text.split())
    return words if words.endswith((".", "!", "?")) else f"{words}."
