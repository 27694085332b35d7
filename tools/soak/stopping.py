"""Ways for a database to stop: its server frozen, fallen or full, somebody writing without end, only to be read."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg

from tools.bench.server import with_descendants

#: Ends every connection but these, and says which there were.
_SEND_AWAY = (
    "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND pid <> ALL(%s)"
)


@contextmanager
def postgres_stopped(postmaster: int) -> Iterator[None]:
    """Every process of the server stopped, as on a machine that hangs; connections stay open."""
    pids = with_descendants([postmaster])
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@contextmanager
def postgres_read_only(url: str) -> Iterator[None]:
    """As on a standby."""

    def say(*words: str) -> None:
        with psycopg.connect(url, autocommit=True, options="-c default_transaction_read_only=off") as connection:
            for word in (*words, "SELECT pg_reload_conf()"):
                connection.execute(word.encode())

    say("ALTER SYSTEM SET default_transaction_read_only = on")
    try:
        yield
    finally:
        say("ALTER SYSTEM RESET default_transaction_read_only")


@contextmanager
def postgres_fallen(url: str) -> Iterator[None]:
    """One of its processes killed: the server ends every connection, and takes itself up again from its log."""
    with psycopg.connect(url, autocommit=True) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        yield


@contextmanager
def postgres_without_room(url: str) -> Iterator[None]:
    """Every connection it allows is somebody else's."""
    with ExitStack() as held:
        first = held.enter_context(psycopg.connect(url, autocommit=True))
        ours = [first.info.backend_pid]
        # Whoever is sent away may come back sooner than somebody takes the place: until nobody else is left.
        while first.execute(_SEND_AWAY, [ours]).fetchall() or len(ours) == 1:
            with suppress(psycopg.OperationalError):
                while True:
                    ours.append(held.enter_context(psycopg.connect(url, autocommit=True)).info.backend_pid)
        yield


@contextmanager
def sqlite_writer_stopped(database: Path) -> Iterator[None]:
    """Somebody who does not stand in line writes, and does not end."""
    writer = sqlite3.connect(database, isolation_level=None, timeout=20)
    writer.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        writer.close()


@contextmanager
def sqlite_locked(database: Path) -> Iterator[None]:
    """Somebody has the whole file for themselves; possible only while no connection of the site is open."""
    somebody = sqlite3.connect(database, isolation_level=None, timeout=20)
    somebody.execute("PRAGMA locking_mode = EXCLUSIVE")
    somebody.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        somebody.close()
