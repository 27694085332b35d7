"""Ways for a database to stop: its server frozen, somebody writing without end, locked as a whole, only to be read."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tools.bench.server import with_descendants


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
