"""The rehearsal of the guide tells what it did, and finds what it looks for. Performing it is ``make rehearse``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.rehearse.reading_logs import found_in
from tools.rehearse.telling import NotSo, Telling, expect


def test_a_step_says_how_long_it_took_and_one_that_fails_ends_it(capsys: pytest.CaptureFixture[str]):
    telling = Telling()
    with telling.step("installed") as found:
        found.append("SQLite")
    with pytest.raises(NotSo, match="it is closed"), telling.step("served"):
        expect(False, "it is closed")
    telling.leave_out("nginx", "it is not installed")
    telling.conclude()
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said] == ["good", "FAILED", "NOT", "Rehearsed"]
    assert said[0].endswith(" s  installed: SQLite")
    assert said[-1].endswith("NOT RUN: nginx")


def test_a_secret_in_any_log_is_found(tmp_path: Path):
    (tmp_path / "nginx.log").write_text("GET /s/ 200\n", encoding="utf-8")
    assert found_in(tmp_path, ["secret-of-a-link"]) == []
    (tmp_path / "server.log").write_text("what: secret-of-a-link\n", encoding="utf-8")
    assert found_in(tmp_path, ["secret-of-a-link", "127.0.0.77"]) == ["server.log: secret…"]
