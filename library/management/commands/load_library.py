"""``manage.py load_library PATH [--dry-run] [--publish]``: take a library of YAML records, all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from library.faults import LibraryFaults
from library.reading import read_library, strangers
from library.report import OUTCOMES, SAME, Report
from library.writing import write_library

#: So many files that are passed over are named.
MOST_NAMED = 8


class Command(BaseCommand):
    """Load a library; what is wrong with it is said by file and field, and then nothing is written."""

    help = "Load conditions, exercises, routines, safety notes and information pages from a folder of YAML records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and what to do with it."""
        parser.add_argument("path", type=Path, help="the library's folder")
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument(
            "--publish", action="store_true", help="publish what is loaded, as unreviewed example content"
        )
        parser.add_argument(
            "--drafts",
            action="store_true",
            help="take records that lack something as drafts; only the id and the title must be there",
        )
        parser.add_argument(
            "--take-unnamed",
            action="store_true",
            help="take what was loaded from a folder without library.yaml for this library's",
        )
        parser.add_argument(
            "--keep-edited",
            action="store_true",
            help="pass over what somebody has edited on the site since, and leave as drafts what takes a second person",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, write."""
        self.stdout.write(f"Reading {options['path']} …")
        try:
            library = read_library(options["path"], drafts=options["drafts"])
            if passed_over := strangers(options["path"]):
                more = f" and {len(passed_over) - MOST_NAMED} more" if len(passed_over) > MOST_NAMED else ""
                self.stdout.write(f"  Passed over, being no records: {', '.join(passed_over[:MOST_NAMED])}{more}")
            report = write_library(
                library,
                publish=options["publish"],
                dry_run=options["dry_run"],
                keep_edited=options["keep_edited"],
                take_unnamed=options["take_unnamed"],
                say=self.stdout.write,
            )
        except LibraryFaults as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            number = len(error.faults)
            raise CommandError(f"{number} fault{'s' if number != 1 else ''}; nothing was written.") from error
        if options["dry_run"]:
            self._show(report)
        outcome = ", ".join(f"{count} {name}" for name, count in report.counts.items())
        self.stdout.write(f"{'Dry run, nothing written: ' if options['dry_run'] else ''}{outcome}.")

    def _show(self, report: Report) -> None:
        """What would come of each record; those that are the same are counted."""
        for outcome in OUTCOMES:
            for row in () if outcome == SAME else report.of(outcome):
                self.stdout.write(f"  {outcome}: {row.file}: {row.title}")
        for row in report.rows:
            for refusal in row.refusals:
                self.stdout.write(f"  To be published: {refusal}")
