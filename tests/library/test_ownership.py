"""An id lives within its library: no library changes another's record, and what clashes is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from clinical.models import Condition, SafetyNote, clinic
from clinical.publishing.libraries_known import forget_libraries, said_of_library
from exercises.models import ExercisePage
from library.models import Library
from library.reading import read_library
from library.report import CHANGES, NEW, REFUSED, SAME
from library.writing import look_at
from routines.models import RoutinePage
from stretchsite.models import ConditionPage, InformationPage
from testing.small_library import Records, load, small_library, write
from tests.library.loading import everything_but_the_audit, everything_stored, refused

MODELS: tuple[Any, ...] = (Condition, ConditionPage, ExercisePage, RoutinePage, SafetyNote, InformationPage)
FIRST = {
    **{"id": "calves", "title": "Calves", "publisher": "A clinic", "licence": "CC BY 4.0", "version": "1"},
    "language": "en",
}
SECOND = {**FIRST, "id": "others", "title": "Others", "publisher": "Another clinic"}


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A site with the small library published on it under a name, once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("setup_site", verbosity=0)
        load(write(tmp_path_factory.mktemp("small"), named(FIRST)), publish=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def folder(site: None, db: None, tmp_path: Path) -> Path:
    """Where the next library is written."""
    return tmp_path


def named(about: dict[str, Any], records: Records | None = None) -> Records:
    """The small library, or these records, under a name."""
    return {"library": dict(about), **(small_library() if records is None else records)}


def with_ids_of_the_first() -> Records:
    """Another library with the same ids and titles; its condition has a name of its own."""
    records = small_library()
    records["conditions/calf-cramp"] |= {"name": "Cramp of others", "purpose": "Says otherwise."}
    for name in ("exercises/calf-stretch", "routines/before-bed"):
        records[name]["purpose"] = "Says otherwise."
    records["notes/calf-clot"]["text"] = "one calf is hot"
    return named(SECOND, records)


def of_the_first() -> list[Any]:
    """Every row of the first library's records."""
    return [list(model.objects.filter(from_library="calves").order_by("pk").values()) for model in MODELS]


def test_second_library_with_the_ids_of_the_first_changes_nothing_of_it_and_says_what_clashes(folder: Path):
    before = of_the_first()
    told, _ = load(write(folder, with_ids_of_the_first()))
    assert of_the_first() == before
    assert "7 created, 0 changed, 0 unchanged." in told
    assert (
        "To know: exercises/calf-stretch.yaml: id: stands at the address “calf-stretch-others”: “calf-stretch” is that "
        "of “Calf stretch” of the library “calves”"
    ) in told
    assert "To know: exercises/calf-stretch.yaml: title: “Calf stretch” is also the title of an exercise of" in told
    mine = ExercisePage.objects.get(library_id="calf-stretch", from_library="others")
    assert (mine.slug, mine.purpose, mine.live) == ("calf-stretch-others", "Says otherwise.", False)
    routine = RoutinePage.objects.get(library_id="before-bed", from_library="others").get_latest_revision_as_object()
    assert {item.exercise.from_library for item in routine.items.all()} == {"others"}
    note = SafetyNote.objects.get(library_id="calf-clot", from_library="others")
    meant = Condition.objects.filter(pk__in=note.targets.values("condition"))
    assert [each.from_library for each in meant] == ["others"]
    assert "0 created, 0 changed, 7 unchanged." in load(folder)[0]


def test_library_loaded_twice_writes_nothing_the_second_time(folder: Path):
    write(folder, named({**FIRST, "version": "2"}))
    load(folder, publish=True)
    before = everything_stored()
    load(folder, publish=True)
    assert everything_stored() == before
    assert Library.objects.get(identifier="calves").version == "2"


def test_folder_without_a_name_changes_no_record_of_a_library(folder: Path):
    records = {"exercises/heel-drop": {**small_library()["exercises/heel-drop"], "purpose": "Says otherwise."}}
    (told,) = refused(write(folder, records), publish=True)
    assert told == (
        "exercises/heel-drop.yaml: id: the address “heel-drop” is that of “Heel drop” of the library “calves”, which "
        "this folder never changes; choose another id, or say in library.yaml whose this library is"
    )


def test_nobody_publishes_under_the_id_of_somebody_elses_library(folder: Path):
    told = refused(write(folder, named({**SECOND, "id": "calves"})))
    assert told == [
        "library.yaml: publisher: “calves” is here the library “Calves” of “A clinic”; choose another id, or write its "
        "publisher as it is"
    ]


def test_reference_means_the_library_itself_first_then_the_only_other_one_and_says_which(folder: Path):
    routine = {**small_library()["routines/before-bed"], "id": "later", "title": "Later"}
    told, _ = load(write(folder / "one", named(SECOND, {"routines/later": routine})))
    assert "To know: routines/later.yaml: items[2].exercise: “calf-stretch” is that of the library “calves”" in told
    draft = RoutinePage.objects.get(from_library="others").get_latest_revision_as_object()
    assert {item.exercise.from_library for item in draft.items.all()} == {"calves"}
    load(write(folder / "two", with_ids_of_the_first()))
    third = named({**SECOND, "id": "third"}, {"routines/latest": {**routine, "id": "latest", "title": "Latest"}})
    told = refused(write(folder / "three", third))
    both = "the library “calves” and the library “others” both have the exercise “easy-walking”"
    assert f"routines/latest.yaml: items[1].exercise: {both}; bring one of your own, or leave it" in told


