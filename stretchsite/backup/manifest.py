"""What a backup says of itself: when it was made, by which version, the keys it needs, a checksum of each file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

#: What it is called in the folder of a backup, and how it is laid out; another number is another layout.
NAME, LAYOUT = "manifest.json", 1
#: So many bytes of a file are read at a time.
AT_ONCE = 1024 * 1024


class NoBackup(Exception):
    """The folder holds no backup, or not as it was made; says in words what is wrong."""


@dataclass
class Manifest:
    """One backup. ``files`` are checksums (SHA-256) by path within it; keys are said by their names alone."""

    made_at: str
    version: str
    vendor: str
    migrations: list[str]
    share_link_keys: list[str]
    share_code_keys: list[str]
    rows: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)
    layout: int = LAYOUT

    def written_to(self, folder: Path) -> None:
        """Put it into the folder."""
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1, sort_keys=True), encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises :class:`NoBackup`."""
    try:
        found: Any = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if found.get("layout") != LAYOUT:
            raise NoBackup(f"{folder} is laid out in a way this version does not know: it was made by another.")
        return Manifest(**found)
    except FileNotFoundError as error:
        raise NoBackup(f"{folder} holds no backup: there is no {NAME} in it.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise NoBackup(f"{folder / NAME} cannot be read: {error}") from error


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            digest.update(piece)
    return digest.hexdigest()


def altered_files(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Each file that is not as it was when the backup was made, with what is wrong."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()}
    for name in sorted(there - manifest.files.keys() - {NAME}):
        yield f"{name} does not belong to it"
    for name, told in manifest.files.items():
        path = folder / name
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or path.is_symlink():
            yield f"{name} leads out of it"
        elif name not in there:
            yield f"{name} is missing"
        elif checksum(path) != told:
            yield f"{name} is not what was backed up"
