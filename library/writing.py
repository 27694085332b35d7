"""Writing a library: all of it in one transaction, or nothing.

Records are matched by their stable id. What has not changed since it was last loaded is left alone; what somebody has
edited on the site since is never overwritten, but said to be in the way.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from graphlib import TopologicalSorter
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, transaction

from clinical.conflicts.new_limits import pages_outside
from clinical.models import PublishRefused, SafetyNote
from clinical.publishing.refusals import remember_refusal, sentences_of
from clinical.serving.waiting import GaveWay
from clinical.serving.write_lock import write_lock
from library import loaded_pictures, loaded_redirects, pages, tags_and_notes
from library.about import name_of
from library.alike import equal_titles
from library.checking import faults_of
from library.drafts import lacks_something
from library.faults import Fault, LibraryFaults
from library.fields import Record
from library.figures import draw_figures
from library.loading import KEPT, WAITING, Loading, Say
from library.matching import TakenOver
from library.note_records import NoteRecord
from library.ownership import LOADED_INTO, faults_of_name, remember_library, unnamed_faults
from library.ownership import take_unnamed as take_unnamed_records
from library.publishing import conditions_readers_see
from library.reading import Library
from library.references import known_here, reference_remarks
from library.remarks import remarks_on
from library.report import Report, report_of, report_of_faults
from library.told_reviews import write_reviews

Write = Callable[[Any, Loading], str]

#: How often a loading that gave way to somebody more urgent begins again.
MOST_BEGINNINGS = 10

#: The step in which notes that hang on pages are written.
OF_PAGES = "safety notes of pages"
#: The step in which those of them are begun that hang on something else too, since a page may wait for them.
BEFORE_PAGES = "safety notes that pages wait for"


class DryRun(Exception):
    """Raised at the end of a dry run to take everything back."""


def write_library(
    library: Library,
    *,
    publish: bool,
    dry_run: bool,
    say: Say,
    keep_edited: bool = False,
    take_unnamed: bool = False,
    by: Any = None,
    by_pack: bool = False,
    at_end: Callable[[Report], None] | None = None,
) -> Report:
    """Write every record, or none. Returns what came of each; of a dry run also what publishing it would be refused.

    With ``keep_edited`` a changed record that somebody has edited on the site is passed over instead of refused, and
    a change that takes a second person is left as a draft. With ``take_unnamed`` what was loaded from a folder without
    a name is taken for this library's. ``by`` is whose words they are here: it takes somebody else to approve them.
    ``by_pack`` says that its publisher signed it. ``at_end`` is told what came of it in the same transaction.
    Raises ``LibraryFaults`` with every fault; then nothing has been written.
    """
    remarks = _refuse_faults(library, take_unnamed=take_unnamed, by_pack=by_pack)
    for remark in remarks_on(library):
        say(f"  To mend: {remark}")
    asked: dict[str, Any] = {"keep_edited": keep_edited, "take_unnamed": take_unnamed, "by": by, "by_pack": by_pack}
    begin = partial(Loading, library=name_of(library), **asked)
    if publish or dry_run:
        exercises: Any = library.get("exercises", {}).values()
        draw_figures(exercises, say)
    loading = _carry_out(library, partial(begin, publish, say), dry_run=dry_run, at_end=at_end)
    loading.remarks.extend(remarks)
    for remark in sorted(loading.remarks):
        say(f"  To know: {remark}")
    asks_the_gate = dry_run and not publish and _has_anything_to_publish(library)
    refusals = _refusals_of_publishing(library, partial(begin, True, _say_nothing)) if asks_the_gate else []
    return report_of(library, loading, refusals)


def _has_anything_to_publish(library: Library) -> bool:
    """Whether anything of it could go live: what lacks something is not even tried."""
    return any(not lacks_something(record) for folder in LOADED_INTO for record in library.get(folder, {}).values())


def look_at(library: Library, *, publish: bool, keep_edited: bool = False, take_unnamed: bool = False) -> Report:
    """What loading a library would do to each record: a dry run in which what is refused is a row like any other."""
    asked: dict[str, Any] = {"publish": publish, "keep_edited": keep_edited, "take_unnamed": take_unnamed}
    try:
        return write_library(library, dry_run=True, say=_say_nothing, **asked)
    except LibraryFaults as error:
        return report_of_faults(library, error.faults)


def _say_nothing(line: str) -> None:
    """For a run nobody watches."""


def _refuse_faults(library: Library, *, take_unnamed: bool, by_pack: bool) -> list[Fault]:
    """Raise ``LibraryFaults`` for what is wrong with the library as a whole; what is to be known of it otherwise."""
    known = known_here(library)
    whose = [*faults_of_name(library, by_pack=by_pack), *([] if take_unnamed else unnamed_faults(library))]
    if faults := [*whose, *faults_of(library, known)]:
        raise LibraryFaults(faults)
    return [*reference_remarks(library, known), *equal_titles(library)]


def _carry_out(
    library: Library,
    begin: Callable[[], Loading],
    *,
    dry_run: bool,
    at_end: Callable[[Report], None] | None,
) -> Loading:
    """Write everything in one go, beginning again where somebody more urgent writes. Raises ``LibraryFaults``."""
    for _beginning in range(MOST_BEGINNINGS):
        loading = begin()
        try:
            with write_lock():
                loading.named_before = conditions_readers_see()
                _write_all(library, loading)
                if at_end is not None:
                    at_end(report_of(library, loading))
                if dry_run:
                    raise DryRun
        except GaveWay:
            loaded_pictures.forget_files(loading)
            loading.say(
                "  Somebody takes something off the site or ends a link. Everything is taken back; beginning again."
            )
            continue
        except DryRun:
            loaded_pictures.forget_files(loading)
        except LibraryFaults:
            loaded_pictures.forget_files(loading)
            for refused in loading.refused:
                remember_refusal(refused)
            raise
        except BaseException:  # cancelled, out of time, or stopped: nothing is kept, nor are files
            loaded_pictures.forget_files(loading)
            raise
        return loading
    raise LibraryFaults([Fault("", "", "was taken back again and again for withdrawals; load it later")])


def _refusals_of_publishing(library: Library, begin: Callable[[], Loading]) -> list[Fault]:
    """What would keep the library from being published, asked of the same gate. Nothing is kept, not even that."""
    loading = begin()
    try:
        with write_lock():
            loading.named_before = conditions_readers_see()
            _write_all(library, loading)
            raise DryRun
    except LibraryFaults as error:
        return error.faults
    except GaveWay:
        return [Fault("", "", "could not be asked whether it may be published: somebody wrote meanwhile")]
    except DryRun:
        return []
    finally:
        loaded_pictures.forget_files(loading)


def _write_all(library: Library, loading: Loading) -> None:
    """Write in the order in which records build on each other; no step is built on one with faults."""
    steps: tuple[tuple[str, str, Write], ...] = (
        ("pictures", "pictures", loaded_pictures.write_picture),
        ("tags", "conditions without a page", tags_and_notes.write_tag),
        ("conditions", "conditions", tags_and_notes.write_condition),
        ("notes", "safety notes", tags_and_notes.write_note),
        ("notes", BEFORE_PAGES, tags_and_notes.write_note_before_its_pages),
        ("exercises", "exercises", pages.write_exercise),
        ("exercises", "variations", pages.write_variations),
        ("routines", "routines", pages.write_routine),
        ("conditions", "condition pages", pages.write_hub),
        ("notes", OF_PAGES, tags_and_notes.write_note),
        ("information", "information pages", pages.write_information),
        ("redirects", "redirects", loaded_redirects.write_redirect),
    )
    remember_library(library, loading)
    if loading.take_unnamed:
        take_unnamed_records(library)
    for folder, name, write in steps:
        records = _of_step(name, library.get(folder, {}))
        faults: list[Fault] = []
        for number, (file, record) in enumerate(records.items(), start=1):
            faults.extend(_write_one(file, record, write, loading))
            if number == len(records) or number % 10 == 0:
                loading.say(f"  {name}: {number} of {len(records)}")
        if faults:
            raise LibraryFaults(faults)
    write_reviews(library, loading)
    _say_what_is_outside(loading)


def _say_what_is_outside(loading: Loading) -> None:
    """Name the live pages whose doses the notes that were published do not allow."""
    notes = SafetyNote.objects.filter(from_library=loading.library, library_id__in=loading.limiting, live=True)
    for outside in pages_outside(notes.select_related("locale").prefetch_related("targets")):
        loading.say(f"  To change: {outside}")


def _of_step(step: str, records: dict[str, Any]) -> dict[str, Any]:
    """The records written in this step: notes on pages wait for the pages, and the pages for all others.

    A note that speaks for others waits for the last of them.
    """
    if not any(isinstance(record, NoteRecord) for record in records.values()):
        return records
    spoken_for = {record.id: tags_and_notes.spoken_for(record) for record in records.values()}
    of_pages = {record.id for record in records.values() if tags_and_notes.names_pages(record)}
    waiting = set(of_pages)
    while more := {id for id, others in spoken_for.items() if waiting.intersection(others)} - waiting:
        waiting |= more
    if step == BEFORE_PAGES:
        early = {each.id for each in records.values() if each.id in of_pages and tags_and_notes.is_elsewhere_too(each)}
        while late := {id for id in early if waiting.intersection(spoken_for[id]) - early}:
            early -= late
        return _companions_first({file: each for file, each in records.items() if each.id in early}, spoken_for)
    chosen = {file: each for file, each in records.items() if (each.id in waiting) == (step == OF_PAGES)}
    return _companions_first(chosen, spoken_for)


def _companions_first(records: dict[str, Any], spoken_for: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Each note after all it speaks for; none speaks for itself by a way round, which was checked before."""
    place = {note: number for number, note in enumerate(TopologicalSorter(spoken_for).static_order())}
    return dict(sorted(records.items(), key=lambda pair: place[pair[1].id]))


