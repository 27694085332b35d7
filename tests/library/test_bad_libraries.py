"""A library with anything wrong in it is refused as a whole: its author is told file and field, nothing is written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from library import reading
from testing.small_library import load, small_library, write
from tests.conftest import STARTER_LIBRARY
from tests.library.bad_libraries import BAD_LIBRARIES, NOTE, BadLibrary
from tests.library.library_breaking import moved, put
from tests.library.loading import row_counts

REFUSED = re.compile(r"(?P<number>\d+) faults?; nothing was written\.")


@pytest.fixture
def library(set_up_site: None, db: None, tmp_path: Path) -> Path:
    """The small valid library, in a folder."""
    return write(tmp_path / "library", small_library())


def faults_of(folder: Path, capsys: pytest.CaptureFixture[str], **options: bool) -> list[str]:
    """The lines an author is told. The command ends in its own error with their number, and has written nothing."""
    before = row_counts()
    with pytest.raises(CommandError, match=REFUSED) as refused:
        call_command("load_library", str(folder), **options)
    assert row_counts() == before
    told = capsys.readouterr().err.splitlines()
    assert int(REFUSED.fullmatch(str(refused.value))["number"]) == len(told) > 0
    return told


def test_there_are_many_kinds_of_bad_libraries():
    names = [bad.name for bad in BAD_LIBRARIES]
    assert len(set(names)) == len(names) >= 45


@pytest.mark.parametrize("publish", [False, True], ids=["drafts", "published"])
def test_library_nobody_has_broken_is_loaded(library: Path, publish: bool):
    before = row_counts()
    load(library, publish=publish)
    assert row_counts() != before


@pytest.mark.parametrize("bad", BAD_LIBRARIES, ids=lambda bad: bad.name)
def test_bad_library_is_refused_by_file_and_field(library: Path, bad: BadLibrary, capsys: pytest.CaptureFixture[str]):
    bad.breaking(library)
    told = faults_of(library, capsys)
    place = ": ".join(part for part in (bad.file or library.name, bad.field) if part)
    assert [line for line in told if line.startswith(f"{place}: ") and bad.words in line], told
    assert not any("Traceback" in line for line in told)


@pytest.mark.parametrize("place", ["nowhere", "library/notes/calf-clot.yaml"])
def test_path_that_is_no_folder_is_refused_by_name(library: Path, place: str, capsys: pytest.CaptureFixture[str]):
    path = library.parent / place
    assert faults_of(path, capsys) == [f"{path}: is not a folder; name the folder of a library"]


def test_more_files_than_the_limit_are_refused(library: Path, capsys: pytest.CaptureFixture[str], monkeypatch):
    monkeypatch.setattr(reading, "MOST_RECORDS", 6)
    assert faults_of(library, capsys) == ["library: has 7 files; load at most 6 at once"]


def test_more_bytes_than_the_limit_are_refused(library: Path, capsys: pytest.CaptureFixture[str], monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 1024 * 1024)
    padding = "# padding\n" * 19_000
    for path in library.rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8") + padding, encoding="utf-8")
    assert faults_of(library, capsys) == ["library: is larger than 1 MB; load it in parts"]


def test_file_that_cannot_be_read_is_a_fault(library: Path, capsys: pytest.CaptureFixture[str], monkeypatch):
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert f"{NOTE}: cannot be read: Permission denied" in faults_of(library, capsys)


def test_limits_are_those_of_the_security_requirements():
    assert (reading.MOST_BYTES, reading.MOST_RECORDS, reading.MOST_DEPTH) == (5 * 1024 * 1024, 2000, 20)
    assert reading.MOST_BYTES_OF_A_FILE == 200 * 1024


def test_every_fault_is_told_at_once_and_in_order(library: Path, capsys: pytest.CaptureFixture[str]):
    chosen = [bad for bad in BAD_LIBRARIES if bad.name in {"hold of 30s", "title too long", "tier 5", "yes for true"}]
    for bad in chosen:
        bad.breaking(library)
    told = faults_of(library, capsys)
    assert [": ".join(line.split(": ")[:2]) for line in told] == sorted(f"{bad.file}: {bad.field}" for bad in chosen)
    assert len(told) == 4


def test_one_bad_record_among_many_good_ones_writes_nothing(set_up_site, db, tmp_path, capsys):
    shutil.copytree(STARTER_LIBRARY, tmp_path / "library")
    path = tmp_path / "library" / "notes" / "unhealed-injury.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("tier: 2", "tier: 3"), encoding="utf-8")
    (told,) = faults_of(tmp_path / "library", capsys, publish=True)
    assert told.startswith("notes/unhealed-injury.yaml: tier: a Contraindication is tier 2 or more serious")


def test_fault_found_while_writing_takes_back_what_was_written_before(library, capsys):
    put("information/privacy.yaml", "id", "exercises")(library)
    moved("information/privacy.yaml", "information/exercises.yaml")(library)
    (told,) = faults_of(library, capsys, publish=True)
    assert told.startswith("information/exercises.yaml: id: the address “exercises” is taken by a page")
