"""Where a Chromium may be on this machine, and which of them starts."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

WITHOUT_WINDOWS = "chromium-headless-shell"
NAMES = (
    WITHOUT_WINDOWS,
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge",
)

#: Where installers put a browser without putting it on the PATH.
PLACES = (
    "/usr/lib/chromium/chromium",
    "/usr/lib/chromium-browser/chromium-browser",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def answers(path: str) -> bool:
    """Whether this is a browser that starts: it tells its version within 30 seconds."""
    try:
        told = subprocess.run(  # noqa: S603  (the path is the developer's own)
            [path, "--version"], capture_output=True, stdin=subprocess.DEVNULL, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0 and bool(told.stdout.strip())


def candidates() -> Iterable[str]:
    """Every path a browser may be at, the one that was asked for first."""
    if wanted := os.environ.get("CHROME"):
        yield wanted
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    yield from (place for place in PLACES if Path(place).exists())


def installed_browser() -> str | None:
    """The first candidate that answers."""
    return next((path for path in candidates() if answers(path)), None)
