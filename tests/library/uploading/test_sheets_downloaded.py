"""The site's records go out as the sheet they come in as: only what was changed in it is changed here."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from exercises.models import ExercisePage
from library.models import LibraryUpload
from library.models.library_upload import UploadState
from library.report import CHANGES, NEW, SAME
from library.uploading.screens import Planned
from testing.small_library import load, small_library, write


def test_only_the_row_that_was_changed_is_changed(
    lead: Client, upload: Callable[..., LibraryUpload], tmp_path: Path
) -> None:
    """Download, change a cell, upload."""
    write(tmp_path, small_library())
    load(tmp_path)
    library = ExercisePage.objects.exclude(library_id="").values_list("from_library", flat=True)[0]
    asked = {"library": library, "drafts": "on", "as": "xlsx"}
    answer = lead.post("/admin/library/export/", asked)
    assert answer["Content-Disposition"].endswith('.xlsx"')
    same = upload("same.xlsx", answer.content)
    assert same.results["findings"] == [], same.results
    assert {Planned(*row).outcome for row in same.results["plan"]} == {SAME}

    book = load_workbook(io.BytesIO(answer.content))
    sheet = book["Exercises"] if "Exercises" in book.sheetnames else book[book.sheetnames[0]]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(3, heads.index("Title") + 1).value = "Another title"
    sheet.cell(3, heads.index("Purpose") + 1).value = "For another end."
    written = io.BytesIO()
    book.save(written)
    after = upload("changed.xlsx", written.getvalue())
    assert after.state == UploadState.CHECKED
    rows = [Planned(*row) for row in after.results["plan"]]
    assert [(row.title, row.changes) for row in rows if row.outcome == CHANGES] == [("Another title", "Title, Purpose")]
    assert ": Title, Purpose</td>" in lead.get(reverse("library_upload", args=[after.pk])).content.decode()
    assert {Planned(*row).outcome for row in after.results["plan"]} == {SAME, CHANGES}


def test_where_there_is_nothing_to_write_the_screen_says_so(lead: Client) -> None:
    """No file, and no error page."""
    answer = lead.post("/admin/library/export/", {"as": "xlsx"}, follow=True)
    assert "No spreadsheet could be made" in answer.content.decode()


def test_a_page_written_here_is_never_doubled(
    lead: Client, upload: Callable[..., LibraryUpload], tmp_path: Path
) -> None:
    """It has no id of a library by which it could be known again."""
    write(tmp_path, small_library())
    load(tmp_path)
    ExercisePage.objects.update(library_id="")
    answer = lead.post("/admin/library/export/", {"drafts": "on", "as": "xlsx"})
    found = upload("here.xlsx", answer.content)
    planned = [Planned(*row) for row in found.results["plan"]]
    assert not [row for row in planned if row.outcome == NEW and row.place == "Exercises"], found.results
    refused = [each for each in found.results["findings"] if each[0] == "Exercises"]
    assert refused
    assert all("is taken by a page written here" in each[3] for each in refused), refused
