"""One run of loading a library: what was asked for, and what came of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from clinical.models import PublishRefused
from library.faults import Fault
from library.fields import Record
from library.figures import figure_data
from library.one_form import in_one_form
from library.records import ExerciseRecord

#: Raised when the format's meaning changes, so that everything is written again.
FORMAT = 1

#: Fields that are no words of a record: where its page stands when it is made, and who reviewed it elsewhere.
_NO_WORDS = ("slug", "reviews")
#: Fields the format did not always have, with what they hold where nothing is said.
_NEWER = {"origin": None, "photo": None, "leads": "figure", "picture": None}

Say = Callable[[str], None]

CREATED, CHANGED, UNCHANGED, KEPT = "created", "changed", "unchanged", "kept as edited here"
#: Of a picture of somebody who did not agree to be shown here.
LEFT_OUT = "left out"
#: Of a change that is a draft until a second person approves it.
WAITING = "waiting for a second person"
#: Of what has no drafts and would change what readers see at once.
FOR_PUBLISH = "waiting for --publish"


@dataclass
class Loading:
    """One run: what was asked for, and what came of it."""

    publish: bool
    say: Say
    keep_edited: bool = False
    #: The id of the library; empty for a folder without a name.
    library: str = ""
    #: Take what was loaded from a folder without a name for this library's.
    take_unnamed: bool = False
    #: The account that loads it in the admin; a command has none.
    by: Any = None
    #: Whether it is a pack its publisher signed.
    by_pack: bool = False
    #: Whether the record that is being written lacks something, and so stays a draft whatever was asked.
    is_draft: bool = False
    #: What came of each file, which is written at most once more after it.
    outcomes: dict[str, str] = field(default_factory=dict)
    #: What is to be said about files that load all the same, with the file that is being written.
    remarks: list[Fault] = field(default_factory=list)
    #: By file, what the fields are called that say something else than before.
    changes: dict[str, list[str]] = field(default_factory=dict)
    file: str = ""
    counts: dict[str, int] = field(default_factory=lambda: {CREATED: 0, CHANGED: 0, UNCHANGED: 0})
    refused: list[PublishRefused] = field(default_factory=list)
    new_notes: set[str] = field(default_factory=set)
    #: What came of notes that were written whole before the pages they hang on.
    written_early: dict[str, str] = field(default_factory=dict)
    #: The notes it published which limit a dose.
    limiting: set[str] = field(default_factory=set)
    #: The conditions that pages named which readers knew before this run.
    named_before: frozenset[int] = frozenset()
    #: The pictures it did not write, which records name all the same.
    left_pictures: set[str] = field(default_factory=set)
    #: The files of pictures it wrote, which go again where everything is taken back.
    new_files: list[str] = field(default_factory=list)

    @property
    def publishes(self) -> bool:
        """Whether the record that is being written is to be published."""
        return self.publish and not self.is_draft

    def remark(self, field: str, message: str) -> None:
        """Say something about the file that is being written, which is no fault."""
        self.remarks.append(Fault(self.file, field, message))

    def note_changes(self, fields: list[str]) -> None:
        """Remember which fields of what is being written say something else; a note may be written twice."""
        known = self.changes.setdefault(self.file, [])
        known.extend(each for each in fields if each not in known)

    def digest(self, record: Record) -> str:
        """What the record says, as a fingerprint: with the pose it names, which may be drawn better one day."""
        return self.digests(record)[0]

    def digests(self, record: Record) -> tuple[str, str]:
        """Its fingerprint, and the one it had while the form still counted: what was loaded then has that."""
        pose = figure_data(record) if isinstance(record, ExerciseRecord) else None
        said = _said(record.model_dump(mode="json", warnings=False))
        return _fingerprint([FORMAT, in_one_form(said), pose]), _fingerprint([FORMAT, said, pose])


def _fingerprint(words: Any) -> str:
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _said(value: Any) -> Any:
    """A record without what changes none of its words, and without newer fields that say nothing.

    So what was loaded before there were these fields has the fingerprint it had, and is not written again.
    """
    if isinstance(value, list):
        return [_said(each) for each in value]
    if not isinstance(value, dict):
        return value
    left_out = {name for name in _NO_WORDS if name in value}
    left_out |= {name for name, usual in _NEWER.items() if value.get(name, value) == usual}
    return {name: _said(inner) for name, inner in value.items() if name not in left_out}
