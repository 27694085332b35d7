"""The stories' server: a whole site in a folder of its own, served by gunicorn on a free port of this machine."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
GUNICORN_SETTINGS = "tests/browser/gunicorn_settings.py"
SECONDS_TO_BUILD = 600
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


@dataclass(frozen=True)
class StorySite:
    """A running site: its address without a slash at the end, and where its server writes what went wrong."""

    address: str
    log: Path

    def url(self, path: str) -> str:
        """The whole address of a path that begins with a slash."""
        return self.address + path

    def errors(self) -> list[str]:
        """What the server has had to report as an error so far, each with its trace."""
        reports = re.split(r"^(?=[A-Z]+ [a-z])", self.log.read_text(encoding="utf-8", errors="replace"), flags=re.M)
        return [report for report in reports if report.startswith(("ERROR", "CRITICAL")) or "Traceback" in report]


def environment(folder: Path) -> dict[str, str]:
    """What the site's processes see: their settings, their database, their folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "STRETCHSITE_STORY_FOLDER": str(folder),
    }


def build(folder: Path) -> None:
    """Make the site in the folder; what the program said is in the error when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.building"],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=SECONDS_TO_BUILD,
    )
    if done.returncode:
        raise RuntimeError(f"The site of the browser stories could not be built:\n{done.stdout}\n{done.stderr}")


def begin_again(built: Path, site: StorySite) -> None:
    """Give a running site the rows, files and log it began with. Nobody may be asking it for anything."""
    folder = site.log.parent
    with (
        closing(sqlite3.connect(built / "site.sqlite3")) as first,
        closing(sqlite3.connect(folder / "site.sqlite3", timeout=SECONDS_TO_STOP)) as now,
    ):
        first.backup(now)
    for counted in folder.glob("site.sqlite3-counts*"):
        counted.unlink()
    shutil.copytree(built / "media", folder / "media", dirs_exist_ok=True)
    os.truncate(site.log, 0)


@contextmanager
def served(folder: Path, log_name: str = "server.log") -> Iterator[StorySite]:
    """Serve the site of the folder until the block ends. The port is chosen by the system and held from the start.

    A second server of the same folder, in processes of its own, writes a log of its own.

    Raises ``AssertionError`` at the end when the server has had to report an error: no story may end in one.
    """
    log = folder / log_name
    with socket.create_server(("127.0.0.1", 0)) as listening, log.open("ab") as written:
        site = StorySite(f"http://127.0.0.1:{listening.getsockname()[1]}", log)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", GUNICORN_SETTINGS, "--bind", f"fd://{listening.fileno()}"],
            cwd=ROOT,
            env=environment(folder),
            stdin=subprocess.PIPE,
            stdout=written,
            stderr=subprocess.STDOUT,
            pass_fds=[listening.fileno()],
        )
        try:
            _wait_until_ready(site, server)
            yield site
        finally:
            _stop(server)
        assert site.errors() == []


def _wait_until_ready(site: StorySite, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < give_up:
        try:
            with urlopen(site.url("/readyz"), timeout=SECONDS_TO_START):
                return
        except URLError:
            time.sleep(0.2)
    raise RuntimeError(f"The server of the browser stories did not start:\n{site.log.read_text(errors='replace')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
