"""The throw-away PostgreSQL server serves one command and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.tooling.sources import ROOT
from tools import with_postgres

TOOL = [sys.executable, str(ROOT / "tools" / "with_postgres.py")]
SELECT = (
    "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).execute('select version()').fetchone()[0])"
)
SAY_ADDRESS = "import os; print(os.environ['DATABASE_URL'], flush=True)"

needs_server = pytest.mark.skipif(
    with_postgres.server_programs(with_postgres.places()) is None, reason="no PostgreSQL server programs are installed"
)


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """This environment without a database, and with an empty temporary folder that any account may pass through.

    pytest's own folders will not do: they are closed to the account that root has the server run as.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        yield {**{k: v for k, v in os.environ.items() if k != "DATABASE_URL"}, "TMPDIR": folder}


def leftovers(environment: dict[str, str]) -> list[str]:
    return [path.name for path in Path(environment["TMPDIR"]).iterdir()]


def is_served(url: str) -> bool:
    port = urlsplit(url).port
    assert port is not None
    with socket.socket() as caller:
        caller.settimeout(2)
        return caller.connect_ex(("127.0.0.1", port)) == 0


@needs_server
@pytest.mark.slow
def test_the_command_has_a_postgresql_to_itself_and_nothing_stays(environment: dict[str, str]):
    done = subprocess.run(
        [*TOOL, sys.executable, "-c", f"{SELECT}; {SAY_ADDRESS}"], env=environment, capture_output=True, text=True
    )
    version, url = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert version.startswith("PostgreSQL ")
    assert not is_served(url)
    assert leftovers(environment) == []


@needs_server
@pytest.mark.slow
def test_a_failing_command_fails_and_nothing_stays(environment: dict[str, str]):
    done = subprocess.run([*TOOL, sys.executable, "-c", "raise SystemExit(7)"], env=environment, capture_output=True)
    assert done.returncode == 7
    assert leftovers(environment) == []


@needs_server
@pytest.mark.slow
def test_a_terminated_run_takes_command_and_server_along(environment: dict[str, str]):
    command = f"{SAY_ADDRESS}; import time; time.sleep(120)"
    running = subprocess.Popen(
        [*TOOL, sys.executable, "-c", command], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    url = running.stdout.readline().strip()
    assert is_served(url)
    started = time.monotonic()
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=60) == 128 + signal.SIGTERM
    assert time.monotonic() - started < 60
    assert not is_served(url)
    assert leftovers(environment) == []


def test_a_database_that_was_given_is_used(environment: dict[str, str]):
    given = {**environment, "DATABASE_URL": "postgres://somebody@database.example/site"}
    done = subprocess.run([*TOOL, sys.executable, "-c", SAY_ADDRESS], env=given, capture_output=True, text=True)
    assert done.stdout.strip() == given["DATABASE_URL"]


def test_another_sort_of_database_is_refused(environment: dict[str, str]):
    given = {**environment, "DATABASE_URL": "sqlite://:memory:"}
    done = subprocess.run([*TOOL, sys.executable, "-c", "print('ran')"], env=given, capture_output=True, text=True)
    assert done.returncode != 0
    assert "not to a PostgreSQL" in done.stderr
    assert "ran" not in done.stdout


def test_without_a_server_it_is_loud_and_runs_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(with_postgres, "places", lambda: iter([tmp_path]))
    ran = tmp_path / "ran"
    assert with_postgres.main([sys.executable, "-c", f"open({str(ran)!r}, 'w')"]) == 0
    assert "PostgreSQL: NOT RUN" in capsys.readouterr().err
    assert not ran.exists()
