"""A library is tried out beside the site, in a copy of its database, with the same findings as in its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.db import connection

from exercises.models import ExercisePage
from library.models import LibraryUpload
from library.models.library_upload import UploadState
from library.uploading import apart, running
from library.uploading.judging import try_out
from library.uploading.running import Overtaken, opened, results_of
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
