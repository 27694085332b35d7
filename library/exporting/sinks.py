"""Where an export is written to: a folder, or one zip file. The same records are the same bytes in both."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO, Protocol

#: The time every file in a zip bears, so that the same library is the same zip.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class Sink(Protocol):
    """Something files are written to by their names."""

    def write(self, name: str, content: bytes) -> None:
        """Write one file."""


class FolderSink:
    """A folder, which is made where it is not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, content: bytes) -> None:
        """Write one file below the folder."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class ZipSink:
    """A zip file, written as it grows: one record is in memory at a time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def write(self, name: str, content: bytes) -> None:
        """Write one file into it."""
        self._zip.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)

    def close(self) -> None:
        """End it; before that it is no zip."""
        self._zip.close()
