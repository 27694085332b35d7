"""A library is tried out beside the site, in a copy of its database, with the same findings as in its own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import connection

from exercises.models import ExercisePage
from library.models import LibraryUpload
from library.models.library_upload import UploadState
from library.reading import read_library
from library.uploading import apart, running, trial_folders
from library.uploading.judging import try_out
from library.uploading.running import Overtaken, opened, results_of
from library.uploading.trial_files import TrialFiles
from library.writing import write_library
from testing.random_libraries import folder_of
from tests.library.sheets.many_rows import FAULTS, with_faults, workbook_of

only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a server's database is no file to copy")


@pytest.fixture
def site(set_up_site: None, db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LibraryUpload:
    """A site whose database is a file, with an upload in it; the file is as the tests' own database is now."""
    upload = kept()
    file = tmp_path / "site #1.sqlite3"
    file.write_bytes(connection.connection.serialize())
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    return upload


def kept() -> LibraryUpload:
    rows, _expected = with_faults(4, times=1, faults=FAULTS[1:2])
    return LibraryUpload.objects.create(name="calves.xlsx", raw=workbook_of(rows))


@only_sqlite
def test_what_is_found_beside_the_site_is_what_is_found_in_it_and_nobody_waits_for_it(site: LibraryUpload):
    calls: list[str] = []
    found = apart.results(site.pk, calls.append)
    parcel = opened(site)
    assert found == json.loads(json.dumps(results_of(try_out(parcel, lambda _said: None), parcel)))
    assert (found["records"], found["sound"], len(found["findings"])) == (4, 3, 1)
    assert set(calls) == {""}
    assert not ExercisePage.objects.exists()


@only_sqlite
@pytest.mark.parametrize("ends", [Overtaken, TimeoutError])
def test_whoever_cancels_or_the_deadline_ends_it_and_nothing_is_left_of_it(
    site: LibraryUpload,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    ends: type[Exception],
):
    beside = tmp_path_factory.mktemp("beside")
    monkeypatch.setattr("tempfile.tempdir", str(beside))

    def ended(_said: str) -> NoReturn:
        raise ends

    with pytest.raises(ends):
        apart.results(site.pk, ended)
    assert list(beside.iterdir()) == []


@only_sqlite
def test_files_of_a_trial_lie_in_its_own_folder_and_the_sites_are_only_read(tmp_path: Path):
    (tmp_path / "site").mkdir()
    site = FileSystemStorage(tmp_path / "site")
    site.save("images/there.png", ContentFile(b"there"))
    trial = TrialFiles(tmp_path / "trial", site)
    assert trial.open("images/there.png").read() == b"there"
    assert (trial.size("images/there.png"), trial.exists("images/gone.png")) == (5, False)
    name = trial.save("images/there.png", ContentFile(b"another"))
    assert name != "images/there.png"
    assert (trial.open(name).read(), site.exists(name)) == (b"another", False)
    for each in (name, "images/there.png"):
        trial.delete(each)
    assert site.open("images/there.png").read() == b"there"


def test_cancelled_behind_its_pictures_a_run_leaves_no_file_of_them(set_up_site: None, db: None, tmp_path: Path):
    def cancelled(said: str) -> None:
        if "exercises" in said:
            raise Overtaken

    library = read_library(folder_of(0, tmp_path))
    assert library["pictures"]
    default_storage.save("original_images/there.txt", ContentFile(b"there"))
    before = default_storage.listdir("original_images")[1]
    with pytest.raises(Overtaken):
        write_library(library, publish=False, dry_run=False, say=cancelled)
    assert default_storage.listdir("original_images")[1] == before


@only_sqlite
def test_whoever_is_killed_leaves_no_process_and_what_lies_there_goes_with_the_next_trial(
    site: LibraryUpload, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
):
    beside = tmp_path_factory.mktemp("beside")
    monkeypatch.setattr("tempfile.tempdir", str(beside))
    left = beside / "stretchsite-trial-left"
    left.mkdir()
    (left / "db.sqlite3").write_bytes(b"all of it")
    (left / trial_folders.LOCK).touch()
    with trial_folders.trial_folder() as mine:
        for folder in (left, mine):
            os.utime(folder, (1, 1))
        trial_folders.sweep()
        assert list(beside.iterdir()) == [mine]
        with pytest.raises(SystemExit, match="is gone"):
            call_command("try_upload", site.pk, mine, 1)
    assert list(beside.iterdir()) == []


@only_sqlite
def test_whoever_cancels_while_the_database_is_copied_is_heard(site: LibraryUpload, tmp_path: Path):
    def ended(_said: str) -> NoReturn:
        raise Overtaken

    with pytest.raises(Overtaken):
        apart._copy_to(tmp_path / "copy.sqlite3", ended)


def test_what_went_wrong_is_told_without_the_words_of_the_upload(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    manage = tmp_path / "manage.py"
    manage.write_text("class Odd(Exception): pass\nraise Odd('Ms Example has a sore knee\\nhip')")
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    with pytest.raises(apart.NotApart) as told:
        apart._try_out(1, tmp_path, lambda _said: None)
    assert str(told.value) == "it ended with 1, after Odd"


def test_where_there_can_be_no_copy_it_is_tried_in_place(
    upload: Callable[..., LibraryUpload], monkeypatch: pytest.MonkeyPatch
):
    def full(*_told: Any) -> NoReturn:
        raise apart.NotApart("OSError: No space left on device")

    monkeypatch.setattr(running.apart, "is_possible", lambda: True)
    monkeypatch.setattr(running.apart, "results", full)
    rows, _expected = with_faults(3, times=1, faults=FAULTS[1:2])
    tried = upload("calves.xlsx", workbook_of(rows))
    assert (tried.state, tried.results["sound"]) == (UploadState.CHECKED, 2)


@only_sqlite
def test_a_trial_that_fails_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    file = tmp_path / "site.sqlite3"
    file.write_bytes(b"no database")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    with pytest.raises(apart.NotApart, match="file is not a database"):
        apart.results(1, lambda _said: None)
