"""Trying a library out: every fault of every record, and which of them are sound without the others.

A record that names one at fault is at fault itself, so what is at fault is left out and the rest tried again, until all
that is left can be loaded. Each time all of it is taken back; the last time the publish gate is asked too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from library.faults import Fault, LibraryFaults
from library.loading import Say
from library.reading import Library
from library.records import RECORD_OF_FOLDER
from library.report import Report
from library.uploading.parcels import Finding, Parcel
from library.writing import write_library


@dataclass
class Judged:
    """What was found: ``sound`` can be loaded as it is; ``report`` says what would come of each of its records."""

    sound: Library
    findings: list[Finding]
    #: The records that turned out to be at fault among the others, by what they are called in faults.
    left_out: list[str] = field(default_factory=list)
    report: Report | None = None
    #: Whether something is at fault that no record can be left out for.
    is_hopeless: bool = False


def try_out(parcel: Parcel, say: Say) -> Judged:
    """Try the sound records of a file, as drafts, leaving out what turns out to be at fault."""
    judged = Judged(parcel.library, list(parcel.findings))
    while number_of(judged.sound):
        try:
            judged.report = write_library(judged.sound, publish=False, dry_run=True, keep_edited=True, say=say)
            break
        except LibraryFaults as error:
            if not blame(judged, parcel, error.faults):
                judged.is_hopeless = True
                break
    return judged


def blame(judged: Judged, parcel: Parcel, faults: Iterable[Fault]) -> bool:
    """Leave the records at fault out of what is sound; whether there were any, and nothing but records is at fault."""
    told = list(faults)
    new = [finding for fault in told if (finding := parcel.find(fault)) not in judged.findings]
    judged.findings.extend(dict.fromkeys(new))
    known = {file for folder in RECORD_OF_FOLDER for file in judged.sound.get(folder, {})}
    at_fault = sorted({fault.file for fault in told})
    judged.left_out.extend(at_fault)
    judged.sound = without(judged.sound, at_fault)
    return known.issuperset(at_fault)


def without(library: Library, files: Iterable[str]) -> Library:
    """The library without some of its records."""
    left_out = set(files)
    return {
        folder: {
            file: record for file, record in records.items() if folder not in RECORD_OF_FOLDER or file not in left_out
        }
        for folder, records in library.items()
    }


def number_of(library: Library) -> int:
    """How many records it holds; what it says about itself is none."""
    return sum(len(library.get(folder, {})) for folder in RECORD_OF_FOLDER)
