"""What was uploaded and cannot be made again; what the site has made of the rest is made again when it is asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage

from clinical.serving.storage import UNFINISHED

#: Folders whose files the site makes again, and the one of files that are being written.
MADE_AGAIN = frozenset({"cards", "figures", "handouts", UNFINISHED})


def folder_here() -> Path | None:
    """Where uploaded files are kept; nothing where they are in no folder of this machine."""
    return Path(default_storage.location) if isinstance(default_storage, FileSystemStorage) else None


def names_in(folder: Path) -> Iterator[str]:
    """The files of a folder that are worth keeping, by their path within it, in order."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and name.parts[0] not in MADE_AGAIN:
            yield name.as_posix()


def copy_one(source: Path, target: Path) -> bool:
    """Copy a file, making its folder; false where somebody has deleted it meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        return False
    return True
