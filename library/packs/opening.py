"""Opening a pack somebody else made: within limits, and nothing of it is believed before its signature is.

A pack is a zip with ``pack.json``, which names every other file with its digest and what was withdrawn, and
``pack.sig``, the signature of that. Whatever is wrong is a ``PackRefused`` that says so, and nothing is written.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from library.packs.pack_keys import is_signed_by

MOST_PACK_BYTES = 60 * 1024 * 1024
MOST_UNPACKED_BYTES = 120 * 1024 * 1024
MOST_BYTES_OF_A_FILE = 10 * 1024 * 1024
MOST_FILES = 6_000
MOST_WITHDRAWN = 5_000
MANIFEST, SIGNATURE, README = "pack.json", "pack.sig", "README.md"
_MOST_BYTES_OF_MANIFEST = 4 * 1024 * 1024
_FOLDERS = "tags|conditions|exercises|routines|notes|information|pictures|redirects"
_NAME = re.compile(
    rf"(?:(?:{_FOLDERS})/[a-z0-9][a-z0-9_-]*\.(?:yaml|jpg|jpeg|png|webp|avif|heic)|library\.yaml|README\.md)"
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


#: What unpacking raises for a zip that is broken, by whichever way it is packed.
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    OSError,
    RuntimeError,
    ValueError,
)


class PackRefused(Exception):
    """A pack that is not taken; the words say why."""


@dataclass(frozen=True)
class Tombstone:
    """Something its publisher has withdrawn: which record, since when, and why, for patients."""

    folder: str
    identifier: str
    title: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Pack:
    """A pack that was signed by whom it should be: what it says of itself, and its files by name."""

    identifier: str
    publisher: str
    version: int
    digest: str
    withdrawn: tuple[Tombstone, ...]
    files: dict[str, bytes]

    def unpack(self, folder: Path) -> None:
        """Write its files below a folder; each name was looked at before."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def opened(content: bytes, *, identifier: str, public_key: str) -> Pack:
    """The pack. Raises ``PackRefused`` unless it is whole, within the limits, and signed with this key for this id."""
    if len(content) > MOST_PACK_BYTES:
        raise PackRefused(f"It is larger than {MOST_PACK_BYTES // 1024 // 1024} MB.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as file:
            return _opened(file, identifier, public_key)
    except _BROKEN as error:
        raise PackRefused("It is no zip file, or a broken one.") from error


def _opened(file: zipfile.ZipFile, identifier: str, public_key: str) -> Pack:
    entries = _entries(file)
    for name in (MANIFEST, SIGNATURE):
        if name not in entries:
            raise PackRefused(f"It has no {name}.")
    said = _read(file, entries.pop(MANIFEST), _MOST_BYTES_OF_MANIFEST)
    if not is_signed_by(said, _read(file, entries.pop(SIGNATURE), 200), public_key):
        raise PackRefused("It is not signed by its publisher: the signature is a stranger's, or it was altered.")
    manifest = _manifest(said)
    if manifest["id"] != identifier:
        raise PackRefused(f"It is the pack “{manifest['id']}”, not “{identifier}”.")
    digests = manifest["files"]
    if set(digests) != set(entries):
        raise PackRefused("It holds other files than its publisher signed.")
    files = {name: _read(file, entry, MOST_BYTES_OF_A_FILE) for name, entry in entries.items()}
    for name, read in files.items():
        if hashlib.sha256(read).hexdigest() != digests[name]:
            raise PackRefused(f"{name} is not what its publisher signed.")
    return Pack(
        identifier=identifier,
        publisher=manifest["publisher"],
        version=manifest["version"],
        digest=hashlib.sha256(said).hexdigest(),
        withdrawn=tuple(map(_tombstone, manifest["withdrawn"])),
        files=files,
    )


def _entries(file: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """What the zip says it holds; refused by name and size before any of it is unpacked."""
    listed = file.infolist()
    if len(listed) > MOST_FILES:
        raise PackRefused(f"It holds more than {MOST_FILES} files.")
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in listed:
        if entry.filename not in {MANIFEST, SIGNATURE} and not _NAME.fullmatch(entry.filename):
            raise PackRefused(f"It holds “{entry.filename[:80]}”, which no pack may.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise PackRefused(f"{entry.filename} is a link.")
        if entry.filename in found:
            raise PackRefused(f"It holds {entry.filename} twice.")
        if entry.file_size > MOST_BYTES_OF_A_FILE:
            raise PackRefused(f"{entry.filename} is larger than {MOST_BYTES_OF_A_FILE // 1024 // 1024} MB.")
        found[entry.filename] = entry
    if sum(entry.file_size for entry in listed) > MOST_UNPACKED_BYTES:
        raise PackRefused(f"Unpacked it is larger than {MOST_UNPACKED_BYTES // 1024 // 1024} MB.")
    return found


def _read(file: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """One file, of which no more is unpacked than it said, nor than it may be."""
    with file.open(entry) as unpacked:
        content = unpacked.read(min(entry.file_size, most) + 1)
    if len(content) > most or len(content) != entry.file_size:
        raise PackRefused(f"{entry.filename} is larger than it may be.")
    return content


def _manifest(said: bytes) -> dict[str, Any]:
    try:
        manifest = json.loads(said)
        fits = (
            manifest["format"] == 1
            and _ID.fullmatch(manifest["id"]) is not None
            and isinstance(manifest["publisher"], str)
            and type(manifest["version"]) is int
            and 0 < manifest["version"] < 2**31
            and isinstance(manifest["files"], dict)
            and isinstance(manifest["withdrawn"], list)
            and len(manifest["withdrawn"]) <= MOST_WITHDRAWN
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PackRefused("What it says of itself cannot be read.") from error
    if not fits:
        raise PackRefused("What it says of itself cannot be read.")
    return dict(manifest)


def _tombstone(said: Any) -> Tombstone:
    try:
        words = {name: said[name] for name in ("folder", "id", "title", "reason")}
        at = datetime.fromisoformat(said["at"])
        at = at.astimezone(UTC) if at.tzinfo else at
        "".join(words.values()).encode()
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise PackRefused("What it says was withdrawn cannot be read.") from error
    if at.tzinfo is None or any("\x00" in word for word in words.values()):
        raise PackRefused("What it says was withdrawn cannot be read.")
    return Tombstone(words["folder"], words["id"], words["title"][:255], words["reason"][:2000].strip(), at)
