"""Exercises of other projects are uploaded as drafts: what they lack is listed, and nothing is taken silently."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinical.models import PublishRefused
from exercises.models import ExercisePage
from library.completing import lacking
from library.foreign.keeping_words import known_meanings, remember_words
from library.foreign.meanings import USUAL, VOCABULARIES
from library.foreign.shapes import SHAPES
from library.models import ForeignWord, LibraryUpload, ToComplete
from library.models.foreign_words import WordSort
from library.models.library_upload import UploadState
from testing.foreign_samples import SAMPLES
from tests.library.sheets.many_rows import row_of, workbook_of

Upload = Callable[..., LibraryUpload]
#: What no shape says, or only its prose.
NEVER_TAKEN = {"check_first_if", "evidence_summary", "who_it_is_for", "feel", "not_feel", "laterality"}


def in_json(data: Any) -> bytes:
    return json.dumps(data).encode()


def drafts() -> list[ExercisePage]:
    return [page.get_latest_revision_as_object() for page in ExercisePage.objects.order_by("pk")]


def suggested(page: ExercisePage) -> list[tuple[str, str, str]]:
    return [(field, value, words) for field, value, words in ToComplete.objects.get(page=page.pk).suggested]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_record_of_a_shape_lands_as_a_draft_that_says_what_it_lacks_and_cannot_be_published(
    upload: Upload, do: Upload, shape: str
):
    kept = upload("theirs.json", in_json(SAMPLES[shape](2)))
    assert (kept.results["findings"], kept.results["sound"], kept.results["lacking"]) == ([], 2, 2)
    assert do(kept, "load").state == UploadState.LOADED
    for page in drafts():
        row = ToComplete.objects.get(page=page.pk)
        assert [tuple(each) for each in row.lacks] == lacking(page)
        assert set(page.completeness_errors()) >= NEVER_TAKEN
        assert (page.live, row.is_done, page.origin["source"], row.origin) == (False, False, shape, page.origin)
        with pytest.raises(PublishRefused):
            page.save_revision(clean=False).publish()
    assert (len(drafts()), ExercisePage.objects.filter(live=True).count()) == (2, 0)


def test_licence_its_address_and_author_are_kept_and_shown(lead: Client, upload: Upload, do: Upload):
    do(upload("theirs.json", in_json(SAMPLES["wger"](1))), "load")
    page = drafts()[0]
    for address in ("/admin/to-complete/", f"/admin/pages/{page.pk}/edit/"):
        shown = lead.get(address).content.decode()
        for words in ("wger", "B. Author", "MU 2", "https://licence.example/2"):
            assert words in shown, (address, words)


def test_what_prose_says_of_dose_and_side_is_suggested_and_never_taken(lead: Client, upload: Upload, do: Upload):
    data = SAMPLES["OpenTeleRehab"](1)
    data["data"][0]["additional_fields"].append({"field": "Tips", "value": "&lt;script&gt;alert(1)&lt;/script&gt;"})
    do(upload("theirs.json", in_json(data)), "load")
    page = drafts()[0]
    assert (page.hold_seconds, page.repetitions, page.laterality) == (None, None, "")
    found = {words: value for _field, value, words in suggested(page)}
    assert found["repetitions: 10"] == "10"
    assert found["hold for 20 seconds"] == "20"
    assert found["each side"] == "One side at a time"
    for address in ("/admin/to-complete/", f"/admin/pages/{page.pk}/edit/"):
        shown = lead.get(address).content.decode()
        assert "“hold for 20 seconds”" in shown
        assert "<script>alert(1)" not in shown


def test_a_word_without_a_meaning_is_listed_with_its_records_and_the_next_upload_uses_what_is_chosen(
    lead: Client, upload: Upload, do: Upload
):
    raw = in_json(SAMPLES["free-exercise-db"](3))
    kept = upload("theirs.json", raw)
    assert kept.results["undecided"] == 1
    shown = lead.get("/admin/library/words/").content.decode()
    assert "1 word is not decided." in shown
    assert shown.index("stretching") < shown.index("hamstrings")
    words = {row.word: row for row in ForeignWord.objects.all()}
    assert (words["stretching"].records, words["hamstrings"].records) == (1, 3)
    do(kept, "load")
    first = drafts()[0]
    assert (first.kind, list(first.body_regions)) == ("", ["back_thigh", "lower_leg"])
    assert ("Kind", "", "stretching") in suggested(first)
    chosen = {f"word-{words['stretching'].pk}": "mobility", f"word-{words['hamstrings'].pk}": "-"}
    lead.post("/admin/library/words/", chosen)
    again = upload("theirs.json", raw)
    assert again.results["undecided"] == 0
    do(again, "load")
    first = drafts()[0]
    assert (first.kind, list(first.body_regions)) == ("mobility", ["lower_leg"])
    assert "stretching" not in {words for _field, _value, words in suggested(first)}


def test_what_was_chosen_may_be_undone_and_what_is_no_choice_changes_nothing(lead: Client):
    remember_words({("category", "yoga"): 3})
    row = ForeignWord.objects.get()
    for said, expected in (("low_back", {}), ("mobility", {("category", "yoga"): "mobility"}), ("", {})):
        lead.post("/admin/library/words/", {f"word-{row.pk}": said, "word-x": "1", "word-999999": "mobility"})
        assert known_meanings().chosen == expected
    lead.post("/admin/library/words/", {f"word-{row.pk}": "-"})
    remember_words({("category", "yoga"): 5})
    assert known_meanings().chosen == {("category", "yoga"): ""}
    assert ForeignWord.objects.get().records == 5


def test_every_usual_meaning_is_a_word_of_ours_and_every_sort_has_its_words():
    assert set(VOCABULARIES) == set(WordSort.values)
    assert all(not meaning or meaning in VOCABULARIES[sort].values for (sort, _word), meaning in USUAL.items())


def test_a_zip_of_single_exercises_is_read_and_shapes_are_not_mixed(upload: Upload):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        for number, each in enumerate(SAMPLES["free-exercise-db"](2)):
            made.writestr(f"exercises/{number}.json", in_json(each))
    assert upload("theirs.zip", raw.getvalue()).results["sound"] == 2
    with zipfile.ZipFile(raw, "a") as made:
        made.writestr("wger.json", in_json(SAMPLES["wger"](1)))
    assert "load them one by one" in upload("theirs.zip", raw.getvalue()).results["findings"][0][3]


@pytest.mark.parametrize("raw", [b"{", b"[]", b"[1]", b'{"data": 1}', b"[NaN]", b"\xff", b"[" * 100_000])
def test_a_file_in_no_known_shape_is_refused_in_words(upload: Upload, raw: bytes):
    kept = upload("theirs.json", raw)
    assert (kept.state, kept.results["sound"], len(kept.results["findings"])) == (UploadState.CHECKED, 0, 1)


def test_records_at_fault_are_named_and_the_others_load(upload: Upload, do: Upload):
    rows = SAMPLES["free-exercise-db"](6)
    rows[1]["name"] = ""
    rows[2]["instructions"] = ["a" * 3000]
    rows[3]["equipment"] = "ba\u0000nd\ud800"
    rows[4]["id"] = rows[0]["id"]
    kept = upload("theirs.json", in_json(rows))
    assert {(place, row) for place, row, _field, _message in kept.results["findings"]} == {
        ("theirs.json", number) for number in (2, 3, 4, 5)
    }
    assert do(kept, "load_sound").state == UploadState.LOADED
    assert [page.title for page in drafts()] == [rows[0]["name"], rows[5]["name"]]


def test_what_says_nothing_in_english_is_passed_over_and_said(upload: Upload):
    data = SAMPLES["wger"](2)
    data["results"][1]["translations"].pop()
    assert upload("theirs.json", in_json(data)).results["passed_over"] == ["theirs.json, 2"]


def test_a_spreadsheet_whose_rows_lack_something_is_loaded_as_drafts_only_when_asked(upload: Upload, do: Upload):
    raw = workbook_of([row_of(1), {"Id": "bare", "Title": "Bare"}, {**row_of(3), "Feel": None, "Should feel": None}])
    assert upload("calves.xlsx", raw).results["sound"] == 1
    kept = upload("calves.xlsx", raw, drafts="on")
    assert (kept.results["findings"], kept.results["sound"], kept.results["lacking"]) == ([], 3, 2)
    assert do(kept, "load").state == UploadState.LOADED
    assert set(ToComplete.objects.values_list("page__title", flat=True)) == {"Bare", "Calf stretch 3"}


def test_a_zip_whose_files_lack_something_is_loaded_as_drafts_only_when_asked(upload: Upload, do: Upload):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        made.writestr("exercises/bare.yaml", "id: bare\ntitle: Bare\n")
    assert upload("bare.zip", raw.getvalue()).results["sound"] == 0
    assert do(upload("bare.zip", raw.getvalue(), drafts="on"), "load").state == UploadState.LOADED
    assert ToComplete.objects.get().page.title == "Bare"


def test_the_list_of_words_asks_as_much_for_many_as_for_few(lead: Client):
    asked = []
    for number in (2, 120):
        remember_words({("muscle", f"muscle {each}"): each + 1 for each in range(number)})
        lead.get("/admin/library/words/")
        with CaptureQueriesContext(connection) as queries:
            assert lead.get("/admin/library/words/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
