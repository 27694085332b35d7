"""Files that are there whole or not at all, whatever happens while they are written.

A file is written under another name, checked, brought to the disk, and only then given its own name, which is one step
to the file system. Whoever opens it finds all of it; a full disk, an error or a killed process leave nothing that
bears its name.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils._os import safe_makedirs
from django.utils.deconstruct import deconstructible

#: Where files stand while they are written: in the storage itself, since only there naming them is one step.
UNFINISHED = ".unfinished"
#: What a killed process left there is removed by the next that writes, after so many seconds.
FORGOTTEN_AFTER_SECONDS = 60 * 60


class NotKept(OSError):
    """The storage would not take the file, and holds nothing of it."""


@deconstructible(path="clinical.serving.storage.WholeFiles")
class WholeFiles(FileSystemStorage):
    """Django's storage in folders, with whole files only. The folder of uploads is to be on one disk."""

    if TYPE_CHECKING:
        #: Django's own; it does not publish them.
        _allow_overwrite: bool
        _ensure_location_group_id: Callable[[Path], None]

    def _save(self, name: str, content: File) -> str:
        try:
            part = self._written(content)
            try:
                return self._named(part, name)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise NotKept(error.errno, f"{name} could not be written: {error.strerror or error}") from error

    def _written(self, content: File) -> Path:
        """The content under a name of its own, to its last byte on the disk."""
        folder = self._folder(Path(self.path(UNFINISHED)))
        _forget_leftovers(folder)
        handle, name = tempfile.mkstemp(dir=folder)
        part, size = Path(name), 0
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    size += file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
                file.flush()
                os.fsync(file.fileno())
            if part.stat().st_size != size:
                raise OSError(f"{part.stat().st_size} bytes instead of {size}")
            part.chmod(self.file_permissions_mode or 0o644)
            self._ensure_location_group_id(part)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return part

    def _named(self, part: Path, name: str) -> str:
        """Give it its name, or the next one that is free; never that of a file which is there."""
        while True:
            path = Path(self.path(name))
            folder = self._folder(path.parent)
            try:
                if self._allow_overwrite:
                    part.replace(path)
                else:
                    path.hardlink_to(part)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                bring_to_disk(folder)
                return path.relative_to(self.location).as_posix()

    def _folder(self, path: Path) -> Path:
        if self.directory_permissions_mode is None:
            path.mkdir(parents=True, exist_ok=True)
        else:
            safe_makedirs(path, self.directory_permissions_mode, exist_ok=True)
        return path


def bring_to_disk(folder: Path) -> None:
    """The names in a folder too: without it, a power cut could leave a file without one."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget_leftovers(folder: Path) -> None:
    too_old = time.time() - FORGOTTEN_AFTER_SECONDS
    for leftover in folder.iterdir():
        with suppress(FileNotFoundError):
            if leftover.stat().st_mtime < too_old:
                leftover.unlink()
