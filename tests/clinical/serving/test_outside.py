"""A server on another machine that never ends an answer holds no place that others need, and no end of the process."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from clinical.serving import outside
from clinical.serving.outside import Outside
from clinical.serving.waiting import StorageAway


def test_answers_that_never_end_are_given_up_and_others_are_asked_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(outside, "COMMAND_SECONDS", 0.01)
    monkeypatch.setattr(outside, "AT_ONCE", 2)
    server, end = Outside(), threading.Event()
    for _time in range(3):  # more than may be asked at once
        with pytest.raises(StorageAway):
            server.asked(end.wait, 0.01)
    assert server.asked(lambda: "here", 1) == "here"
    monkeypatch.setattr(outside, "MOST_GIVEN_UP", 3)
    with pytest.raises(StorageAway, match="not ended"):
        server.asked(lambda: "here", 1)
    end.set()
    until = time.monotonic() + 5
    while server._given_up and time.monotonic() < until:
        time.sleep(0.01)
    assert server.asked(lambda: "here again", 1) == "here again"


def test_what_a_question_raises_is_raised_a_time_out_of_its_own_too():
    def late() -> Any:
        raise TimeoutError("its own")

    with pytest.raises(TimeoutError, match="its own"):
        Outside().asked(late, 1)


def test_a_process_ends_whatever_is_under_way():
    program = (
        "import time; from clinical.serving import outside; outside.COMMAND_SECONDS = 0.01\n"
        "try: outside.Outside().asked(lambda: time.sleep(60), 1)\n"
        "except OSError: print('given up')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=True)
    assert done.stdout == "given up\n"
