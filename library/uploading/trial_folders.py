"""The folder of a trial, and those that are left of trials whose worker was killed.

Whoever tries something out holds a lock on its folder; the system lets it go with the process, however that ends.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BEGINS, LOCK = "stretchsite-trial-", "lock"
#: So old a folder is before it is looked at: one that is just being made is not locked yet.
YOUNGEST_SECONDS = 60


@contextmanager
def trial_folder() -> Iterator[Path]:
    """A folder that goes when the trial ends. Those that others left behind go first. Raises ``OSError``."""
    sweep()
    with tempfile.TemporaryDirectory(prefix=BEGINS) as name, (Path(name) / LOCK).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(name)


def sweep() -> None:
    """Remove the folders of trials that nobody carries out any more, each with its copy of the database."""
    for folder in Path(tempfile.gettempdir()).glob(f"{BEGINS}*"):
        if _is_left_behind(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_left_behind(folder: Path) -> bool:
    """Of another account's folder nothing is known, and it stays."""
    try:
        if time.time() - folder.stat().st_mtime < YOUNGEST_SECONDS:
            return False
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:  # from before there were locks, or gone meanwhile
        return folder.is_dir()
    except OSError:
        return False
    return True
