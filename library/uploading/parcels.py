"""What an uploaded file holds, be it a zip, a spreadsheet or the exercises of others: sound records and faults.

A zip is unpacked within bounds that are counted while it is unpacked, whatever it says of itself, into a folder that is
gone when it has been read.
"""

from __future__ import annotations

import io
import stat
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, cast

from library.faults import Fault, LibraryFaults
from library.foreign.making_records import as_library
from library.foreign.meanings import Meanings
from library.foreign.recognising import json_files_in, read_foreign
from library.foreign.suggesting import Suggestion
from library.provenance_records import PictureRecord
from library.reading import MOST_BYTES, MOST_RECORDS, Library, read_what_is_sound
from library.records import RECORD_OF_FOLDER
from library.sheets.bounds import NOT_SOUND
from library.sheets.cell_places import SheetFault, SheetFaults
from library.sheets.reading_sheets import read_sheets
from library.sheets.tables import MOST_BYTES as MOST_BYTES_OF_A_SHEET

#: The largest file that is taken.
MOST_UPLOADED = max(MOST_BYTES, MOST_BYTES_OF_A_SHEET)
#: So many records are tried out within the time a task has; the command takes more.
MOST_RECORDS_UPLOADED = 1000
ENDINGS = (".zip", ".xlsx", ".csv", ".json")
#: What other systems leave in a zip.
_LITTER = ("__MACOSX/", ".DS_Store")


@dataclass(frozen=True)
class Finding:
    """One fault as it is kept and shown: where, at which field or column, and what to write."""

    place: str
    row: int
    column: str
    message: str

    def in_order(self) -> tuple[Any, ...]:
        """As they are read: from row to row, and from the left to the right."""
        letters = self.column.partition(" ")[0] if self.row else ""
        return (self.place, self.row, len(letters), self.column, self.message)


@dataclass
class Parcel:
    """What a file holds. ``find`` says where a fault of one of its records stands."""

    library: Library
    findings: list[Finding]
    find: Callable[[Fault], Finding]
    passed_over: list[str] = field(default_factory=list)
    #: How many records it holds, sound or not.
    records: int = 0
    #: What the source of a record seems to say of fields that stay empty, by what the record is called in faults.
    suggestions: dict[str, list[Suggestion]] = field(default_factory=dict)
    #: How many records use which words of another project, and how many of these words nobody has given one of ours.
    words: Counter[tuple[str, str]] = field(default_factory=Counter)
    undecided: int = 0


def open_parcel(
    name: str, raw: bytes, language: str, *, drafts: bool = False, meanings: Meanings | None = None
) -> Parcel:
    """Read a file as far as it is sound; with ``drafts`` what lacks something is sound too.

    ``meanings`` puts the words of other projects' files into ours. Raises ``LibraryFaults`` or ``SheetFaults`` where
    the file cannot be read at all.
    """
    ending = PurePosixPath(name.casefold()).suffix
    if ending == ".json":
        return _of_others([(name, raw)], name, meanings)
    if ending != ".zip":
        sheets = read_sheets(name, raw, language, drafts=drafts)
        if sheets.rows > MOST_RECORDS_UPLOADED:
            raise _refused(name, f"holds {sheets.rows} records; load at most {MOST_RECORDS_UPLOADED} at once")
        found = [_of_sheet(fault) for fault in sheets.faults]
        return Parcel(
            sheets.library, found, lambda fault: _of_sheet(sheets.places.of(fault)), sheets.passed_over, sheets.rows
        )
    with tempfile.TemporaryDirectory(prefix="library-") as folder:
        root = _unpacked(name, raw, Path(folder))
        if files := json_files_in(root):
            return _of_others(files, name, meanings)
        library, faults, passed_over = read_what_is_sound(root, drafts=drafts)
        for picture in library["pictures"].values():
            cast(PictureRecord, picture).take_along()
    sound = sum(len(library[folder]) for folder in RECORD_OF_FOLDER)
    number = sound + len({fault.file for fault in faults})
    if number > MOST_RECORDS_UPLOADED:
        raise _refused(name, f"holds {number} records; load at most {MOST_RECORDS_UPLOADED} at once")
    return Parcel(library, [of_file(fault) for fault in faults], of_file, passed_over, number)


def _of_others(files: list[tuple[str, bytes]], name: str, meanings: Meanings | None) -> Parcel:
    """Exercises in the shape of another project: what they hold is a draft, whatever else is asked."""
    told = read_foreign(files)
    if len(told.exercises) > MOST_RECORDS_UPLOADED:
        raise _refused(name, f"holds {len(told.exercises)} records; load at most {MOST_RECORDS_UPLOADED} at once")
    made = as_library(told, meanings or Meanings())

    def find(fault: Fault) -> Finding:
        place, number = made.places.get(fault.file, (fault.file, 0))
        return Finding(place, number, fault.field, fault.message)

    return Parcel(
        made.library,
        [find(fault) for fault in made.faults],
        find,
        passed_over=told.passed_over,
        records=len(told.exercises),
        suggestions=made.suggestions,
        words=made.words,
        undecided=made.undecided,
    )


def findings_of(error: LibraryFaults | SheetFaults) -> list[Finding]:
    """What is wrong with a file that cannot be read at all."""
    return [_of_sheet(fault) if isinstance(fault, SheetFault) else of_file(fault) for fault in error.faults]


def of_file(fault: Fault) -> Finding:
    """A fault in a file of records."""
    return Finding(fault.file, 0, fault.field, fault.message)


def _of_sheet(fault: SheetFault) -> Finding:
    heading = f" ({fault.heading})" if fault.heading else ""
    return Finding(fault.sheet, fault.row, f"{fault.column}{heading}" if fault.column else "", fault.message)


def _unpacked(name: str, raw: bytes, folder: Path) -> Path:
    """The folder of the library in a zip. Raises ``LibraryFaults`` for whatever is no plain file within its bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            members = [each for each in packed.infolist() if not each.is_dir() and not _is_litter(each.filename)]
            if len(members) > MOST_RECORDS:
                raise _refused(name, f"holds {len(members)} files; load at most {MOST_RECORDS} at once")
            left = MOST_BYTES
            for member in members:
                left -= _unpack(packed, member, folder, left)
    except NOT_SOUND as error:
        raise _refused(name, "cannot be unpacked, or needs a password; pack it anew as .zip") from error
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() and _is_wrapping(inside[0]) else folder


def _is_wrapping(folder: Path) -> bool:
    """Whether a zip holds the library's folder, and not what is in it."""
    return folder.name not in RECORD_OF_FOLDER


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER[0]) or PurePosixPath(name).name == _LITTER[1]


def _unpack(packed: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, left: int) -> int:
    """Unpack one file; how large it is."""
    path = PurePosixPath(member.filename)
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename or is_link or not path.parts:
        raise LibraryFaults([Fault(member.filename, "", "is a link, or lies outside the library; take it out")])
    with packed.open(member) as opened:
        content = opened.read(left + 1)
    if len(content) > left:
        raise _refused(member.filename, f"makes it larger than {MOST_BYTES // 1024 // 1024} MB; load it in parts")
    target = folder.joinpath(*path.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return len(content)


def _refused(name: str, message: str) -> LibraryFaults:
    return LibraryFaults([Fault(name, "", message)])
