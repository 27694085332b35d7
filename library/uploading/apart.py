"""Trying a library out beside the site: in a copy of its database, by a process of its own.

SQLite lets one write at a time, and whoever tries a library out writes all of it before it is taken back. In the site's
own database nobody could sign in meanwhile, or save. A database server is asked in place.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from library.uploading.trial_folders import trial_folder

#: How often it is looked whether anybody has cancelled it, in seconds.
LOOKING_SECONDS = 0.5
#: So many pages of the database are copied between two looks, 4 KB each.
PAGES_AT_ONCE = 2000
#: What was raised, below the lines of code that led there; what it says may be words of the upload, and is not kept.
_RAISED = re.compile(r"^ +\S.*\n([A-Za-z_][\w.]*)(?::|$)", re.MULTILINE)


class NotApart(Exception):
    """It could not be tried beside the site; the words say why."""


def is_possible() -> bool:
    """Whether the database is a file, and nobody has begun a transaction whose changes a copy would lack."""
    is_file = connection.vendor == "sqlite" and Path(str(connection.settings_dict["NAME"])).is_file()
    return is_file and not connection.in_atomic_block


def results(upload: int, hear: Callable[[str], None]) -> dict[str, Any]:
    """What trying out an upload comes to. ``hear`` is called meanwhile, and ends it by raising. Raises ``NotApart``."""
    try:
        with trial_folder() as folder:
            _copy_to(folder / "db.sqlite3", hear)
            _try_out(upload, folder, hear)
            found: dict[str, Any] = json.loads((folder / "results.json").read_text("utf-8"))
    except TimeoutError:  # the task's own deadline, and an OSError to Python
        raise
    except (OSError, sqlite3.Error, ValueError) as error:
        raise NotApart(f"{type(error).__name__}: {error}") from error
    return found


def _copy_to(path: Path, hear: Callable[[str], None]) -> None:
    """As it is at one moment, by a connection of its own, which only reads; what is written meanwhile is not in it."""
    source = f"file:{quote(str(connection.settings_dict['NAME']))}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as site, closing(sqlite3.connect(path)) as copy:
        site.execute("BEGIN")
        site.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        site.backup(copy, pages=PAGES_AT_ONCE, progress=lambda *_numbers: hear(""))


def _try_out(upload: int, folder: Path, hear: Callable[[str], None]) -> None:
    """Have ``try_upload`` write what it found. It ends with the wait, and by itself where this process is killed."""
    manage = str(settings.BASE_DIR / "manage.py")
    command = [sys.executable, manage, "try_upload", str(upload), str(folder), str(os.getpid())]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{quote(str(folder / 'db.sqlite3'))}"}
    with (folder / "said").open("w+b") as said:
        streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": said}
        process = subprocess.Popen(command, env=environment, **streams)  # noqa: S603  (our own command and a number)
        try:
            while not _has_ended(process):
                hear("")
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            said.seek(0)
            raised = _RAISED.findall(said.read().decode("utf-8", "replace"))
            raise NotApart(f"it ended with {process.returncode}, after {raised[-1] if raised else 'nothing it said'}")


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(LOOKING_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True