def _write_one(file: str, record: Record, write: Write, loading: Loading) -> list[Fault]:
    """Write one record in a savepoint, so that its fault does not hide those of the records after it."""
    loading.file, loading.is_draft = file, lacks_something(record)
    try:
        with transaction.atomic():
            outcome = write(record, loading)
    except TakenOver as error:
        if not loading.keep_edited:
            return [Fault(file, fault.field, fault.message) for fault in error.faults]
        loading.say(f"  {file}: kept as it was edited here")
        outcome = KEPT
    except LibraryFaults as error:
        return [Fault(file, fault.field, fault.message) for fault in error.faults]
    except PublishRefused as error:
        loading.refused.append(error)
        named = {"" if field == NON_FIELD_ERRORS else field: texts for field, texts in error.refusal.items()}
        return [Fault(file, field, text) for field, texts in named.items() for text in texts]
    except ValidationError as error:
        return [Fault(file, field, text) for field, text in _by_field(error)]
    except (IntegrityError, DataError) as error:
        return [Fault(file, "", f"is refused by the database: {error}")]
    if outcome == WAITING:
        loading.say(f"  {file}: kept as a draft; such a change takes a second person, so submit it for review")
    if outcome:
        loading.outcomes[file] = outcome
        loading.counts[outcome] = loading.counts.get(outcome, 0) + 1
    return []


def _by_field(error: ValidationError) -> list[tuple[str, str]]:
    """A validation error as pairs of field and sentence; the field is empty where the whole is at fault."""
    if not hasattr(error, "error_dict"):
        return [("", text) for text in sentences_of(error)]
    named = {"" if field == NON_FIELD_ERRORS else field: errors for field, errors in error.error_dict.items()}
    return [(field, text) for field, errors in named.items() for each in errors for text in sentences_of(each)]
