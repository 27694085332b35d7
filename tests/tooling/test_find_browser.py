"""A browser is found where there is one, and its absence is loud and no failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from testing import browsers
from tools import find_browser


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without a browser, and without the right to install one; its only PATH is this folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROME", raising=False)
    monkeypatch.setattr(browsers, "PLACES", ())
    monkeypatch.setattr(find_browser, "can_install", lambda: False)
    return tmp_path


def program(folder: Path, name: str, script: str) -> str:
    """A small program that takes the browser's place."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_a_browser_on_the_path_is_found(bare: Path, capsys: pytest.CaptureFixture[str]):
    path = program(bare, "chromium", "echo Chromium 150")
    assert find_browser.main() == 0
    assert capsys.readouterr().out.strip() == path


def test_the_one_that_was_named_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch):
    program(bare, "chromium", "echo Chromium 150")
    named = program(bare, "my-own", "echo Chromium 151")
    monkeypatch.setenv("CHROME", named)
    assert find_browser.browser() == named


def test_a_browser_that_does_not_start_is_passed_over(bare: Path):
    program(bare, "chromium", "exit 1")
    works = program(bare, "google-chrome", "echo Google Chrome 150")
    assert find_browser.browser() == works


def test_no_browser_is_loud_and_not_a_failure(bare: Path, capsys: pytest.CaptureFixture[str]):
    assert find_browser.main() == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "browser stories are NOT run" in said.err


def installer(folder: Path) -> None:
    """A package manager that knows one package: the Chromium without windows."""
    shell = folder / "chromium-headless-shell"
    script = f'[ "$1" = update ] || {{ printf "#!/bin/sh\\necho 150\\n" > {shell}; }}; touch {folder}/asked'
    program(folder, "apt-get", f"PATH=/usr/bin:/bin; {script}; chmod 755 {shell} 2>/dev/null; exit 0")


def test_it_is_installed_only_when_none_is_there(bare: Path, monkeypatch: pytest.MonkeyPatch):
    installer(bare)
    monkeypatch.setattr(find_browser, "can_install", lambda: True)
    assert find_browser.browser() == str(bare / "chromium-headless-shell")

    (bare / "asked").unlink()
    assert find_browser.browser() == str(bare / "chromium-headless-shell")
    assert not (bare / "asked").exists()


def test_one_without_windows_is_installed_beside_debians_other_and_made_do_without(
    bare: Path, monkeypatch: pytest.MonkeyPatch
):
    windowed = program(bare, "chromium", "echo Chromium 150")
    monkeypatch.setattr(find_browser, "can_install", lambda: True)
    program(bare, "apt-get", "exit 100")
    assert find_browser.browser() == windowed
    installer(bare)
    assert find_browser.browser() == str(bare / "chromium-headless-shell")


def test_nothing_is_installed_beside_a_browser_that_was_named(bare: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(find_browser, "can_install", lambda: True)
    installer(bare)
    monkeypatch.setenv("CHROME", program(bare, "chromium", "echo Chromium 150"))
    assert find_browser.browser() == str(bare / "chromium")
    assert not (bare / "asked").exists()


def test_an_installation_that_fails_is_not_a_failure(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    program(bare, "apt-get", "echo no network >&2; exit 100")
    monkeypatch.setattr(find_browser, "can_install", lambda: True)
    assert find_browser.main() == 0
    assert "no network" in capsys.readouterr().err
