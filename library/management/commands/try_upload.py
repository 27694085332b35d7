"""``manage.py try_upload NUMBER FOLDER PROCESS``: try an uploaded library out, and write what was found.

The worker runs it in a copy of the database (``library.uploading.apart``). In the site's own it would keep everybody
else from writing meanwhile; it takes all of it back there too. Its files go into that folder, and it ends when the
process that waits for it is gone.
"""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from library.models import LibraryUpload
from library.uploading.judging import try_out
from library.uploading.running import opened, results_of
from library.uploading.trial_files import keep_files_apart


class Command(BaseCommand):
    """Try an upload out as drafts; nothing is kept but the results."""

    help = "Try an uploaded library out, and write what was found into a folder. Run by the worker, in a copy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which upload, where to write, and who waits for it."""
        parser.add_argument("upload", type=int, help="the upload's number")
        parser.add_argument("folder", type=Path, help="where results.json is written, and the trial's own files")
        parser.add_argument("process", type=int, help="the number of the process that waits for it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open, try, write. Raises ``SystemExit`` when nobody waits for it any more."""

        def go_on(_said: str) -> None:
            if os.getppid() != options["process"]:
                raise SystemExit("Whoever waited for it is gone.")

        keep_files_apart(options["folder"] / "files")
        go_on("")
        parcel = opened(LibraryUpload.objects.get(pk=options["upload"]))
        judged = try_out(parcel, go_on)
        (options["folder"] / "results.json").write_text(json.dumps(results_of(judged, parcel)), "utf-8")
