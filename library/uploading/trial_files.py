"""The files of a trial: written into its own folder. What the site has is read, never written over nor removed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages


class TrialFiles(FileSystemStorage):
    """A folder in front of another storage, which may be a folder or a bucket."""

    def __init__(self, folder: Path, beneath: Storage) -> None:
        """Write into ``folder``; read ``beneath`` what is not there."""
        super().__init__(location=folder)
        self.beneath = beneath

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        """The trial's own, else the site's. Raises ``OSError`` where neither has it."""
        mine: Any = super()
        return mine._open(name, mode) if mine.exists(name) else self.beneath.open(name, "rb")

    def exists(self, name: str) -> bool:
        """Whether either has it: nothing of a trial takes a name of the site's."""
        return super().exists(name) or self.beneath.exists(name)

    def size(self, name: str) -> int:
        """In bytes."""
        return super().size(name) if super().exists(name) else self.beneath.size(name)


def keep_files_apart(folder: Path) -> None:
    """Let this process write files into a folder of its own. There is no way back: it is to do nothing else."""
    lazy: Any = default_storage
    lazy._wrapped = TrialFiles(folder, storages["default"])
