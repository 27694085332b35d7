"""``manage.py try_upload NUMBER FILE``: try an uploaded library out, and write what was found.

The worker runs it in a copy of the database (``library.uploading.apart``). In the site's own it would keep everybody
else from writing meanwhile; it takes all of it back there too.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from library.models import LibraryUpload
from library.uploading.judging import try_out
from library.uploading.running import opened, results_of


class Command(BaseCommand):
    """Try an upload out as drafts; nothing is kept but the results."""

    help = "Try an uploaded library out, and write what was found into a file. Run by the worker, in a copy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which upload, and where to write."""
        parser.add_argument("upload", type=int, help="the upload's number")
        parser.add_argument("results", type=Path, help="the file to write, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open, try, write."""
        parcel = opened(LibraryUpload.objects.get(pk=options["upload"]))
        judged = try_out(parcel, lambda _said: None)
        options["results"].write_text(json.dumps(results_of(judged, parcel)), "utf-8")
