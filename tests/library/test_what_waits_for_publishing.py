"""What has no drafts waits for a loading that publishes where readers would see it at once, and is told beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect

from clinical.models import Condition
from exercises.models import ExercisePage
from library.models import Library, ReviewElsewhere
from library.reading import read_library
from library.report import FOR_PUBLISHING, NEW, SAME
from library.writing import look_at
from testing.round_trips import exported
from testing.small_library import load, small_library, write
from tests.library.loading import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]
ABOUT = {
    **{"id": "calves", "title": "Calves", "publisher": "A clinic", "licence": "CC BY 4.0", "version": "1"},
    "language": "en",
}
_REVIEW = {"publisher": "Riverside Clinic", "reviewer": "Dr A. Example", "reviewed_on": "2026-05-31"}
_CODE = {"system": "ICD-10-CM", "edition": "2025", "code": "R25.2"}


def _library(folder: Path, **more: Any) -> Path:
    return write(folder, {**small_library(), "library": ABOUT, **more})


def _changed(folder: Path) -> Path:
    records = small_library()
    records["conditions/calf-cramp"]["codes"] = [_CODE]
    records["exercises/heel-drop"]["reviews"] = [_REVIEW]
    records["library"] = {**ABOUT, "licence": "None", "title": "Ours"}
    records["redirects/help"] = {"id": "help", "address": "/help-line", "exercise": "heel-drop"}
    records["tags/sore"] = {"id": "sore", "name": "Sore"}
    return write(folder, records)


def _seen() -> tuple[Any, ...]:
    codes = list(Condition.objects.filter(library_id="calf-cramp", codes__isnull=False).values_list("codes__code"))
    return (codes, ReviewElsewhere.objects.count(), Redirect.objects.count(), Library.objects.get().title)


def test_draft_of_a_library_changes_nothing_readers_see_and_each_has_its_row(tmp_path: Path):
    load(_library(tmp_path), publish=True)
    before = _seen()
    report = look_at(read_library(_changed(tmp_path)), publish=False)
    rows = {row.file: row for row in report.rows}
    assert {file for file, row in rows.items() if row.outcome == FOR_PUBLISHING} == {
        *("library.yaml", "redirects/help.yaml", "exercises/heel-drop.yaml"),
    }
    assert rows["tags/sore.yaml"].outcome == NEW
    assert "stay as they are here until it is loaded with --publish" in str(rows["conditions/calf-cramp.yaml"].remarks)
    load(tmp_path)
    assert _seen() == before == ([], 0, 0, "Calves")
    load(tmp_path, publish=True)
    assert _seen() == ([("R25.2",)], 1, 1, "Ours")
    assert {row.outcome for row in look_at(read_library(tmp_path), publish=False).rows} == {SAME}


def test_codes_of_what_nobody_sees_yet_are_written_at_once(tmp_path: Path):
    load(_library(tmp_path))
    load(_changed(tmp_path))
    assert _seen() == ([("R25.2",)], 1, 0, "Ours")


@pytest.mark.parametrize(
    ("redirect", "fault"),
    [
        ({"address": "/loop/", "to": "/loop/"}, "leads to itself; take this file out"),
        ({"address": "/exercises/heel-drop", "exercise": "heel-drop"}, "leads to itself; take this file out"),
        ({"address": "/a", "to": "/b"}, "leads to itself; take this file out"),
        ({"address": "/exercises/heel-drop/", "to": "/"}, "is that of a page readers see; take this file out"),
    ],
)
def test_redirect_to_itself_or_over_a_page_is_a_fault(tmp_path: Path, redirect: dict[str, Any], fault: str):
    load(_library(tmp_path), publish=True)
    Redirect.add_redirect("/b", redirect_to="/a")
    folder = _library(tmp_path, **{"redirects/one": {"id": "one", **redirect}})
    assert refused(folder) == [f"redirects/one.yaml: address: {fault}"]


def test_redirect_goes_out_with_the_library_that_brought_it_alone(tmp_path: Path):
    load(
        _library(tmp_path / "in", **{"redirects/old": {"id": "old", "address": "/old", "to": "/routines/"}}),
        publish=True,
    )
    Redirect.add_redirect("/ours", redirect_to="/routines/")
    exported(tmp_path / "ours", drafts=False)
    exported(tmp_path / "theirs", drafts=False, library="calves")
    addresses = [
        [record.address for record in read_library(tmp_path / each)["redirects"].values()]  # type: ignore[attr-defined]  # every record of this folder has one
        for each in ("ours", "theirs")
    ]
    assert addresses == [["/ours"], ["/old"]]
    assert ExercisePage.objects.get(library_id="heel-drop").live
