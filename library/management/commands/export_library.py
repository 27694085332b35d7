"""``manage.py export_library PATH [--drafts]``: what the site holds, as a library of files or one zip."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from library.exporting.about_export import NoSuchLibrary, about_export
from library.exporting.outcome import Asked, Outcome
from library.exporting.sinks import FolderSink, ZipSink
from library.exporting.whole import export


class Command(BaseCommand):
    """Write conditions, exercises, routines, notes, pages, pictures, redirects and who reviewed them."""

    help = "Export what the site holds as a library: to a folder, or to one file if the name ends in .zip."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and which versions."""
        parser.add_argument("path", type=Path, help="a folder that is empty or not there yet, or a new .zip file")
        parser.add_argument("--drafts", action="store_true", help="the newest words of everything, approved or not")
        parser.add_argument(
            "--library", default="", help="the id of a library that was loaded here, instead of our own"
        )
        parser.add_argument("--licence", default=Asked.licence, help="under which our own may be used")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and say what was left out."""
        path = options["path"]
        asked = Asked(options["drafts"], options["library"], options["licence"])
        self.stdout.write(f"Exporting to {path}. {asked.words()}")
        try:
            about_export(asked)
        except NoSuchLibrary as error:
            raise CommandError(f"{error} Nothing was written.") from error
        outcome = _to_zip(path, asked) if path.suffix == ".zip" else _to_folder(path, asked)
        for heading, entries in (("Left out", outcome.left_out), ("To mend", outcome.to_mend)):
            for entry in entries:
                self.stdout.write(f"  {heading}: {entry}")
        counted = ", ".join(f"{number} {folder}" for folder, number in outcome.counts.items())
        self.stdout.write(f"{counted or 'Nothing'}.")


def _to_folder(path: Path, asked: Asked) -> Outcome:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise CommandError(f"{path} is there already and not an empty folder; nothing was written.")
    return export(FolderSink(path), asked)


def _to_zip(path: Path, asked: Asked) -> Outcome:
    try:
        file = path.open("xb")
    except FileExistsError as error:
        raise CommandError(f"{path} is there already; nothing was written.") from error
    with file:
        sink = ZipSink(file)
        outcome = export(sink, asked)
        sink.close()
    return outcome
