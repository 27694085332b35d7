"""Performs the guide; see ``tools.rehearse``."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import tools.rehearse
from tools.rehearse.databases import SQLITE, on_postgresql
from tools.rehearse.performing import Rehearsal
from tools.rehearse.place import ROOT, Place, account_with_python, archive_of, copy_tools
from tools.rehearse.telling import NotSo, Telling

#: The Python that any account has, for an environment of its own.
EVERYBODYS_PYTHON = Path("/usr/bin/python3.11")


def place_in(folder: Path, is_short: bool, telling: Telling) -> Place:
    """The folder made ready, and whose it is."""
    if is_short:
        python = ROOT / ".venv/bin/python"
        release = {"VENV": str(ROOT / ".venv")}
        telling.leave_out("an environment of its own", "this checkout's is taken (--short)")
    else:
        python = EVERYBODYS_PYTHON if EVERYBODYS_PYTHON.exists() else Path(sys.executable)
        release = {"PYTHON": str(python)}
    account = account_with_python(python)
    if account is None:
        telling.leave_out("as another account", "this is not root, or no account without rights can run that Python")
    return Place(folder, account, release)


def main(words: list[str]) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.rehearse", description=tools.rehearse.__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--short", action="store_true", help="this checkout's environment, SQLite, a small library")
    parser.add_argument("--sample", action="store_true", help="of that what is done up to the upgrade")
    parser.add_argument(
        "--from", dest="before", default="HEAD", metavar="COMMIT", help="the release before the upgrade"
    )
    asked = parser.parse_args(words)
    asked.short |= asked.sample
    telling = Telling()
    folder = Path(tempfile.mkdtemp(prefix="stretchsite-rehearsal-"))
    try:
        place = place_in(folder, asked.short, telling)
        copy_tools(place)
        releases = [archive_of(commit, folder / f"{name}.tar") for name, commit in (("a", asked.before), ("b", "HEAD"))]
        with SQLITE if asked.short else on_postgresql(telling) as databases:
            rehearsal = Rehearsal(place, telling, databases, releases, is_small=asked.short)
            rehearsal.perform(is_sample=asked.sample)
    except (NotSo, subprocess.SubprocessError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    finally:
        telling.conclude()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