def test_what_came_from_a_folder_without_a_name_is_taken_only_when_asked(folder: Path):
    for model in MODELS:
        model.objects.update(from_library="")
    faults = refused(write(folder, named(FIRST)), publish=True)
    assert len(faults) == 7
    assert faults[0] == (
        "conditions/calf-cramp.yaml: id: is here from a folder without library.yaml; if that was this library, load it "
        "with --take-unnamed, or else give that folder a library.yaml first"
    )
    told, _ = load(folder, publish=True, take_unnamed=True)
    assert "0 created, 0 changed, 7 unchanged." in told
    assert set(ExercisePage.objects.values_list("from_library", flat=True)) == {"calves"}


def test_version_from_before_libraries_had_names_takes_nothing_from_them(folder: Path):
    page = ExercisePage.objects.get(library_id="heel-drop")
    revision = page.save_revision()
    del revision.content["from_library"]
    revision.save()
    revision.as_object().save_revision().publish()
    page.refresh_from_db()
    assert (page.from_library, page.library_id) == ("calves", "heel-drop")


def test_alias_is_no_record_of_a_library(folder: Path):
    page = ExercisePage.objects.get(library_id="heel-drop")
    alias = page.create_alias(update_slug="follower")
    page.update_aliases()
    alias.refresh_from_db()
    assert (alias.live, alias.specific.library_id, alias.specific.came_published) == (True, "", True)
    assert "7 unchanged" in load(write(folder, named(FIRST)), publish=True)[0]


def test_what_would_come_of_each_record_is_shown_before_anything_is_written(folder: Path):
    records = named(FIRST)
    records["exercises/heel-drop"]["feel"] = "Other words."
    records["exercises/new"] = {**records["exercises/heel-drop"], "id": "new", "title": "New"}
    before = everything_stored()
    told, _ = load(write(folder, records), publish=True, dry_run=True)
    assert [line for line in told.splitlines() if line.startswith(("  new: ", "  changed: ", "  same: "))] == [
        "  new: exercises/new.yaml: New",
        "  changed: exercises/heel-drop.yaml: Heel drop",
    ]
    assert everything_stored() == before


def test_what_is_refused_is_a_row_like_any_other(folder: Path):
    records = named(FIRST)
    records["exercises/heel-drop"]["feel"] = "Other words."
    records["exercises/new"] = {**records["exercises/heel-drop"], "id": "new", "title": "New"}
    records["routines/before-bed"]["items"][0]["side"] = "each"
    before = everything_but_the_audit()
    report = look_at(read_library(write(folder, records)), publish=True)
    outcomes = {row.identifier: row.outcome for row in report.rows if row.folder in {"exercises", "routines"}}
    assert outcomes == {
        **{"heel-drop": CHANGES, "new": NEW, "before-bed": REFUSED},
        **{"calf-stretch": SAME, "easy-walking": SAME},
    }
    assert report.is_refused
    assert [fault.field for fault in report.of(REFUSED)[0].faults] == ["items[1].side"]
    assert everything_but_the_audit() == before


def test_dry_run_asks_the_same_gate_as_publishing(folder: Path):
    records = named(SECOND, {"exercises/hub": {**small_library()["exercises/heel-drop"], "id": "hub", "title": "Hub"}})
    load(write(folder / "drafts", records))
    use = {**small_library()["routines/before-bed"], "id": "later", "title": "Later"}
    use["items"] = [{"exercise": "hub", "phase": "main", "side": "each"}]
    before = everything_stored()
    told, _ = load(write(folder / "routine", named(SECOND, {"routines/later": use})), dry_run=True)
    assert "  new: routines/later.yaml: Later" in told
    assert "  To be published: routines/later.yaml: items: 1. “Hub” is not published yet; publish it first." in told
    assert everything_stored() == before


def test_what_came_from_a_library_is_said_to_be_its_publishers_in_every_output(folder: Path, client: Client):
    addresses = {"licence_address": "https://cc.example/by", "address": "https://hospital.example/"}
    load(write(folder, named({**FIRST, **addresses})), publish=True)
    for page in (ExercisePage.objects.get(library_id="heel-drop"), RoutinePage.objects.get()):
        said = client.get(f"{page.url}sheet.json").json()["publication"]
        assert said == said | {
            **{"publisher": "A clinic", "licence": "CC BY 4.0", "licence_address": "https://cc.example/by"},
            **{"made_from": "Calves", "made_from_address": "https://hospital.example/"},
        }
        resource = client.get(f"{page.url}fhir.json").json()
        assert (resource["publisher"], resource["copyright"]) == ("A clinic", "CC BY 4.0")
        derived = {"type": "derived-from", "display": "Calves"}
        assert {**derived, "document": {"url": "https://hospital.example/"}} in resource["relatedArtifact"]
        assert resource["contained"][0]["author"] == [{"display": clinic().name}]
        shown = client.get(page.url).text
        assert all(words in shown for words in ("Made from", "Calves", "A clinic", "https://cc.example/by"))


def test_whose_library_a_page_is_of_costs_no_query_where_the_process_knows(
    folder: Path, django_assert_num_queries: Any
):
    forget_libraries()
    with django_assert_num_queries(1):
        for library in ("calves", "calves", "nobodys", ""):
            assert bool(said_of_library(library)) is (library == "calves")
    Library.objects.get(identifier="calves").save()
    assert said_of_library("calves")
