"""Gunicorn for as long as it is measured, and what its processes have cost."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.bench.fresh_site import ROOT
from tools.with_postgres import free_port

WORKERS = 2
STARTING_SECONDS = 60
PROCESSES = Path("/proc")


@contextmanager
def gunicorn(
    application: str, environment: dict[str, str], log: Path, workers: int = WORKERS
) -> Iterator[tuple[int, int]]:
    """Serve an application on a free port of 127.0.0.1; the port and the process id.

    A site for https is told its port: a browser names it, and whoever asks for another host is led away.
    """
    port = free_port()
    if "BASE_URL" in environment:
        environment = {**environment, "BASE_URL": f"https://127.0.0.1:{port}"}
    with log.open("wb") as said:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                f"--workers={workers}",
                f"--bind=127.0.0.1:{port}",
                application,
            ],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
    try:
        _wait_for(port, process, log)
        yield port, process.pid
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"gunicorn did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")


def with_descendants(roots: Iterable[int]) -> set[int]:
    """These processes, their children, and theirs."""
    children: dict[int, list[int]] = {}
    for path in PROCESSES.glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        children.setdefault(parent, []).append(int(path.parent.name))
    found: set[int] = set()
    left = list(roots)
    while left:
        pid = left.pop()
        if pid not in found:
            found.add(pid)
            left += children.get(pid, [])
    return found


def cpu_seconds(roots: Iterable[int]) -> float | None:
    """Seconds these processes and their descendants have been on a processor; None where Linux does not tell."""
    nanoseconds = 0
    is_told = False
    for pid in with_descendants(roots):
        for path in (PROCESSES / str(pid) / "task").glob("*/schedstat"):
            try:
                nanoseconds += int(path.read_text().split()[0])
            except (OSError, IndexError, ValueError):
                continue
            is_told = True
    return nanoseconds / 1e9 if is_told else None


def postgres_process(database_url: str) -> int | None:
    """The process id of the PostgreSQL server behind this address, which is on this machine; None for SQLite."""
    if not database_url.startswith("postgres"):
        return None
    import psycopg

    with psycopg.connect(database_url) as connection:
        row = connection.execute("select pg_backend_pid()").fetchone()
        assert row is not None  # noqa: S101  (the question always has one answer; this tells the type checker)
        stat = (PROCESSES / str(row[0]) / "stat").read_text()
    return int(stat.rpartition(")")[2].split()[1])
