"""A port that cannot be had is said before anything is set up."""

from __future__ import annotations

import socket

import pytest

from tests.tooling.sources import ROOT
from tools.free_port import fault, main


def test_port_that_is_taken_is_said_with_another_to_try(capsys: pytest.CaptureFixture[str]):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert fault(str(taken)).startswith(f"Port {taken} is taken")
        assert main([str(taken)]) == 1
    assert "make run PORT=" in capsys.readouterr().err
    assert (fault(str(taken)), main([str(taken)])) == ("", 0)


@pytest.mark.parametrize("told", ["", "80", "65536", "eight", "-1", "8000 "])
def test_what_is_no_port_is_said(told: str):
    assert "is no port" in fault(told)


def test_port_is_asked_for_before_the_database_is_touched():
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nrun:")[2]
    assert recipe.index("tools.free_port") < recipe.index("migrate")
