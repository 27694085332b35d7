"""How gunicorn runs the site, wherever it is started in this folder.

Its logs hold no token and no whole address. Of the threads of each worker two never wait for the database or for a
lock, so that the process says it is alive, sends static files and tells everybody else, whatever is stopped.
"""

import os
import shutil
import tempfile
from pathlib import Path

logger_class = "stretchsite.logs.RedactingLogger"

# A question of 2,000 letters of another alphabet is longer than usual in an address, and may ask for help.
limit_request_line = 8190

workers = 2
worker_class = "gthread"
threads = 16

# What one worker's measures take at most: some hundred names of addresses, methods and answers.
METRICS_BYTES = 256 * 1024

# Two processes of one account would take it from each other, and its folder may be read-only.
control_socket_disable = True

# Where the site begins is said by its settings. A header that says so would stand in addresses that others are shown.
forwarder_headers = ""


def post_worker_init(worker):
    """Leave those threads free, however many were asked for. A worker with too few of them does not start."""
    from clinical.serving.capacity import room

    room.size_for(worker.cfg.threads)


def on_starting(server):
    """Where there are metrics, all workers write theirs to one folder, so that whichever is asked answers for all."""
    if os.environ.get("METRICS_TOKEN", "").strip() and not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        server.metrics_folder = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="stretchsite-metrics-")


def post_fork(server, worker):
    """Room for what this worker measures is taken before it measures: a map of a file that cannot grow kills a process.

    Where there is none, it does without: no answer is lost for being counted.
    """
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not folder or not os.environ.get("METRICS_TOKEN", "").strip():
        return
    mine = [Path(folder) / f"{kind}_{os.getpid()}.db" for kind in ("counter", "histogram")]
    try:
        for path in mine:
            file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
            try:
                os.posix_fallocate(file, 0, METRICS_BYTES)
            finally:
                os.close(file)
    except OSError as error:
        worker.log.error("No metrics from this worker, whose address answers 404: %s", error)
        os.environ["METRICS_TOKEN"] = ""
        for path in mine:
            path.unlink(missing_ok=True)


def on_exit(server):
    """The folder goes with the server that made it."""
    if folder := getattr(server, "metrics_folder", ""):
        shutil.rmtree(folder, ignore_errors=True)
