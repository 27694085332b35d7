"""R-F10: a process of the server that is killed or does not answer is started anew, and others serve meanwhile."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tools.bench.server import gunicorn, with_descendants

pytestmark = pytest.mark.slow

WORKERS, PATIENCE_SECONDS = 2, 60
#: After so many seconds without a sign of life a worker is taken for dead; usually thirty.
DEAD_AFTER_SECONDS = 2


#: It says that it is alive, and nothing else: a whole site takes ten times as long to start (``make soak`` has one).
ALIVE = """
def application(_environ, begin):
    begin("200 OK", [("Content-Length", "0")])
    return []
"""


def status(port: int, address: str) -> int:
    asked = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    asked.request("GET", address)
    answer = asked.getresponse()
    answer.read()
    asked.close()
    return answer.status


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.05)


def test_worker_that_is_killed_or_stands_still_is_replaced_and_others_serve_meanwhile(
    tmp_path: Path,
):
    (tmp_path / "alive.py").write_text(ALIVE)
    said = f"--timeout={DEAD_AFTER_SECONDS} --pythonpath={tmp_path}"
    given = {**os.environ, "GUNICORN_CMD_ARGS": said, "DJANGO_SETTINGS_MODULE": "stretchsite.settings.test"}
    with gunicorn("alive", given, tmp_path / "log", WORKERS) as (port, master):

        def workers() -> set[int]:
            return with_descendants([master]) - {master}

        wait_until(lambda: len(workers()) == WORKERS)
        assert status(port, "/") == 200
        for ending in (signal.SIGKILL, signal.SIGSTOP):
            wait_until(lambda: (tmp_path / "log").read_text().count("Booting worker") >= len(workers()) == WORKERS)
            before = workers()
            lost = min(before)
            os.kill(lost, ending)
            told = []
            while lost in workers() or len(workers()) < WORKERS:
                told.append(status(port, "/"))
                time.sleep(0.05)
            assert set(told) <= {200}
            assert status(port, "/") == 200
            assert workers() - before
