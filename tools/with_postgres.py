"""Runs a command with ``DATABASE_URL`` pointing to a PostgreSQL server of its own, and removes the server afterwards.

    python tools/with_postgres.py COMMAND [ARGUMENT ...]

The server is started from the installed programs, on a free port of 127.0.0.1, behind a password made for the
occasion, in a temporary folder, and as an unprivileged account when root runs this (PostgreSQL refuses root). It is
built for speed and not for keeping: nothing is flushed to disk. If ``DATABASE_URL`` already names a PostgreSQL
database, that one is used. Where no server programs are installed, the command is NOT run, which is said loudly, and
the exit status is 0.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

ACCOUNT = "stretchsite"
PROGRAMS = ("initdb", "postgres", "createdb", "pg_isready")

#: Seconds the server has to start; the slowest seen on two busy cores was under three.
STARTING_SECONDS = 60

#: Nothing is kept, so nothing need survive a power cut.
FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "1GB"}

#: Signals that end a process without a word, unless they are listened for.
LEAVING = (signal.SIGTERM, signal.SIGHUP)

NOT_RUN = """
======================================================================
  PostgreSQL: NOT RUN
  No PostgreSQL server programs were found on this machine.
  Install the package postgresql, or set DATABASE_URL.
======================================================================
"""


def places() -> Iterator[Path]:
    """The folders server programs may be in, the likeliest first, the newest version first among Debian's."""
    if pg_config := shutil.which("pg_config"):
        told = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(told.stdout.strip())
    yield from sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: _version(path.parent.name), reverse=True
    )
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent


def _version(name: str) -> int:
    return int(name) if name.isdecimal() else 0


def server_programs(folders: Iterable[Path]) -> Path | None:
    """The first folder that holds every program needed."""
    return next((folder for folder in folders if all((folder / name).is_file() for name in PROGRAMS)), None)


def unprivileged_account() -> pwd.struct_passwd | None:
    """Whom to run the server as; nobody else when this is not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise SystemExit("PostgreSQL refuses to run as root, and there is no account postgres or nobody to run it as.")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Cluster:
    """One throw-away server: its folder, its account, its password and its process."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.password = secrets.token_urlsafe(18)
        self.port = 0
        self.process: subprocess.Popen[str] | None = None
        account = unprivileged_account()
        self.as_account: dict[str, Any] = {}
        if account is not None:
            self.as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            os.chown(folder, account.pw_uid, account.pw_gid)
        self.environment = {name: text for name, text in os.environ.items() if not name.startswith("PG")}
        self.environment |= {"HOME": str(folder), "PGPASSWORD": self.password}

    @property
    def url(self) -> str:
        """What ``DATABASE_URL`` is to be."""
        return f"postgres://{ACCOUNT}:{self.password}@127.0.0.1:{self.port}/{ACCOUNT}"

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs to its end, as the account the server belongs to."""
        return subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self.as_account,
        )

    def create(self) -> None:
        """Make the empty cluster. Raises SystemExit with PostgreSQL's own words when that fails."""
        word = self.folder / "password"
        word.write_text(self.password)
        if self.as_account:
            os.chown(word, self.as_account["user"], self.as_account["group"])
        word.chmod(0o600)
        common = [
            "-D",
            "data",
            "-U",
            ACCOUNT,
            "--pwfile=password",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-sync",
        ]
        # C.UTF-8 knows the letters of every language, but not every system has it.
        for locale in ("C.UTF-8", "C"):
            made = self.run("initdb", *common, f"--locale={locale}")
            if made.returncode == 0:
                return
            shutil.rmtree(self.folder / "data", ignore_errors=True)
        raise SystemExit(f"initdb failed: {made.stderr.strip()}")

    def start(self) -> None:
        """Start the server and wait until it answers; another port if somebody took the first one."""
        for _ in range(5):
            self.port = free_port()
            settings = {**FAST_AND_FORGETFUL, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
            options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
            with (self.folder / "log").open("a") as log:
                self.process = subprocess.Popen(
                    [self.programs / "postgres", "-D", "data", "-p", str(self.port), *options],
                    cwd=self.folder,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    text=True,
                    # Ctrl-C belongs to the command; the server goes when the command is done.
                    start_new_session=True,
                    **self.as_account,
                )
            if self._is_ready():
                made = self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", ACCOUNT, ACCOUNT)
                if made.returncode:
                    raise SystemExit(f"createdb failed: {made.stderr.strip()}")
                return
            self.stop()
        raise SystemExit(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def _is_ready(self) -> bool:
        end = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < end and self.process is not None and self.process.poll() is None:
            if self.run("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)).returncode == 0:
                return True
            time.sleep(0.1)
        return False

    def stop(self) -> None:
        """Stop the server at once: SIGQUIT is PostgreSQL's immediate shutdown, which takes its children along."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextmanager
def throw_away_cluster(programs: Path) -> Iterator[Cluster]:
    """A running server that is stopped and removed on every way out."""
    folder = Path(tempfile.mkdtemp(prefix="stretchsite-postgres-"))
    cluster: Cluster | None = None
    try:
        cluster = Cluster(programs, folder)
        cluster.create()
        cluster.start()
        yield cluster
    finally:
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _leave(number: int, _frame: FrameType | None) -> None:
    """Turn a signal that would end this process at once into an exception, so that the server is removed first."""
    for again in LEAVING:
        signal.signal(again, signal.SIG_IGN)
    raise SystemExit(128 + number)


def run_command(command: list[str], url: str) -> int:
    """Run the command with this database; its exit status. It does not outlive this process."""
    process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
    try:
        return process.wait()
    except KeyboardInterrupt:
        # The terminal has sent the same Ctrl-C to the command: let it finish in its own way.
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            process.kill()


def main(command: list[str]) -> int:
    """Run the command with a database as described at the top of this file; its exit status."""
    if not command:
        raise SystemExit(__doc__)
    for number in LEAVING:
        signal.signal(number, _leave)
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        print("PostgreSQL: using the database that DATABASE_URL names", file=sys.stderr, flush=True)
        return run_command(command, given)
    if given:
        raise SystemExit("DATABASE_URL is set, but not to a PostgreSQL database. Unset it to have one made.")
    programs = server_programs(places())
    if programs is None:
        print(NOT_RUN, file=sys.stderr, flush=True)
        return 0
    with throw_away_cluster(programs) as cluster:
        print(f"PostgreSQL: a throw-away server on port {cluster.port}, from {programs}", file=sys.stderr, flush=True)
        return run_command(command, cluster.url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
