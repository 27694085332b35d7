"""Trying a library out: every fault of every record, and which of them are sound without the others.

A record that names one at fault is at fault itself, so what is at fault is left out and the rest tried again, until all
that is left can be loaded. Each time all of it is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from library.faults import Fault, LibraryFaults
from library.loading import Say
from library.reading import Library
from library.uploading.parcels import Finding, Parcel
from library.writing import write_library


@dataclass
class Judged:
    """What was found: ``sound`` can be loaded as it is, and publishing would then ask for ``before_publishing``."""

    sound: Library
    findings: list[Finding]
    before_publishing: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    #: Whether something is at fault that no record can be left out for.
    is_hopeless: bool = False


def try_out(parcel: Parcel, say: Say) -> Judged:
    """Try the sound records of a file, as drafts, leaving out what turns out to be at fault."""
    judged = Judged({folder: dict(records) for folder, records in parcel.library.items()}, list(parcel.findings))
    while number_of(judged.sound):
        try:
            judged.counts = write_library(judged.sound, publish=False, dry_run=True, keep_edited=True, say=say)
            break
        except LibraryFaults as error:
            judged.findings.extend(parcel.find(fault) for fault in error.faults)
            if not _leave_out(judged.sound, error.faults):
                judged.is_hopeless = True
                break
    judged.findings = list(dict.fromkeys(judged.findings))
    return judged


def ask_publishing(judged: Judged, parcel: Parcel, say: Say) -> None:
    """What publishing would refuse of what is sound; a trial, of which nothing stays."""
    if judged.is_hopeless or not number_of(judged.sound):
        return
    try:
        write_library(judged.sound, publish=True, dry_run=True, keep_edited=True, say=say)
    except LibraryFaults as error:
        judged.before_publishing = [parcel.find(fault) for fault in error.faults]


def number_of(library: Library) -> int:
    """How many records it holds."""
    return sum(len(records) for records in library.values())


def _leave_out(library: Library, faults: list[Fault]) -> int:
    """Take the records at fault out; how many those were."""
    at_fault = {fault.file for fault in faults}
    before = number_of(library)
    for records in library.values():
        for file in at_fault & set(records):
            del records[file]
    return before - number_of(library)
