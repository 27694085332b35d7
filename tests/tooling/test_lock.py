"""What is installed is locked: one release of everything, every file by its hash, and no place where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.tooling.sources import ROOT

SITE, DEVELOPERS = "requirements.lock", "requirements-dev.lock"
#: The platforms a release of ours must be installed on: Linux on both sorts of processor, and macOS.
PLATFORMS = [("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64")]
ENTRY = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<release>[\w.!+]+)(?: ; (?P<marker>.+?))? \\\n"
    r"(?P<hashes>(?: +--hash=\S+ ?\\?\n?)+)"
)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True)
class Locked:
    """One release of one package, where it is meant for, and how many of its files are known."""

    name: str
    release: Version
    marker: Marker | None
    hashes: int

    def is_for(self, system: str, machine: str) -> bool:
        """Whether it is installed there, on Python 3.11."""
        python = {"python_version": "3.11", "python_full_version": "3.11.9", "implementation_name": "cpython"}
        there = {"sys_platform": system, "platform_machine": machine, "platform_python_implementation": "CPython"}
        return self.marker is None or self.marker.evaluate({**python, **there})


def required(name: str) -> Iterator[Requirement]:
    """The lines of a list of requirements, and of the list it begins with."""
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            yield from required(line.removeprefix("-r "))
        elif line and not line.startswith("#"):
            yield Requirement(line)


def locked(name: str) -> list[Locked]:
    """Everything in a lock file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [
        Locked(
            found["name"],
            Version(found["release"]),
            Marker(found["marker"]) if found["marker"] else None,
            len(HASH.findall(found["hashes"])),
        )
        for found in ENTRY.finditer(text)
    ]


def releases(name: str, system: str, machine: str) -> dict[str, list[Version]]:
    """By package: the releases a lock file names for a platform."""
    found: dict[str, list[Version]] = {}
    for entry in locked(name):
        if entry.is_for(system, machine):
            found.setdefault(entry.name, []).append(entry.release)
    return found


@pytest.mark.parametrize(("system", "machine"), PLATFORMS)
@pytest.mark.parametrize(("wanted", "lock"), [("requirements.txt", SITE), ("requirements-dev.txt", DEVELOPERS)])
def test_every_requirement_is_locked_once_within_its_range(wanted: str, lock: str, system: str, machine: str):
    named = releases(lock, system, machine)
    for requirement in required(wanted):
        (release,) = named[canonicalize_name(requirement.name)]
        assert release in requirement.specifier, f"{requirement}: make lock"


@pytest.mark.parametrize("lock", [SITE, DEVELOPERS])
def test_every_locked_release_has_the_hashes_of_its_files(lock: str):
    entries = locked(lock)
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert len(entries) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)), "an entry that is not understood"
    assert [entry.name for entry in entries if not entry.hashes] == []
    assert sum(entry.hashes for entry in entries) == text.count("--hash=")


@pytest.mark.parametrize("lock", [SITE, DEVELOPERS])
def test_a_lock_names_no_place_its_files_come_from(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^ *-(?!-hash=)", text, re.MULTILINE)


def test_developers_have_the_releases_the_site_has():
    site = {(entry.name, entry.release, str(entry.marker)) for entry in locked(SITE)}
    assert site
    assert site <= {(entry.name, entry.release, str(entry.marker)) for entry in locked(DEVELOPERS)}


def test_make_and_the_deployment_page_install_from_the_lock():
    for name in ("Makefile", "docs/deployment.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        installed = re.findall(r"-m pip install (.*)", text)
        assert installed
        assert all(re.search(r"--require-hashes --requirement requirements(-dev)?\.lock$", line) for line in installed)
