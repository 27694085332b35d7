"""What came of each record of a library, or would come of it: for the command, and for screens that show it first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail.contrib.redirects.models import Redirect

from library.about import KIND, name_of
from library.faults import Fault
from library.loading import CHANGED, CREATED, FOR_PUBLISH, KEPT, LEFT_OUT, UNCHANGED, WAITING, Loading
from library.ownership import LOADED_INTO
from library.reading import Library

#: The folders whose records have a row, in their order; first what the library says of itself.
SHOWN = (KIND, "pictures", *LOADED_INTO, "redirects")

NEW, CHANGES, SAME, REFUSED = "new", "changed", "same", "refused"
LEFT, WAITS = "left as edited here", "waits for a second person"
NOT_TAKEN, FOR_PUBLISHING = "left out", "waits for --publish"
#: The outcomes in the order they are shown.
OUTCOMES = (REFUSED, NEW, CHANGES, WAITS, FOR_PUBLISHING, LEFT, NOT_TAKEN, SAME)
_OF_LOADING = {
    CREATED: NEW,
    CHANGED: CHANGES,
    UNCHANGED: SAME,
    KEPT: LEFT,
    WAITING: WAITS,
    LEFT_OUT: NOT_TAKEN,
    FOR_PUBLISH: FOR_PUBLISHING,
}


@dataclass(frozen=True)
class Row:
    """One record: its file, what it is called, and what comes of it (one of ``OUTCOMES``)."""

    file: str
    folder: str
    identifier: str
    title: str
    outcome: str
    #: Why it is refused.
    faults: tuple[Fault, ...] = ()
    #: What is to be known of it although it loads: whose records it means, equal titles, another address.
    remarks: tuple[Fault, ...] = ()
    #: Of a dry run without publishing: what would keep it from being published.
    refusals: tuple[Fault, ...] = ()
    #: What the fields are called that say something else than before.
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What loading a library did, or in a dry run would do: the value ``write_library`` and ``look_at`` return.

    A plain value: no model, no query. Where any row is refused, nothing was written.
    """

    #: The id of the library; empty for a folder without a name.
    library: str
    rows: tuple[Row, ...]
    #: How many records were created, changed and so on, in the words of ``library.loading``.
    counts: Mapping[str, int] = field(default_factory=dict)
    #: Faults of no record, such as of ``library.yaml``.
    faults: tuple[Fault, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether anything of it is refused, and so all of it."""
        return bool(self.faults) or any(row.outcome == REFUSED for row in self.rows)

    def of(self, outcome: str) -> tuple[Row, ...]:
        """The rows with this outcome."""
        return tuple(row for row in self.rows if row.outcome == outcome)


def report_of(library: Library, loading: Loading, refusals: Iterable[Fault] = ()) -> Report:
    """What one run did, which was not refused."""
    outcomes = {file: _OF_LOADING[outcome] for file, outcome in loading.outcomes.items()}
    rows = _rows(library, outcomes, remarks=loading.remarks, refusals=refusals)
    rows = tuple(replace(row, changes=tuple(loading.changes.get(row.file, ()))) for row in rows)
    return Report(loading.library, rows, loading.counts)


def report_of_faults(library: Library, faults: Iterable[Fault]) -> Report:
    """What a run that was refused would have done: which records are at fault, and how the others stand."""
    told = list(faults)
    rows = _rows(library, _standing(library), faults=told)
    files = {row.file for row in rows}
    return Report(name_of(library), rows, faults=tuple(fault for fault in told if fault.file not in files))


def _rows(library: Library, outcomes: Mapping[str, str], **told: Iterable[Fault]) -> tuple[Row, ...]:
    by_file: dict[str, dict[str, list[Fault]]] = {}
    for name, faults in told.items():
        for fault in sorted(faults):
            by_file.setdefault(fault.file, {}).setdefault(name, []).append(fault)
    made = []
    for folder in SHOWN:
        for file, record in library.get(folder, {}).items():
            mine: dict[str, Any] = {name: tuple(faults) for name, faults in by_file.get(file, {}).items()}
            outcome = REFUSED if "faults" in mine else outcomes.get(file, SAME)
            made.append(Row(file, folder, record.id, _title(record), outcome, **mine))  # type: ignore[attr-defined]  # every record of a folder has an id
    return tuple(made)


def _title(record: Any) -> str:
    words = (getattr(record, name, "") for name in ("title", "text", "name", "address"))
    return str(next(filter(None, words), ""))


def _standing(library: Library) -> dict[str, str]:
    """How each record stands to what is here: new, changed or the same. One query for each folder."""
    loading, found = Loading(publish=False, say=lambda line: None, library=name_of(library)), {}
    for folder, models in LOADED_INTO.items():
        records: dict[str, Any] = library.get(folder, {})
        ids = {record.id for record in records.values()}
        rows = models[-1].objects.filter(from_library=loading.library, library_id__in=ids) if ids else ()
        digests = {row.library_id: row.library_digest for row in rows}
        for file, record in records.items():
            is_same = digests.get(record.id) in loading.digests(record)
            found[file] = NEW if record.id not in digests else SAME if is_same else CHANGES
    here = set(Redirect.objects.values_list("old_path", flat=True)) if library.get("redirects") else set()
    for file, redirect in library.get("redirects", {}).items():
        found[file] = SAME if Redirect.normalise_path(redirect.address) in here else FOR_PUBLISHING  # type: ignore[attr-defined]  # so every record of this folder is
    return found
