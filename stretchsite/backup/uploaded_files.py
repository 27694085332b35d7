"""What was uploaded and cannot be made again; what the site has made of the rest is made again when it is asked for.

Files in a folder of this machine are copied as files; those of any other storage, such as a bucket, through it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage

from clinical.serving.storage import UNFINISHED

#: Folders whose files the site makes again, and the one of files that are being written.
MADE_AGAIN = frozenset({"cards", "figures", "handouts", UNFINISHED})


def place_here() -> str:
    """Where uploaded files are kept, in words."""
    named = f"the bucket {settings.BUCKET.name}" if settings.BUCKET else f"{default_storage.__class__.__name__}"
    return str(folder_here() or named)


def folder_here() -> Path | None:
    """Where uploaded files are kept; nothing where they are in no folder of this machine."""
    return Path(default_storage.location) if isinstance(default_storage, FileSystemStorage) else None


def names_here() -> Iterator[str]:
    """The uploaded files that are worth keeping, by their names."""
    folder = folder_here()
    if folder is None:
        yield from _names_stored("")
    elif folder.is_dir():
        yield from names_in(folder)


def names_in(folder: Path) -> Iterator[str]:
    """The files of a folder that are worth keeping, by their path within it, in order."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and name.parts[0] not in MADE_AGAIN:
            yield name.as_posix()


def _names_stored(folder: str) -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}{name}" for name in sorted(files))
    for name in sorted(folders):
        if folder or name not in MADE_AGAIN:
            yield from _names_stored(f"{folder}{name}/")


def copy_one(name: str, target: Path) -> bool:
    """Copy an uploaded file to a path, making its folder; false where somebody has deleted it meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = folder_here()
    try:
        if folder is not None:
            shutil.copyfile(folder / name, target)
        else:
            with default_storage.open(name) as file:
                target.write_bytes(file.read())
    except FileNotFoundError:
        return False
    return True


def bring_back(source: Path, name: str) -> None:
    """Put a file where uploaded files are, under this name, in the place of one that is there."""
    folder = folder_here()
    if folder is not None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / name)
        return
    default_storage.delete(name)
    with source.open("rb") as file:
        kept = default_storage.save(name, File(file))
    if kept != name:
        default_storage.delete(kept)
        raise OSError(f"{name} could not be brought back: somebody is writing files of this name")
