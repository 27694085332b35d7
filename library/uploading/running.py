"""What the worker does with an uploaded file, and what becomes of a run that is cancelled or whose worker is killed.

Everything a run writes of a library, and that it was loaded, is one transaction: a run that ends anywhere before leaves
nothing. Each run has a token; as soon as another is asked for, or the run is cancelled, the older one finds that it has
nothing to say any more and takes everything back.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from django.conf import settings
from django.db import Error
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks import task

from clinical.background.queue import LATER
from clinical.background.retries import LONGEST_DEADLINE, takes_up_to
from clinical.people.accounts import User
from clinical.serving.write_lock import write_lock
from library.drafts import lacks_something
from library.faults import Fault, LibraryFaults
from library.foreign.keeping_words import keep_suggestions, known_meanings, remember_words
from library.models.library_upload import LibraryUpload, UploadStage, UploadState, UploadTask, forget_old_files
from library.report import Report
from library.sheets.cell_places import SheetFaults
from library.uploading import apart
from library.uploading.judging import Judged, blame, number_of, try_out, without
from library.uploading.parcels import Finding, Parcel, findings_of, open_parcel
from library.writing import write_library

logger = logging.getLogger(__name__)

#: So many faults of a file are kept; whoever has more mends these first.
MOST_FINDINGS = 3000


class Overtaken(Exception):
    """The run was cancelled, or another has taken its place."""


@write_lock()
def take_in(*, by: User, name: str, raw: bytes, takes_drafts: bool = False) -> LibraryUpload:
    """Keep an uploaded file, and have it checked."""
    forget_old_files()
    upload = LibraryUpload(by=by, name=name[-255:], raw=raw, takes_drafts=takes_drafts)
    upload.save()
    return _ask(upload, UploadTask.CHECK)


@write_lock()
def ask_for(upload: LibraryUpload, asked: str) -> LibraryUpload:
    """Have the worker do something with a file; whatever was asked for before has nothing to say any more."""
    return _ask(upload, UploadTask(asked))


def _ask(upload: LibraryUpload, asked: UploadTask) -> LibraryUpload:
    upload.asked, upload.state, upload.stage = asked, UploadState.WAITING, ""
    upload.token = get_random_string(32)
    upload.begun_at = upload.heard_at = upload.ended_at = None
    upload.save(update_fields=["asked", "state", "stage", "token", "begun_at", "heard_at", "ended_at"])
    about = _("Library from the file %s") % upload.name
    work_on_upload.enqueue(about=about, upload=upload.pk, token=upload.token)
    return upload


def cancel(upload: LibraryUpload) -> bool:
    """Cancel what is under way; whether anything was. Whoever writes gives way to this, so that nobody waits for it."""
    with write_lock(urgent=True):
        under_way = LibraryUpload.objects.filter(pk=upload.pk, state__in=[UploadState.WAITING, UploadState.RUNNING])
        ended = {"state": UploadState.CANCELLED, "ended_at": timezone.now(), "token": get_random_string(32)}
        return bool(under_way.update(**ended))


@task(backend=LATER)
@takes_up_to(LONGEST_DEADLINE)
def work_on_upload(about: str, upload: int, token: str) -> None:
    """Do what was asked for. A run that was begun before and never ended is said to be so, and not begun by itself."""
    run = _Run(upload, token)
    try:
        if run.begin():
            run.go_on()
    except Overtaken:
        pass
    except Error:  # the database is away: the queue tries the task again, which then says that it was stopped
        raise
    except TimeoutError:
        run.stop(_("It took longer than a task may; load it in parts."))
    except Exception as error:  # whatever went wrong, nothing was written, and the screen says so
        logger.exception("An uploaded library could not be worked on.")
        run.stop(f"{type(error).__name__}.")


class _Run:
    """One run of the worker on one file."""

    def __init__(self, upload: int, token: str) -> None:
        self.rows = LibraryUpload.objects.filter(pk=upload, token=token)
        self.pk = upload

    def begin(self) -> bool:
        """Whether there is anything to do."""
        now = timezone.now()
        with write_lock():
            if self.rows.filter(state=UploadState.RUNNING).exists():
                self._end(UploadState.STOPPED)
                return False
            waiting = self.rows.filter(state=UploadState.WAITING)
            return bool(waiting.update(state=UploadState.RUNNING, begun_at=now, heard_at=now))

    def go_on(self) -> None:
        """Read it, and then try it out, or load what an earlier run has found sound."""
        upload = self.rows.get()
        self.enter(UploadStage.READING)
        try:
            parcel = opened(upload)
        except (LibraryFaults, SheetFaults) as error:
            self._keep(UploadState.CHECKED, {"findings": _as_data(findings_of(error)), "records": 0, "sound": 0})
            return
        if upload.asked != UploadTask.CHECK and _may_load(upload):
            self._load(upload, parcel)
            return
        self._remember(parcel)
        self.enter(UploadStage.TRYING)
        self._keep(UploadState.CHECKED, self._tried_out(parcel))

    def _tried_out(self, parcel: Parcel) -> dict[str, Any]:
        """Beside the site where that can be done, so that nobody waits for it; else in its own database."""
        if apart.is_possible():
            try:
                return apart.results(self.pk, self.hear)
            except apart.NotApart as error:
                logger.warning("An uploaded library is tried out in the site's own database: %s", error)
        return results_of(try_out(parcel, self.hear), parcel)

    def _load(self, upload: LibraryUpload, parcel: Parcel) -> None:
        """Write it as drafts; that it was loaded is written with it."""
        self.enter(UploadStage.WRITING)
        left_out = upload.results.get("left_out", [])
        findings = [Finding(*each) for each in upload.results.get("findings", ())]
        judged = Judged(without(parcel.library, left_out), findings, left_out)

        def at_end(report: Report) -> None:
            judged.report = report
            keep_suggestions(report, parcel.suggestions)
            if not self._end(UploadState.LOADED, raw=None, results=results_of(judged, parcel)):
                raise Overtaken

        try:
            asked: dict[str, Any] = {"publish": False, "dry_run": False, "keep_edited": True, "by": upload.by}
            write_library(judged.sound, say=self.hear, at_end=at_end, **asked)
        except LibraryFaults as error:  # somebody has written meanwhile what the trial did not find
            judged.is_hopeless = not blame(judged, parcel, error.faults)
            self._keep(UploadState.CHECKED, results_of(judged, parcel))

    def enter(self, stage: UploadStage) -> None:
        """Say how far it has come."""
        with write_lock():
            if not self.rows.update(stage=stage, heard_at=timezone.now()):
                raise Overtaken

    def hear(self, said: str) -> None:
        """Called every few records: go on only as long as nobody has cancelled it."""
        if not self.rows.exists():
            raise Overtaken

    def _remember(self, parcel: Parcel) -> None:
        """Keep which words the file uses, for the screen on which somebody chooses what they mean."""
        if parcel.words:
            with write_lock():
                remember_words(parcel.words)

    def stop(self, why: str) -> None:
        """Say that it was stopped."""
        with write_lock():
            self._end(UploadState.STOPPED, results={"why": why})

    def _keep(self, state: UploadState, results: dict[str, Any]) -> None:
        with write_lock():
            self._end(state, results=results)

    def _end(self, state: UploadState, **more: Any) -> int:
        return self.rows.update(state=state, ended_at=timezone.now(), **more)


def opened(upload: LibraryUpload) -> Parcel:
    """What its file holds, its words put into ours as was chosen last. Raises as ``open_parcel`` does."""
    raw, language = bytes(upload.raw or b""), settings.LANGUAGE_CODE
    return open_parcel(upload.name, raw, language, drafts=upload.takes_drafts, meanings=known_meanings())


def _may_load(upload: LibraryUpload) -> bool:
    """Whether an earlier run has found all of it sound, or the rest is not asked for."""
    found = upload.results
    return bool(found.get("sound")) and (upload.asked == UploadTask.LOAD_SOUND or not found.get("findings"))


def results_of(judged: Judged, parcel: Parcel) -> dict[str, Any]:
    """What is kept and shown of a run."""
    rows = judged.report.rows if judged.report else ()
    plan = []
    for row in rows[:MOST_FINDINGS]:
        place = parcel.find(Fault(row.file, "", ""))
        plan.append((place.place, place.row, row.title, row.outcome, ", ".join(row.changes)))
    return {
        "library": judged.report.library if judged.report else "",
        "names": [(row.folder, row.identifier) for row in rows[:MOST_FINDINGS]],
        "findings": _as_data(judged.findings),
        "before_publishing": _as_data(parcel.find(fault) for row in rows for fault in row.refusals),
        "to_know": _as_data(parcel.find(fault) for row in rows for fault in row.remarks),
        "plan": plan,
        "left_out": judged.left_out,
        "records": parcel.records,
        "sound": 0 if judged.is_hopeless else number_of(judged.sound),
        "lacking": sum(lacks_something(record) for each in judged.sound.values() for record in each.values()),
        "undecided": parcel.undecided,
        "passed_over": parcel.passed_over[:100],
    }


def _as_data(findings: Iterable[Finding]) -> list[tuple[Any, ...]]:
    return [astuple(finding) for finding in sorted(set(findings), key=Finding.in_order)[:MOST_FINDINGS]]
