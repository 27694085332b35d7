"""Trying a library out beside the site: in a copy of its database, by a process of its own.

SQLite lets one write at a time, and whoever tries a library out writes all of it before it is taken back. In the site's
own database nobody could sign in meanwhile, or save. A database server is asked in place.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

#: How often it is looked whether anybody has cancelled it, in seconds.
LOOKING_SECONDS = 0.5


class NotApart(Exception):
    """It could not be tried beside the site; the words say why."""


def is_possible() -> bool:
    """Whether the database is a file, and nobody has begun a transaction whose changes a copy would lack."""
    is_file = connection.vendor == "sqlite" and Path(str(connection.settings_dict["NAME"])).is_file()
    return is_file and not connection.in_atomic_block


def results(upload: int, hear: Callable[[str], None]) -> dict[str, Any]:
    """What trying out an upload comes to. ``hear`` is called meanwhile, and ends it by raising. Raises ``NotApart``."""
    with TemporaryDirectory(prefix="stretchsite-trial-") as name:
        copy, told = Path(name) / "db.sqlite3", Path(name) / "results.json"
        try:
            _copy_to(copy)
            _try_out(upload, copy, told, hear)
            found: dict[str, Any] = json.loads(told.read_text("utf-8"))
        except TimeoutError:  # the task's own deadline, and an OSError to Python
            raise
        except (OSError, sqlite3.Error, ValueError) as error:
            raise NotApart(f"{type(error).__name__}: {error}") from error
    return found


def _copy_to(path: Path) -> None:
    """As it is at one moment, by a connection of its own, which only reads."""
    source = f"file:{quote(str(connection.settings_dict['NAME']))}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as site, closing(sqlite3.connect(path)) as copy:
        site.backup(copy)


def _try_out(upload: int, copy: Path, told: Path, hear: Callable[[str], None]) -> None:
    """Have ``try_upload`` write what it found; it does not outlive whoever waits for it."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "try_upload", str(upload), str(told)]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{quote(str(copy))}"}
    with told.with_name("said").open("w+b") as said:
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
            raise NotApart(said.read()[-2000:].decode("utf-8", "replace"))


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(LOOKING_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True
