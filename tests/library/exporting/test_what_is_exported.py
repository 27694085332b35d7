"""What goes along in an export, what stays behind and says so, and what it counts for where it is loaded."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from wagtail.contrib.redirects.models import Redirect

from clinical.models import Approval, Condition, Picture, Practitioner, SafetyNote, WrittenConsent
from exercises.models import ExercisePage
from library.exporting.outcome import Asked
from library.exporting.sinks import FolderSink
from library.exporting.whole import export
from library.models import ReviewElsewhere
from routines.models import RoutinePage
from stretchsite.group_permissions import MANAGERS, PRACTITIONERS, REVIEWERS
from testing import factories
from testing.round_trips import emptied_afterwards, exported, files_of, refuse_approved
from testing.small_library import as_yaml, load, small_library, write
from tests.library.loading import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]
_REVIEW = {"publisher": "Riverside Clinic", "reviewer": "Dr A. Example", "reviewed_on": "2026-05-31"}


def _fields(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def _picture_library(folder: Path) -> Path:
    records = small_library()
    records["exercises/calf-stretch"] |= {"photo": "wall", "leads": "photo"}
    records["exercises/calf-stretch"]["steps"][0]["picture"] = "wall"
    records["pictures/wall"] = {
        **{"id": "wall", "file": "wall.png", "title": "A wall", "alternative_text": "A wall"},
        **{"source": "Photo by the clinic", "licence": "CC BY 4.0", "consent": "nobody_shown"},
    }
    write(folder, records)
    file = BytesIO()
    Image.new("RGB", (60, 40), (10, 20, 30)).save(file, "PNG")
    (folder / "pictures" / "wall.png").write_bytes(file.getvalue())
    return folder


def test_picture_goes_along_with_its_licence_to_the_byte(tmp_path: Path, settings: Any):
    settings.MEDIA_ROOT = tmp_path / "media"
    with emptied_afterwards():
        load(_picture_library(tmp_path / "in"))
        exported(tmp_path / "out", drafts=True)
    assert _fields(tmp_path / "out", "pictures/wall")["licence"] == "CC BY 4.0"
    assert _fields(tmp_path / "out", "exercises/calf-stretch")["steps"][0]["picture"] == "wall"
    load(tmp_path / "out")
    picture = Picture.objects.get()
    page = ExercisePage.objects.get(library_id="calf-stretch").get_latest_revision_as_object()
    assert (page.photo, page.leads, page.steps[0].value["picture"]) == (picture, "photo", picture)
    with picture.file.open() as file:
        assert file.read() == (tmp_path / "out" / "pictures" / "wall.png").read_bytes()


@pytest.mark.parametrize("consent", [None, {"ends_on": date(2020, 1, 1)}, {"is_taken_back": True}, {}])
def test_photo_somebody_agreed_to_leaves_in_no_export_and_that_is_said(tmp_path: Path, settings: Any, consent: Any):
    settings.MEDIA_ROOT = tmp_path / "media"
    load(_picture_library(tmp_path / "in"))
    paper = None if consent is None else WrittenConsent.objects.create(reference="2026-014", **consent)
    Picture.objects.update(consent="given", written_consent=paper)
    said = exported(tmp_path / "out", drafts=True)
    assert not (tmp_path / "out" / "pictures").exists()
    assert "photo" not in _fields(tmp_path / "out", "exercises/calf-stretch")
    assert "exercises/calf-stretch: a picture it names is not exported (2)" in said


def test_photo_somebody_agreed_to_elsewhere_is_left_out_in_words_and_nothing_else(tmp_path: Path, settings: Any):
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = _picture_library(tmp_path / "in")
    record = _fields(folder, "pictures/wall") | {"consent": "given"}
    (folder / "pictures" / "wall.yaml").write_text(as_yaml(record), encoding="utf-8")
    for _again in range(2):
        said, _ = load(folder, publish=True)
        assert "To know: pictures/wall.yaml: consent: shows somebody who agreed elsewhere, so it is left out" in said
    assert "7 unchanged" in said
    page = ExercisePage.objects.get(library_id="calf-stretch")
    assert (page.live, page.photo, Picture.objects.count()) == (True, None, 0)


def test_picture_file_that_is_missing_is_a_fault_and_a_dry_run_leaves_no_file(tmp_path: Path, settings: Any):
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = _picture_library(tmp_path / "in")
    load(folder, dry_run=True)
    assert [path for path in (tmp_path / "media").rglob("*") if path.is_file()] == []
    (folder / "pictures" / "wall.png").unlink()
    fault = "pictures/wall.yaml: file: there is no file “wall.png” beside this record; put it there"
    assert refused(folder) == [fault]


def test_review_here_is_told_there_and_approves_nothing(tmp_path: Path):
    with emptied_afterwards():
        load(write(tmp_path / "in", small_library()), publish=True)
        note = SafetyNote.objects.get()
        reviewer = factories.UserFactory.create(username="reviewer")
        Practitioner.objects.create(account=reviewer, name="Dr A. Example", role="Physiotherapist")
        factories.approve(note, approver=reviewer)
        exported(tmp_path / "out", drafts=False)
    told = _fields(tmp_path / "out", "notes/calf-clot")["reviews"]
    assert [(each["publisher"], each["reviewer"], each["role"]) for each in told] == [
        ("Stretchsite", "Dr A. Example", "Physiotherapist")
    ]
    load(tmp_path / "out", publish=True)
    refuse_approved()
    assert ReviewElsewhere.objects.get().said().endswith("not by us.")
    assert ReviewElsewhere.objects.get().content_key == SafetyNote.objects.get().content_key


def test_review_elsewhere_changes_no_words_and_goes_with_its_line(tmp_path: Path):
    records = small_library()
    load(write(tmp_path / "in", records), publish=True)
    records["exercises/calf-stretch"]["reviews"] = [_REVIEW]
    out, _ = load(write(tmp_path / "in", records), publish=True)
    assert "0 created, 0 changed, 7 unchanged." in out
    assert ReviewElsewhere.objects.get().reviewed_on == date(2026, 5, 31)
    load(write(tmp_path / "in", small_library()), publish=True)
    assert not ReviewElsewhere.objects.exists()


def test_review_elsewhere_is_handed_on_only_while_the_words_are_those_that_came(tmp_path: Path):
    records = small_library()
    records["exercises/calf-stretch"]["reviews"] = [_REVIEW]
    load(write(tmp_path / "in", records))
    exported(tmp_path / "as-it-came", drafts=True)
    page = ExercisePage.objects.get(library_id="calf-stretch").get_latest_revision_as_object()
    page.feel = "Another pull."
    page.save_revision(user=factories.UserFactory.create(username="editor"))
    exported(tmp_path / "edited", drafts=True)
    assert _fields(tmp_path / "as-it-came", "exercises/calf-stretch")["reviews"] == [_REVIEW]
    assert "reviews" not in _fields(tmp_path / "edited", "exercises/calf-stretch")


def test_whoever_edits_is_told_who_reviewed_it_elsewhere(tmp_path: Path, admin_client: Client):
    records = small_library()
    records["exercises/calf-stretch"]["reviews"] = [_REVIEW]
    load(write(tmp_path / "in", records))
    page = ExercisePage.objects.get(library_id="calf-stretch")
    answer = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Reviewed at Riverside Clinic by Dr A. Example on 31 May 2026, not by us." in answer


def test_old_addresses_go_along(tmp_path: Path):
    with emptied_afterwards():
        load(write(tmp_path / "in", small_library()), publish=True)
        page = ExercisePage.objects.get(library_id="heel-drop")
        Redirect.add_redirect("/exercises/old-drop/", redirect_to=page.page_ptr, page_route_path="/follow")
        Redirect.objects.create(old_path="/away", redirect_link="https://elsewhere.example/")
        said = exported(tmp_path / "out", drafts=False)
    assert "the redirect from /away: leads to what is not exported, or off the site" in said
    load(tmp_path / "out", publish=True)
    came = Redirect.objects.get()
    assert (came.old_path, came.redirect_page_route_path) == ("/exercises/old-drop", "/follow")
    assert came.redirect_page.specific.library_id == "heel-drop"


def test_address_that_leads_elsewhere_here_is_never_taken_over(tmp_path: Path):
    Redirect.add_redirect("/exercises/old-drop/", redirect_to="/routines/")
    records = small_library()
    records["redirects/old"] = {"id": "old", "address": "/exercises/old-drop", "exercise": "heel-drop"}
    message = "redirects/old.yaml: address: leads somewhere else on this site already; take this file out"
    assert refused(write(tmp_path, records)) == [message]


def test_draft_stays_behind_unless_asked_for_and_what_named_it_says_so(tmp_path: Path):
    load(write(tmp_path / "in", small_library()), publish=True)
    ExercisePage.objects.get(library_id="easy-walking").unpublish()
    said = exported(tmp_path / "live", drafts=False)
    assert not (tmp_path / "live" / "exercises" / "easy-walking.yaml").exists()
    assert "routines/before-bed: an exercise it names is not exported (1)" in said
    assert [item["exercise"] for item in _fields(tmp_path / "live", "routines/before-bed")["items"]] == ["calf-stretch"]
    exported(tmp_path / "drafts", drafts=True)
    assert (tmp_path / "drafts" / "exercises" / "easy-walking.yaml").exists()


def test_routine_without_an_exercise_that_is_exported_stays_behind(tmp_path: Path):
    load(write(tmp_path / "in", small_library()), publish=True)
    for name in ("easy-walking", "calf-stretch"):
        ExercisePage.objects.get(library_id=name).unpublish()
    said = exported(tmp_path / "out", drafts=False)
    assert "routines/before-bed: items: is" in said
    assert RoutinePage.objects.get().live


def test_condition_whose_page_is_not_exported_goes_along_as_a_tag(tmp_path: Path):
    Condition.objects.create(name="Flat feet", slug="flat-feet", aliases="fallen arches")
    exported(tmp_path / "out", drafts=False)
    assert _fields(tmp_path / "out", "tags/flat-feet") == {
        "id": "flat-feet",
        "name": "Flat feet",
        "aliases": ["fallen arches"],
    }
    with emptied_afterwards():
        Condition.objects.all().delete()
        load(tmp_path / "out")
        assert Condition.objects.get(library_id="flat-feet").alias_list == ("fallen arches",)


def test_folder_or_file_that_is_there_is_never_written_over(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    for name in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(CommandError, match="nothing was written"):
            call_command("export_library", str(name))


def test_zip_holds_what_the_folder_holds(tmp_path: Path):
    load(write(tmp_path / "in", small_library()))
    exported(tmp_path / "out", drafts=True)
    exported(tmp_path / "out.zip", drafts=True)
    with zipfile.ZipFile(tmp_path / "out.zip") as file:
        assert {name: file.read(name) for name in file.namelist()} == files_of(tmp_path / "out")


@pytest.mark.parametrize(("group", "may"), [(PRACTITIONERS, False), (REVIEWERS, True), (MANAGERS, True)])
def test_only_whoever_may_take_all_of_it_along_downloads_it(group: str, may: bool, client: Client):
    person = factories.UserFactory.create(username="person")
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    assert (client.get(reverse("export_library")).status_code == 200) is may
    answer: Any = client.post(reverse("export_library"), {"drafts": "on"})
    assert (answer.headers["Content-Type"] == "application/zip") is may
    if may:
        assert zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist() == ["library.yaml", "README.md"]


def test_export_of_more_pages_asks_no_more(tmp_path: Path, django_assert_max_num_queries: Any):
    records = small_library()
    load(write(tmp_path / "in", records), publish=True)
    with CaptureQueriesContext(connection) as few:
        export(FolderSink(tmp_path / "few"), Asked())
    for number in range(3):
        name = f"more-{number}"
        records[f"exercises/{name}"] = {**records["exercises/heel-drop"], "id": name, "title": f"More {number}"}
    load(write(tmp_path / "in", records), publish=True)
    with django_assert_max_num_queries(len(few)):
        assert export(FolderSink(tmp_path / "many"), Asked()).counts["exercises"] == 6


def test_one_library_goes_out_under_its_own_name_and_nothing_of_others_with_it(tmp_path: Path):
    about = {"id": "calves", "title": "Calves", "publisher": "Riverside", "licence": "CC BY 4.0", "version": "3"}
    write(tmp_path / "in", {**small_library(), "library": {**about, "language": "en"}})
    load(tmp_path / "in", publish=True)
    records = small_library()
    own = {**records["routines/before-bed"], "id": "ours", "title": "Ours", "conditions": []}
    load(write(tmp_path / "own", {"routines/ours": own}), publish=True)
    exported(tmp_path / "theirs", drafts=False, library="calves")
    said = exported(tmp_path / "ours", drafts=False)
    assert _fields(tmp_path / "theirs", "library") == {**about, "language": "en"}
    assert not (tmp_path / "theirs" / "routines" / "ours.yaml").exists()
    assert sorted(files_of(tmp_path / "ours")) == ["README.md", "library.yaml", "routines/ours.yaml"]
    assert [each["exercise"] for each in _fields(tmp_path / "ours", "routines/ours")["items"]] == [
        "easy-walking",
        "calf-stretch",
    ]
    assert "records of other libraries: named only; load first: calves" in said


def test_library_that_was_never_loaded_is_not_exported(tmp_path: Path):
    with pytest.raises(CommandError, match="No library “other” was loaded here"):
        exported(tmp_path / "out", drafts=False, library="other")


def test_approval_stays_here(tmp_path: Path):
    load(write(tmp_path / "in", small_library()), publish=True)
    exported(tmp_path / "out", drafts=False)
    assert Approval.objects.exists()
    assert not [
        name for name, content in files_of(tmp_path / "out").items() if b"approv" in content and name != "README.md"
    ]
