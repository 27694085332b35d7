"""A library loaded again: what has not changed stays, what has is written once, and nobody's work is written over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page

from clinical.models import Condition, NoteTarget, SafetyNote, User, Withdrawal
from clinical.review.proposals import confirm_proposal, propose
from clinical.words.choices import ReviewState
from exercises.models import ExercisePage
from library import loading
from library.reading import read_library
from routines.models import RoutinePage
from testing.factories import REVIEW_DUE, REVIEWED_ON, UserFactory, approve, publish
from testing.small_library import Records, load, small_library, write
from tests.library.loading import LOADED, everything_but_the_audit, everything_stored, latest, loaded, refused

#: For each sort of record a field to change, and the attribute it is loaded into; they have the same name.
WORDS = {
    "conditions/calf-cramp": "purpose",
    "exercises/calf-stretch": "feel",
    "routines/before-bed": "expect_change",
    "notes/calf-clot": "source",
    "information/privacy": "introduction",
}


@pytest.fixture(scope="module")
def small_site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A site with the small library published on it, once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("setup_site", verbosity=0)
        load(write(tmp_path_factory.mktemp("small"), small_library()), publish=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def published(small_site: None, db: None, tmp_path: Path) -> Path:
    """The folder of the small library, which is published already."""
    return write(tmp_path, small_library())


def changed(name: str, words: str = "Other words.") -> Records:
    """The small library with one record changed."""
    records = small_library()
    records[name][WORDS[name]] = words
    return records


def revisions() -> dict[str, int]:
    """How many revisions each loaded thing has."""
    return {name: loaded(name).revisions.count() for name in LOADED}


def draft_only(name: str, **fields: Any) -> Records:
    """One more exercise."""
    return {name: {**small_library()["exercises/heel-drop"], "id": name.partition("/")[2], **fields}}


def routine_with(exercise: str) -> Records:
    """The routine, changed to hold another exercise."""
    records = small_library()
    records["routines/before-bed"]["items"] = [{"exercise": exercise, "phase": "main", "side": "each"}]
    return {"routines/before-bed": records["routines/before-bed"]}


# Twice


def test_changed_records_loaded_twice_as_drafts_change_nothing(published: Path):
    records = small_library()
    for name, field in WORDS.items():
        records[name][field] = "Other words."
    load(write(published, records))
    before = everything_stored()
    out, _ = load(published)
    assert "0 created, 0 changed, 7 unchanged." in out
    assert everything_stored() == before


def test_sets_in_another_order_change_nothing(published: Path):
    records = small_library()
    records["exercises/calf-stretch"].update(regions=["lower_leg", "foot"], equipment=["wall", "chair"])
    load(write(published, records))
    before = everything_stored()
    records["exercises/calf-stretch"].update(regions=["foot", "lower_leg"], equipment=["chair", "wall"])
    out, _ = load(write(published, records))
    assert "0 created, 0 changed, 7 unchanged." in out
    assert everything_stored() == before


def test_what_was_loaded_while_any_order_counted_is_not_written_again(published: Path):
    records = small_library()
    records["exercises/calf-stretch"]["regions"] = ["lower_leg", "foot"]
    load(write(published, records))
    records_read: Any = read_library(published)["exercises"].values()
    (record,) = (each for each in records_read if each.id == "calf-stretch")
    new, old = loading.Loading(publish=False, say=print).digests(record)
    assert new != old
    ExercisePage.objects.filter(library_id="calf-stretch").update(library_digest=old)
    out, _ = load(published)
    assert "0 created, 0 changed, 7 unchanged." in out


def test_what_is_published_stays_so_when_loaded_again_without_publishing(published: Path):
    before = everything_stored()
    load(published)
    assert everything_stored() == before


# Drafts and publishing


def test_dry_run_of_changes_writes_nothing(published: Path):
    write(published, changed("notes/calf-clot"))
    before = everything_stored()
    out, _ = load(published, publish=True, dry_run=True)
    assert "Dry run, nothing written: 0 created, 1 changed, 6 unchanged." in out
    assert everything_stored() == before


def test_dry_run_tells_what_the_publish_gate_will(published: Path, tmp_path: Path):
    load(write(tmp_path / "one", draft_only("exercises/stretch-two", title="Stretch two")))
    told = refused(write(tmp_path / "two", routine_with("stretch-two")), publish=True, dry_run=True)
    assert "is not published yet" in told[0]


def test_loaded_pages_are_unreviewed_examples_of_nobody(published: Path):
    for name in ("conditions/calf-cramp", "exercises/calf-stretch", "routines/before-bed"):
        page = loaded(name)
        assert (page.review_state, page.author, page.reviewer, page.reviewed_on, page.review_due) == (
            "unreviewed",
            None,
            None,
            None,
            None,
        )


# Changed records


@pytest.mark.parametrize("name", LOADED)
def test_changed_record_makes_one_new_revision_and_is_published(published: Path, name: str):
    before = revisions()
    out, _ = load(write(published, changed(name)), publish=True)
    assert "0 created, 1 changed, 6 unchanged." in out
    assert getattr(loaded(name), WORDS[name]) == "Other words."
    assert not loaded(name).has_unpublished_changes
    assert revisions() == {**before, name: before[name] + 1}


@pytest.mark.parametrize("name", LOADED)
def test_changed_record_without_publish_waits_as_a_draft(published: Path, name: str):
    before = getattr(loaded(name), WORDS[name])
    load(write(published, changed(name)))
    assert getattr(loaded(name), WORDS[name]) == before
    assert getattr(latest(name), WORDS[name]) == "Other words."
    assert loaded(name).live
    load(published, publish=True)
    assert getattr(loaded(name), WORDS[name]) == "Other words."


@pytest.mark.parametrize("publish", [False, True], ids=["drafts", "published"])
def test_changed_variations_are_loaded(published: Path, publish: bool):
    records = small_library()
    records["exercises/calf-stretch"]["variations"] = [{"kind": "alternative", "exercise": "easy-walking"}]
    load(write(published, records), publish=publish)
    (row,) = latest("exercises/calf-stretch").variations.all()
    assert (row.kind, row.exercise.library_id) == ("alternative", "easy-walking")
    assert loaded("exercises/calf-stretch").variations.count() == (1 if publish else 2)


def test_order_of_a_routine_follows_its_record(published: Path):
    records = small_library()
    records["routines/before-bed"]["items"].reverse()
    load(write(published, records), publish=True)
    assert [item.exercise.library_id for item in loaded("routines/before-bed").items.all()] == [
        "calf-stretch",
        "easy-walking",
    ]


def test_note_follows_its_record_to_further_places(published: Path):
    records = small_library()
    records["notes/calf-clot"]["applies_to"] += [{"hub": "calf-cramp"}, {"everything": True}]
    load(write(published, records), publish=True)
    assert [target.words() for target in loaded("notes/calf-clot").targets.all()][2:] == ["Calf cramp", "Everything"]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "one calf is a little warm"},
        {"applies_to": [{"region": "lower_leg"}]},
        {"kind": "stop", "tier": 2, "urgency": None},
    ],
    ids=["words", "reach", "tier"],
)
def test_no_file_takes_a_serious_warning_away(published: Path, change: dict[str, Any]):
    before = everything_but_the_audit()
    records = small_library()
    records["notes/calf-clot"] |= change
    (told,) = refused(write(published, records), publish=True)
    assert "that takes a second person" in told
    assert everything_but_the_audit() == before
    load(published)
    assert loaded("notes/calf-clot").text == "one calf is swollen and warm"
    assert loaded("notes/calf-clot").has_unpublished_changes


def milder(*more: str) -> Records:
    """The small library with other words in a serious note, and in these records."""
    records = small_library()
    records["notes/calf-clot"]["text"] = "one calf is a little warm"
    for name in more:
        records[name][WORDS[name]] = "Other words."
    return records


def test_change_that_takes_two_is_kept_as_a_draft_when_asked_and_the_others_are_loaded(published: Path):
    folder = write(published, milder("exercises/calf-stretch"))
    told, _faults = load(folder, publish=True, keep_edited=True)
    assert "0 created, 1 changed, 5 unchanged, 1 waiting for a second person." in told
    assert "notes/calf-clot.yaml: kept as a draft" in told
    assert loaded("notes/calf-clot").text == "one calf is swollen and warm"
    assert latest("notes/calf-clot").text == "one calf is a little warm"
    assert loaded("exercises/calf-stretch").feel == "Other words."


def test_draft_that_waits_is_not_written_again_and_goes_live_once_a_colleague_approves_it(
    published: Path, practitioner: User
):
    folder = write(published, milder())
    load(folder, publish=True, keep_edited=True)
    before = everything_but_the_audit()
    told, _faults = load(folder, publish=True, keep_edited=True)
    assert "1 waiting for a second person" in told
    assert everything_but_the_audit() == before
    waiting = latest("notes/calf-clot")
    approve(waiting)
    waiting.save_revision().publish()
    assert loaded("notes/calf-clot").text == "one calf is a little warm"
    told, _faults = load(folder, publish=True, keep_edited=True)
    assert "0 changed, 7 unchanged." in told


def test_new_note_does_not_speak_for_those_readers_know_on_the_word_of_a_library(published: Path):
    records = small_library()
    family = {"sign": "you feel odd", "notes": ["calf-clot"]}
    records["notes/odd"] = {**records["notes/calf-clot"], "id": "odd", "text": "you feel odd", "family": family}
    (told,) = refused(write(published, records), publish=True)
    assert told.startswith("notes/odd.yaml: family: speaks for notes that readers know")
    told, _faults = load(write(published, records), publish=True, keep_edited=True)
    assert "1 waiting for a second person" in told
    assert not SafetyNote.objects.get(library_id="odd").live
    before = everything_but_the_audit()
    load(published, publish=True, keep_edited=True)
    assert everything_but_the_audit() == before, "it waits already"


def test_draft_that_waits_is_a_fault_without_being_asked_to_keep_it(published: Path):
    folder = write(published, milder())
    load(folder, publish=True, keep_edited=True)
    (told,) = refused(folder, publish=True)
    assert "that takes a second person" in told


def test_everything_is_written_again_when_the_format_changes_its_meaning(published: Path, monkeypatch):
    monkeypatch.setattr(loading, "FORMAT", loading.FORMAT + 1)
    out, _ = load(published, publish=True)
    assert "0 created, 7 changed, 0 unchanged." in out


# Somebody's work


@pytest.mark.parametrize("name", LOADED)
def test_record_edited_on_the_site_is_refused_once_it_changes(published: Path, practitioner: User, name: str):
    edited = loaded(name)
    setattr(edited, WORDS[name], "Words of a colleague.")
    edited.save_revision(user=practitioner)
    told = refused(write(published, changed(name)), publish=True)
    assert told == [
        f"{name}.yaml: id: has been edited on the site since it was loaded; "
        "give the record another id, or leave it as it was"
    ]


@pytest.mark.parametrize("publish", [False, True], ids=["drafts", "published"])
def test_record_edited_on_the_site_is_left_alone_while_it_does_not_change(published, practitioner, publish):
    for name in LOADED:
        edited = loaded(name)
        setattr(edited, WORDS[name], "Words of a colleague.")
        edited.save_revision(user=practitioner)
    before = everything_stored()
    load(published, publish=publish)
    assert everything_stored() == before


def test_edited_record_stops_the_good_ones_beside_it(published: Path, practitioner: User):
    loaded("notes/calf-clot").save_revision(user=practitioner)
    records = changed("notes/calf-clot")
    records["exercises/new-stretch"] = {**records["exercises/heel-drop"], "id": "new-stretch", "title": "New"}
    refused(write(published, records), publish=True)
    assert not ExercisePage.objects.filter(library_id="new-stretch").exists()


def test_edited_record_is_passed_over_when_asked_and_the_others_are_loaded(published: Path, practitioner: User):
    edited = loaded("exercises/calf-stretch")
    edited.feel = "Words of a colleague."
    publish(edited, user=practitioner)
    records = changed("exercises/calf-stretch") | {
        name: record for name, record in changed("notes/calf-clot").items() if name == "notes/calf-clot"
    }
    told, _faults = load(write(published, records), publish=True, keep_edited=True)
    assert "1 changed" in told
    assert "1 kept as edited here" in told
    assert "exercises/calf-stretch.yaml: kept as it was edited here" in told
    assert loaded("exercises/calf-stretch").feel == "Words of a colleague."
    assert loaded("notes/calf-clot").source == "Other words."


def test_condition_renamed_on_the_site_is_refused_once_its_record_changes(published: Path, practitioner: User):
    condition = Condition.objects.get(library_id="calf-cramp")
    words = {"name": "Cramp of the calf"}
    confirm_proposal(propose(condition, words, by=practitioner, reason="Plainer."), by=UserFactory.create())
    records = small_library()
    records["conditions/calf-cramp"]["name"] = "Charley horse"
    (told,) = refused(write(published, records), publish=True)
    assert told.startswith("conditions/calf-cramp.yaml: id: has been edited on the site")


def test_library_renames_only_what_no_colleague_has_read_under_the_old_name(published: Path, practitioner: User):
    records = small_library()
    records["conditions/calf-cramp"]["name"] = "Charley horse"
    (told,) = refused(write(published, records))
    assert told.startswith("conditions/calf-cramp.yaml: name: changes a name")
    assert "--publish" in told
    load(write(published, records), publish=True)
    assert Condition.objects.get(library_id="calf-cramp").name == "Charley horse"
    page = loaded("exercises/calf-stretch")
    page.review_state, page.author, page.reviewer = ReviewState.REVIEWED, practitioner, UserFactory.create()
    page.reviewed_on, page.review_due = REVIEWED_ON, REVIEW_DUE
    publish(page, user=practitioner)
    records["conditions/calf-cramp"]["name"] = "Calf cramp again"
    (told,) = refused(write(published, records), publish=True)
    assert "propose the change on the site first" in told
    assert Condition.objects.get(library_id="calf-cramp").name == "Charley horse"


@pytest.mark.parametrize("name", LOADED)
def test_what_was_taken_off_the_site_never_comes_back_by_a_file(published: Path, name: str):
    if name == "notes/calf-clot":
        SafetyNote.objects.update(live=False)  # nobody takes a serious note off in the admin; a withdrawal does
    else:
        loaded(name).unpublish(user=UserFactory.create(is_superuser=True))
    before = everything_stored()
    load(published, publish=True)
    assert everything_stored() == before
    told = refused(write(published, changed(name)), publish=True)
    assert [line for line in told if line.startswith(f"{name}.yaml: id: has been taken off the site")]


def test_address_of_a_page_written_here_is_refused(published: Path):
    index = Page.objects.get(slug="exercises").specific
    index.add_child(instance=ExercisePage(title="Ours", slug="new-stretch", live=False))
    records = small_library()
    records["exercises/new-stretch"] = {**records["exercises/heel-drop"], "id": "new-stretch", "title": "New"}
    (told,) = refused(write(published, records))
    assert told.startswith("exercises/new-stretch.yaml: id: the address “new-stretch” is taken by a page written here")


# The publish gate


def test_refusal_of_the_publish_gate_names_file_and_field(published: Path, tmp_path: Path):
    load(write(tmp_path / "one", draft_only("exercises/stretch-two", title="Stretch two")))
    told = refused(write(tmp_path / "two", routine_with("stretch-two")), publish=True)
    assert told == ["routines/before-bed.yaml: items: 1. “Stretch two” is not published yet; publish it first."]


# Small libraries beside large ones


def test_note_may_hang_on_what_was_loaded_earlier(published: Path, tmp_path: Path):
    note = {**small_library()["notes/calf-clot"], "id": "later", "kind": "stop", "tier": 2, "text": "your calf burns"}
    del note["urgency"]
    note["applies_to"] = [
        {"exercise": "calf-stretch"},
        {"routine": "before-bed"},
        {"hub": "calf-cramp"},
        {"condition": "calf-cramp"},
    ]
    out, _ = load(write(tmp_path / "later", {"notes/later": note}), publish=True)
    assert "1 created, 0 changed, 0 unchanged." in out
    keys = set(NoteTarget.objects.filter(note__library_id="later").values_list("content_key", flat=True))
    assert keys == {
        loaded(name).content_key for name in ("exercises/calf-stretch", "routines/before-bed", "conditions/calf-cramp")
    } | {None}
    later = SafetyNote.objects.get(library_id="later").content_key
    assert later in loaded("exercises/calf-stretch").board().keys


def test_note_on_a_condition_page_that_was_deleted_is_a_fault(published: Path, tmp_path: Path):
    SafetyNote.objects.update(live=False)
    SafetyNote.objects.all().delete()
    loaded("conditions/calf-cramp").delete()
    note = {**small_library()["notes/calf-clot"], "id": "later", "applies_to": [{"hub": "calf-cramp"}]}
    (told,) = refused(write(tmp_path / "later", {"notes/later": note}), publish=True)
    assert told.startswith("notes/later.yaml: applies_to[1].hub: there is no condition page “calf-cramp”")


def test_routine_may_use_exercises_loaded_earlier(published: Path, tmp_path: Path):
    routine = {**small_library()["routines/before-bed"], "id": "later", "title": "Later"}
    load(write(tmp_path / "later", {"routines/later": routine}), publish=True)
    assert RoutinePage.objects.get(library_id="later").live


@pytest.mark.parametrize("name", ["routines/before-bed", "notes/calf-clot"])
def test_what_was_withdrawn_and_deleted_stays_withdrawn_when_it_is_loaded_again(published: Path, name: str):
    thing = loaded(name)
    held = Withdrawal.objects.create(
        content_key=thing.content_key,
        content_type=ContentType.objects.get_for_model(thing),
        library_id=thing.library_id,
        title=str(thing),
        reason="It hurts.",
        withdrawn_by=UserFactory.create(),
    )
    type(thing).objects.filter(pk=thing.pk).update(live=False)
    type(thing).objects.get(pk=thing.pk).delete()
    load(published, publish=True)
    assert (loaded(name).content_key, loaded(name).live) == (held.content_key, False)
    load(published, publish=True)
    assert not loaded(name).live
