"""How the stories' server runs: as in production in miniature, and never longer than the tests.

It reads its standard input, which the tests hold open. However they end, the input ends with them and the server stops.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

workers = 1
threads = 4
timeout = 60
loglevel = "warning"
logger_class = "stretchsite.logs.RedactingLogger"
wsgi_app = "stretchsite.wsgi:application"


def _stop_with_the_tests() -> None:
    # Straight from the system: a buffered stream is locked while it waits, and Python cannot end with it locked.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def on_starting(server: object) -> None:
    """Start to watch the input, in the master process."""
    threading.Thread(target=_stop_with_the_tests, daemon=True).start()
