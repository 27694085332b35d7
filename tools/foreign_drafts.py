"""Uploads exercises in the shapes of other projects, loads them, and counts what is no draft that says what it lacks.

    python -m tools.foreign_drafts [--records 60]

As many records of each shape, made up in its public field layout. On SQLite, or on the database ``DATABASE_URL`` names
(``tools/with_postgres.py`` gives one). The exit status is 1 where a record is missing, its list of what is to complete
is another than the publish gate's, it says no source or licence, or it could be published.
"""

from __future__ import annotations

import argparse
import json
import sys
import time

from tools.trial_site import trial_site


def main() -> int:
    """Try every shape; the exit status."""
    asked = argparse.ArgumentParser(description="Exercises of other projects as drafts")
    asked.add_argument("--records", type=int, default=60)
    options = asked.parse_args()
    with trial_site():
        _ready_site()
        return _tried(options.records)


def _ready_site() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("setup_site", verbosity=0)


def _tried(records: int) -> int:
    from django.db import connection

    from testing.foreign_samples import SAMPLES

    faults = 0
    for shape, make in SAMPLES.items():
        begun = time.monotonic()
        found = _faults_of(shape, json.dumps(make(records)).encode(), records)
        faults += len(found)
        print(
            f"{connection.vendor}: {shape}, {records} records, {len(found)} at fault, {time.monotonic() - begun:.0f} s"
        )
        for fault in found[:10]:
            print(f"  {fault}", file=sys.stderr)
    return 1 if faults else 0


def _faults_of(shape: str, raw: bytes, records: int) -> list[str]:
    """What is wrong after one shape was uploaded and loaded."""
    from library.models import LibraryUpload
    from library.models.library_upload import UploadState, UploadTask
    from library.uploading.running import work_on_upload

    upload = LibraryUpload.objects.create(name=f"{shape}.json", raw=raw)
    for asked in UploadTask.CHECK, UploadTask.LOAD:
        LibraryUpload.objects.filter(pk=upload.pk).update(asked=asked, state=UploadState.WAITING, token=asked)
        work_on_upload.call(about="", upload=upload.pk, token=asked)
    upload.refresh_from_db()
    told = [] if upload.state == UploadState.LOADED else [f"{upload.state}: {upload.results}"]
    return told + _faults_of_pages(shape, records)


def _faults_of_pages(shape: str, records: int) -> list[str]:
    from exercises.models import ExercisePage
    from library.completing import lacking
    from library.models import ToComplete

    pages = ExercisePage.objects.filter(from_library=shape.casefold())
    found = [] if len(pages) == records else [f"{len(pages)} pages of {records} records"]
    for page in pages:
        row = ToComplete.objects.filter(page=page.pk).first()
        draft = page.get_latest_revision_as_object()
        if row is None or row.is_done or [tuple(each) for each in row.lacks] != lacking(draft):
            found.append(f"{page.title}: what it lacks is not what is listed")
        if not (draft.origin or {}).get("source") or (row and row.origin != draft.origin):
            found.append(f"{page.title}: whose words it has is not said")
        if not _is_refused(draft):
            found.append(f"{page.title}: was published")
    return found


def _is_refused(draft: object) -> bool:
    from typing import Any, cast

    from clinical.models import PublishRefused

    try:
        cast(Any, draft).save_revision(clean=False).publish()
    except PublishRefused:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
