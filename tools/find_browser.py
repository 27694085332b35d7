"""Finds a Chromium for the browser stories and prints its path; prints nothing, and says so loudly, when there is none.

A Chromium without windows (the "headless shell") comes first: it opens a page in a quarter of the time. Where root and
Debian's package manager are at hand, and it is not, it is installed; what cannot be had is made do without. No browser
at all is not a failure: the other tests are still worth running, so the exit status is 0 either way.
``CHROME`` in the environment names one to use. Progress goes to the error stream, the path alone to the output.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable

from testing.browsers import WITHOUT_WINDOWS, installed_browser

#: Debian's package and what it needs: about 100 MB, minutes on a slow line.
_INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends", "--option", "Acquire::Retries=0", WITHOUT_WINDOWS)
INSTALL_STEPS = (("apt-get", "update"), _INSTALL)
INSTALL_SECONDS = 420
#: Where there is another browser, this long at most is spent on a quicker one.
QUICKER_SECONDS = 120

NOT_RUN = """
======================================================================
  NO BROWSER: the browser stories are NOT run.
  No Chromium or Chrome was found, and none could be installed.
  Install one, or name it: make test CHROME=/path/to/chrome
======================================================================
"""


def say(text: str) -> None:
    """Progress, on the error stream because the output is the answer."""
    print(text, file=sys.stderr, flush=True)


def can_install() -> bool:
    """Only root may install, and only where Debian's package manager is."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(steps: Iterable[tuple[str, ...]] = INSTALL_STEPS, seconds: int = INSTALL_SECONDS) -> bool:
    """Install Debian's Chromium; whether it worked. Never asks a question."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in steps:
        say(f"    {' '.join(step)} (this may take minutes)")
        try:
            done = subprocess.run(
                step,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=seconds,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            say(f"    failed: {error}")
            return False
        if done.returncode:
            say(f"    failed: {done.stderr.strip()[-800:]}")
            return False
    return True


def browser(find: Callable[[], str | None] = installed_browser) -> str | None:
    """A browser that is there, or that could be installed."""
    if found := find():
        is_windowed_debian = found == shutil.which("chromium") and not os.environ.get("CHROME")
        if not (is_windowed_debian and can_install()):
            return found
        say("    installing Debian's Chromium without windows, in which the stories take less time")
        return find() if install(INSTALL_STEPS[1:], QUICKER_SECONDS) else found
    if os.environ.get("CHROME"):
        say(f"    CHROME={os.environ['CHROME']} does not start")
    if not can_install():
        return None
    say("    no Chromium or Chrome found; installing Debian's package")
    return find() if install() else None


def main() -> int:
    """Print the path, or say loudly that there is none."""
    path = browser()
    if path is None:
        say(NOT_RUN)
        return 0
    say(f"    browser: {path}")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
