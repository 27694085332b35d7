"""A storage on a disk with room for so many bytes of each file, to cut the writing of any file short."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage

from clinical.serving.storage import WholeFiles

NO_SPACE = 28


class DiskWithRoom(WholeFiles):
    """Takes ``room`` bytes of a file and then has no more; with no ``room`` said it takes everything."""

    room: int | None = None

    def _written(self, content: File) -> Path:
        return super()._written(content if self.room is None else _Cut(content, self.room))


class _Cut(File):
    def __init__(self, content: File, room: int) -> None:
        super().__init__(content.file)
        self.content, self.room = content, room

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """As much as there is room for."""
        content = b"".join(self.content.chunks())
        yield content[: self.room]
        if len(content) > self.room:
            raise OSError(NO_SPACE, "No space left on device")


def give_room(room: int | None) -> None:
    """From here on the storage takes so many bytes of each file."""
    storage: Any = default_storage
    storage.room = room


def use(settings: Any, folder: Path) -> Path:
    """Let the site keep its files on such a disk, in the folder given."""
    disk = {"BACKEND": "tests.full_disk.DiskWithRoom", "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    return folder
