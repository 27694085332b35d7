"""How many requests a second a page can serve: by wrk where it is installed, else by callers of our own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

from tools.bench.caller import HEADERS
from tools.bench.fresh_site import ROOT

CONNECTIONS = 8
#: Two processes, since one Python cannot ask as fast as two workers answer an empty view.
CALLING_PROCESSES = 2


def what_calls() -> str:
    """What makes the load, for the reader of the figures."""
    if shutil.which("wrk"):
        return f"wrk, {CONNECTIONS} connections"
    return f"{CALLING_PROCESSES} Python processes, {CONNECTIONS} connections (wrk is not installed)"


def requests_per_second(port: int, path: str, seconds: int) -> float:
    """Answers a second under load. Raises SystemExit when one of them was not 200."""
    if wrk := shutil.which("wrk"):
        return _by_wrk(wrk, port, path, seconds)
    command = [sys.executable, "-m", "tools.bench.caller", str(port), path, str(seconds)]
    each = str(CONNECTIONS // CALLING_PROCESSES)
    callers = [
        subprocess.Popen([*command, each], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(CALLING_PROCESSES)
    ]
    answered = refused = 0
    for caller in callers:
        said, _ = caller.communicate(timeout=seconds + 90)
        if caller.returncode:
            raise SystemExit(f"{path}: a caller failed under load")
        counts = said.split()
        answered += int(counts[0])
        refused += int(counts[1])
    if refused:
        raise SystemExit(f"{path}: {refused} of {answered} answers under load were not 200")
    return answered / seconds


def _by_wrk(wrk: str, port: int, path: str, seconds: int) -> float:
    headers = [part for line in (HEADERS + "Accept-Encoding: gzip").split("\r\n") for part in ("-H", line)]
    done = subprocess.run(
        [
            wrk,
            "-t2",
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            *headers,
            f"http://127.0.0.1:{port}{path}",
        ],
        capture_output=True,
        text=True,
        timeout=seconds + 90,
        check=True,
    )
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if found is None or "Non-2xx" in done.stdout:
        raise SystemExit(f"{path}: wrk reported faults:\n{done.stdout}")
    return float(found[1])
