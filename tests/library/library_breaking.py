"""Ways to break a library that lies in a folder: its fields, whole files, places and encodings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from testing.small_library import as_yaml, write

#: Changes the valid library in this folder so that it is no longer one.
Breaking = Callable[[Path], object]

_MARK = "the-literal-stands-here"


@dataclass(frozen=True)
class Literal:
    """A value as it stands in the file, without the quotes a YAML writer would put round it."""

    text: str


def _keys(field: str) -> list[str | int]:
    """``items[2].dosage.hold_seconds`` as the keys on the way; positions count from one, as in a fault."""
    return [int(part[1:-1]) - 1 if part.startswith("[") else part for part in re.findall(r"\[\d+\]|[^.\[]+", field)]


def _change(path: Path, field: str, change: Callable[[Any, Any], None]) -> None:
    """Change the value that holds the field, and save the file again."""
    record = yaml.safe_load(path.read_text(encoding="utf-8"))
    *way, last = _keys(field)
    holder = record
    for key in way:
        holder = holder.setdefault(key, {}) if isinstance(holder, dict) else holder[key]
    change(holder, last)
    path.write_text(as_yaml(record), encoding="utf-8")


def put(file: str, field: str, value: Any) -> Breaking:
    """Write this value into the field; one place behind the last of a list adds to it."""

    def breaking(folder: Path) -> None:
        def change(holder: Any, key: Any) -> None:
            written = _MARK if isinstance(value, Literal) else value
            if isinstance(holder, list) and key == len(holder):
                holder.append(written)
            else:
                holder[key] = written

        path = folder / file
        _change(path, field, change)
        if isinstance(value, Literal):
            path.write_text(path.read_text(encoding="utf-8").replace(_MARK, value.text), encoding="utf-8")

    return breaking


def without(file: str, field: str) -> Breaking:
    """Leave the field out."""
    return lambda folder: _change(folder / file, field, lambda holder, key: holder.pop(key))


def lines(file: str, text: str) -> Breaking:
    """Write these lines at the end of the file."""

    def breaking(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write(text)

    return breaking


def content(file: str, raw: bytes | str) -> Breaking:
    """Write a whole file, new or not."""

    def breaking(folder: Path) -> None:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw if isinstance(raw, bytes) else raw.encode("utf-8"))

    return breaking


def encoded(file: str, encoding: str) -> Breaking:
    """Save the file in another encoding, with a letter in it that shows the difference."""

    def breaking(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8").replace("guideline", "guidé")
        (folder / file).write_bytes(text.encode(encoding))

    return breaking


def moved(file: str, place: str) -> Breaking:
    """Move a file to another place or name."""

    def breaking(folder: Path) -> None:
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder / file).rename(target)

    return breaking


def linked(file: str, place: str) -> Breaking:
    """Put a link to a file in another place."""
    return lambda folder: (folder / place).symlink_to(folder / file)


def copied(file: str, name: str, **changes: Any) -> Breaking:
    """The record a second time, under another name and with these changes."""

    def breaking(folder: Path) -> None:
        record = yaml.safe_load((folder / file).read_text(encoding="utf-8"))
        write(folder, {name: {**record, **changes}})

    return breaking


def together(*breakings: Breaking) -> Breaking:
    """Several changes that are only wrong together."""
    return lambda folder: [breaking(folder) for breaking in breakings]


def emptied(folder: Path) -> None:
    """Take every file away."""
    for path in folder.rglob("*.yaml"):
        path.unlink()
