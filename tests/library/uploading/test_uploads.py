"""A content lead uploads a library in the admin: checked first, loaded whole or what is sound, and never half."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from clinical.background.retries import LONGEST_DEADLINE
from clinical.models import Picture
from clinical.publishing.writers import writers_of
from exercises.models import ExercisePage
from library.models import LibraryUpload
from library.models.library_upload import DAYS_KEPT, UploadState, forget_old_files
from library.report import CHANGES, NEW, SAME
from library.uploading import running
from library.uploading.draft_links import addresses_of
from library.uploading.running import ask_for, cancel, work_on_upload
from stretchsite.group_permissions import MANAGERS, PRACTITIONERS
from testing import factories
from testing.small_library import as_yaml, small_library
from tests import full_disk
from tests.hostile_pictures import encoded
from tests.library.loading import everything_stored
from tests.library.sheets.many_rows import FAULTS, row_of, with_faults, workbook_of

Upload = Callable[..., LibraryUpload]


def titles() -> list[str]:
    return list(ExercisePage.objects.order_by("title").values_list("title", flat=True))


def number(upload: LibraryUpload, outcome: str) -> int:
    return sum(said == outcome for _place, _row, _title, said, _changes in upload.results["plan"])


def packed(records: dict[str, Any], within: str = "") -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        for name, record in records.items():
            made.writestr(f"{within}{name}.yaml", as_yaml(record))
    return raw.getvalue()


def test_a_sound_spreadsheet_is_checked_first_and_loaded_as_drafts_when_asked(do: Upload, upload: Upload):
    kept = upload("calves.xlsx", workbook_of([row_of(1), row_of(2)]))
    assert (kept.state, kept.results["records"], kept.results["sound"]) == (UploadState.CHECKED, 2, 2)
    assert titles() == []
    loaded = do(kept, "load")
    assert (loaded.state, number(loaded, NEW), loaded.raw) == (UploadState.LOADED, 2, None)
    assert titles() == ["Calf stretch 1", "Calf stretch 2"]
    assert not ExercisePage.objects.filter(live=True).exists()


def test_what_was_loaded_leads_to_where_it_is_edited(
    lead: Client, do: Upload, upload: Upload, django_assert_num_queries: Any
):
    checked = upload("calves.xlsx", workbook_of([row_of(1), row_of(2)]))
    assert "/edit/" not in table_of(lead, checked)
    loaded = do(checked, "load")
    said = table_of(lead, loaded)
    for page in ExercisePage.objects.all():
        assert f'<a href="/admin/pages/{page.pk}/edit/">{page.title}</a>' in said
    with django_assert_num_queries(1):
        addresses_of("", [("exercises", f"calf-stretch-{number}") for number in range(200)])


def table_of(lead: Client, upload: LibraryUpload) -> str:
    return lead.get(f"/admin/library/{upload.pk}/").content.decode().partition('<table class="listing">')[2]


def test_whoever_uploads_words_counts_among_their_writers_and_a_later_file_still_changes_them(
    do: Upload, upload: Upload
):
    loaded = do(upload("calves.xlsx", workbook_of([row_of(1)])), "load")
    page = ExercisePage.objects.get()
    assert loaded.by is not None
    assert writers_of(page) == [loaded.by.pk]
    again = do(upload("calves.xlsx", workbook_of([{**row_of(1), "Should feel": "A gentle pull."}])), "load")
    assert number(again, CHANGES) == 1
    assert ExercisePage.objects.get().get_latest_revision_as_object().feel == "A gentle pull."


def test_with_faults_nothing_is_loaded_unless_the_sound_rows_alone_are_asked_for(do: Upload, upload: Upload):
    rows, expected = with_faults(6, times=1, faults=FAULTS[1:3])
    rows[1]["Easier and harder"] = "harder | calf-stretch-2"  # which is at fault itself
    rows[2]["Title"] = None
    kept = upload("calves.xlsx", workbook_of(rows))
    places = {(place, row) for place, row, _column, _message in kept.results["findings"]}
    at_fault = {row for row, _column, _words in expected} | {3, 4}
    assert places == {("Exercises", row) for row in at_fault}
    sound = 6 - len(at_fault)
    assert (kept.results["records"], kept.results["sound"]) == (6, sound)
    assert do(kept, "load").state == UploadState.CHECKED
    assert titles() == []
    loaded = do(kept, "load_sound")
    assert (loaded.state, number(loaded, NEW)) == (UploadState.LOADED, sound)
    assert len(titles()) == sound


def test_the_screen_and_the_file_name_each_fault_by_row_and_column(lead: Client, upload: Upload):
    rows = [row_of(1), {**row_of(2), "Hold seconds": "30 s", "Purpose": "=1"}]
    kept = upload("calves.xlsx", workbook_of(rows))
    page = lead.get(f"/admin/library/{kept.pk}/").content.decode()
    assert "Exercises, row 3: E (Purpose)" in page
    assert "Load the 1 sound record alone, as a draft" in page
    lines = lead.get(f"/admin/library/{kept.pk}/results/").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("to mend before it is loaded,Exercises,3,E (Purpose),holds a formula")
    assert any("write 30" in line for line in lines)


def test_a_zip_of_files_is_loaded_whether_or_not_its_folder_is_in_it(do: Upload, upload: Upload):
    kept = upload("small.zip", packed(small_library(), within="my-library/"))
    assert (kept.results["findings"], kept.results["records"]) == ([], 7)
    assert number(do(kept, "load"), NEW) == 7
    again = do(upload("small.zip", packed(small_library())), "load")
    assert (number(again, NEW), number(again, SAME)) == (0, 7)


def test_what_publishing_would_refuse_is_said_first_and_keeps_no_draft_away(do: Upload, upload: Upload):
    records = small_library()
    del records["notes/calf-clot"]  # so that the condition has no red flag of its own
    kept = upload("small.zip", packed(records))
    assert kept.results["findings"] == []
    assert kept.results["before_publishing"]
    assert do(kept, "load").state == UploadState.LOADED


PHOTO = {
    "id": "wall",
    "file": "wall.png",
    "title": "A wall",
    "alternative_text": "A bare wall.",
    "source": "Taken here",
    "licence": "CC BY 4.0",
    "consent": "nobody_shown",
}


def packed_with_a_picture(**files: bytes) -> bytes:
    raw = io.BytesIO(packed({**small_library(), "pictures/wall": PHOTO}))
    with zipfile.ZipFile(raw, "a") as made:
        for name, content in files.items():
            made.writestr(f"pictures/{name}.png", content)
    return raw.getvalue()


def test_a_zip_with_a_picture_is_checked_and_loaded_with_it(do: Upload, upload: Upload, settings: Any, tmp_path: Path):
    full_disk.use(settings, tmp_path)
    kept = upload("pictures.zip", packed_with_a_picture(wall=encoded("PNG")))
    assert (kept.state, kept.results["findings"], kept.results["records"]) == (UploadState.CHECKED, [], 8)
    assert not Picture.objects.exists()
    assert do(kept, "load").state == UploadState.LOADED
    assert Picture.objects.get().title == "A wall"


def test_a_picture_whose_file_is_not_in_the_zip_is_a_fault_and_keeps_nothing_else_away(do: Upload, upload: Upload):
    kept = upload("pictures.zip", packed_with_a_picture())
    (finding,) = kept.results["findings"]
    assert "there is no file" in finding[3]
    assert (kept.results["records"], kept.results["sound"]) == (8, 7)
    assert do(kept, "load_sound").state == UploadState.LOADED


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("name", ["torn.zip", "torn.xlsx"])
def test_a_zip_that_is_torn_is_refused_in_words_however_it_was_packed(upload: Upload, packing: int, name: str):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", packing) as made:
        made.writestr("exercises/a.yaml", b"".join(sha256(bytes([each])).digest() for each in range(99)))
    torn = bytearray(raw.getvalue())
    torn[50:120] = b"\xff" * 70
    kept = upload(name, bytes(torn))
    assert kept.state == UploadState.CHECKED, kept.results
    assert " anew as ." in kept.results["findings"][0][3]


@pytest.mark.parametrize("name", ["../outside.yaml", "/absolute.yaml", "exercises/../../outside.yaml"])
def test_a_zip_that_reaches_outside_its_folder_is_refused(upload: Upload, name: str):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        made.writestr(name, "id: a")
    kept = upload("bad.zip", raw.getvalue())
    assert "lies outside the library" in kept.results["findings"][0][3]


def test_a_zip_that_unpacks_to_too_much_is_refused(upload: Upload):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("exercises/a.yaml", b"0" * 30_000_000)
    assert "makes it larger than 5 MB" in upload("bomb.zip", raw.getvalue()).results["findings"][0][3]


def _waiting(lead: Client, monkeypatch: pytest.MonkeyPatch, upload: Upload) -> LibraryUpload:
    """A sound upload that somebody has asked to load, and no worker has taken yet."""
    kept = upload("calves.xlsx", workbook_of([row_of(1), row_of(2)]))
    monkeypatch.setattr(type(work_on_upload), "enqueue", lambda *told, **more: None)
    return ask_for(kept, "load")


def test_cancelled_in_the_middle_of_writing_nothing_is_written(
    lead: Client, monkeypatch: pytest.MonkeyPatch, upload: Upload
):
    waiting = _waiting(lead, monkeypatch, upload)
    enter = running._Run.enter

    def cancel_when_it_writes(run: Any, stage: Any) -> None:
        enter(run, stage)
        if stage == "writing":
            cancel(waiting)

    monkeypatch.setattr(running._Run, "enter", cancel_when_it_writes)
    work_on_upload.call(about="", upload=waiting.pk, token=waiting.token)
    assert LibraryUpload.objects.get(pk=waiting.pk).state == UploadState.CANCELLED
    assert titles() == []


def test_a_killed_worker_leaves_nothing_and_is_said_so_and_can_be_begun_again(
    lead: Client, monkeypatch: pytest.MonkeyPatch, upload: Upload
):
    waiting = _waiting(lead, monkeypatch, upload)

    class Killed(BaseException):
        """As little caught as a process that is killed."""

    def kill(*told: Any, **more: Any) -> None:
        raise Killed

    before = everything_stored()
    with monkeypatch.context() as patched:
        patched.setattr("library.writing._say_what_is_outside", kill)  # when all is written and nothing committed
        with pytest.raises(Killed):
            work_on_upload.call(about="", upload=waiting.pk, token=waiting.token)
    changed = {table for table, rows in everything_stored().items() if rows != before[table]}
    assert {table.strip('"') for table in changed} == {"library_libraryupload"}
    LibraryUpload.objects.update(heard_at=timezone.now() - LONGEST_DEADLINE - timedelta(minutes=1))
    page = lead.get(f"/admin/library/{waiting.pk}/").content.decode()
    assert "The worker stopped in the middle of it. Nothing was written" in page
    again = ask_for(LibraryUpload.objects.get(pk=waiting.pk), "load")
    work_on_upload.call(about="", upload=again.pk, token=again.token)
    assert LibraryUpload.objects.get(pk=waiting.pk).state == UploadState.LOADED
    assert len(titles()) == 2


def test_a_task_that_is_tried_again_after_its_worker_was_killed_says_so_and_begins_nothing(
    lead: Client, monkeypatch: pytest.MonkeyPatch, upload: Upload
):
    waiting = _waiting(lead, monkeypatch, upload)
    LibraryUpload.objects.update(state=UploadState.RUNNING)
    work_on_upload.call(about="", upload=waiting.pk, token=waiting.token)
    assert LibraryUpload.objects.get(pk=waiting.pk).state == UploadState.STOPPED
    assert titles() == []


def test_a_run_that_was_overtaken_takes_everything_back(lead: Client, monkeypatch: pytest.MonkeyPatch, upload: Upload):
    waiting = _waiting(lead, monkeypatch, upload)
    monkeypatch.setattr(running._Run, "hear", lambda run, said: None)
    write = running.write_library

    def overtaken(*told: Any, **more: Any) -> Any:
        if not more["dry_run"]:
            LibraryUpload.objects.update(token="another")
        return write(*told, **more)

    monkeypatch.setattr(running, "write_library", overtaken)
    work_on_upload.call(about="", upload=waiting.pk, token=waiting.token)
    assert titles() == []


def test_those_who_may_not_publish_may_not_load_either(set_up_site: None, db: None):
    kept = LibraryUpload.objects.create(name="a.csv", token="x")
    for role in (PRACTITIONERS, MANAGERS):
        person = factories.UserFactory.create(username=role)
        person.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(person)
        for path in ("", "template/", f"{kept.pk}/", f"{kept.pk}/results/"):
            assert client.get(f"/admin/library/{path}").status_code in {302, 403}
        client.post(f"/admin/library/{kept.pk}/", {"do": "cancel"})
    assert LibraryUpload.objects.get().state == UploadState.WAITING


def test_a_file_of_another_kind_is_refused_at_once(lead: Client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = lead.post("/admin/library/", {"file": SimpleUploadedFile("a.docx", b"x")})
    assert answer.context["form"].errors == {"file": ["Save it as .xlsx, .csv, .zip or .json."]}
    assert not LibraryUpload.objects.exists()


def test_files_with_which_nothing_is_done_are_dropped_after_a_while(db: None):
    old = timezone.now() - timedelta(days=DAYS_KEPT + 1)
    LibraryUpload.objects.create(name="old.csv", token="x", raw=b"a", uploaded_at=old)
    LibraryUpload.objects.create(name="new.csv", token="y", raw=b"a")
    forget_old_files()
    assert dict(LibraryUpload.objects.values_list("name", "raw")) == {"old.csv": None, "new.csv": b"a"}


def test_the_list_asks_as_much_for_many_uploads_as_for_one(lead: Client, django_assert_max_num_queries: Any):
    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        lead.get("/admin/library/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert lead.get("/admin/library/").status_code == 200
        return len(asked)

    LibraryUpload.objects.create(name="a.csv", token="x", by=factories.UserFactory.create())
    once = queries()
    for number in range(20):
        LibraryUpload.objects.create(name=f"{number}.csv", token="x", by=factories.UserFactory.create())
    assert queries() == once


def test_the_template_is_a_workbook_or_one_sheet_as_csv(lead: Client):
    assert lead.get("/admin/library/template/").content.startswith(b"PK")
    sheet = lead.get("/admin/library/template/", {"sheet": "Safety notes"})
    assert sheet.content.decode("utf-8-sig").startswith("Id,Kind of note,Tier")
