"""``load_library`` writes a library whole or not at all, as drafts unless it is asked to publish."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command

from clinical.models import Condition, SafetyNote
from clinical.serving.waiting import GaveWay
from exercises.models import ExerciseIndexPage
from library import writing
from testing.small_library import load, small_library, write
from tests.clinical.notes.note_roads import as_record
from tests.library.loading import LOADED, everything_stored, latest, loaded, refused, row_counts


@pytest.fixture
def unloaded(set_up_site: None, db: None, tmp_path: Path) -> Path:
    """The folder of the small library, before a site with nothing in it but its page tree."""
    return write(tmp_path, small_library())


@pytest.mark.parametrize("publish", [False, True], ids=["drafts", "published"])
def test_library_loaded_twice_changes_nothing(unloaded: Path, publish: bool):
    load(unloaded, publish=publish)
    before = everything_stored()
    out, _ = load(unloaded, publish=publish)
    assert "0 created, 0 changed, 7 unchanged." in out
    assert everything_stored() == before


def test_notes_that_speak_for_each_other_in_a_chain_are_loaded_the_last_first(unloaded: Path):
    records = small_library()
    first = {**records["notes/calf-clot"], "applies_to": [{"exercise": "calf-stretch"}]}
    for name, text, spoken_for in (("c", "one calf is hot", ""), ("b", "it aches", "c"), ("a", "it throbs", "b")):
        family = {"family": {"sign": f"{text} and more", "notes": [spoken_for]}} if spoken_for else {}
        places = first["applies_to"] if name == "c" else [{"region": "lower_leg"}]
        records[f"notes/{name}"] = {**first, **family, "id": name, "text": text, "applies_to": places}
    out, _ = load(write(unloaded, records), publish=True)
    assert "10 created" in out
    assert [row.member.library_id for row in SafetyNote.objects.get(library_id="a").family_members.all()] == ["b"]


def test_notes_that_speak_for_each_other_in_a_ring_are_refused_by_name(unloaded: Path):
    records = small_library()
    for name, other in (("a", "b"), ("b", "a")):
        family = {"sign": "your calf hurts", "notes": [other]}
        records[f"notes/{name}"] = {**records["notes/calf-clot"], "id": name, "family": family}
    records["notes/c"] = {**records["notes/a"], "id": "c", "family": {"sign": "it hurts", "notes": ["c"]}}
    ring = "family.notes: goes round in a circle: in the end the note speaks for itself"
    faults = refused(write(unloaded, records), publish=True)
    assert [fault.partition(": ") for fault in faults] == [(f"notes/{name}.yaml", ": ", ring) for name in "abc"]


def test_loading_that_gives_way_is_taken_back_said_and_begun_again(unloaded: Path, monkeypatch: pytest.MonkeyPatch):
    write_all, seen = writing._write_all, []

    def give_way_at_first(*told: object) -> None:
        seen.append(Condition.objects.exists())
        write_all(*told)
        if len(seen) == 1:
            raise GaveWay("Somebody more urgent writes.")

    monkeypatch.setattr(writing, "_write_all", give_way_at_first)
    out, _ = load(unloaded, publish=True)
    assert seen == [False, False]
    assert "taken back; beginning again" in out
    assert "7 created, 0 changed, 0 unchanged." in out


def test_loading_that_always_gives_way_ends_with_a_fault(unloaded: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(writing, "_write_all", Mock(side_effect=GaveWay("Somebody more urgent writes.")))
    assert "load it later" in " ".join(refused(unloaded))


def test_a_written_sentence_about_the_other_side_is_named_and_loads_all_the_same(unloaded: Path):
    records = small_library()
    records["exercises/calf-stretch"]["steps"] = [
        {"kind": "set_up", "text": "Bend the other leg a little."},
        {"kind": "return", "text": "Let go. Then do the other side."},
    ]
    out, _ = load(write(unloaded, records), publish=True)
    assert "To mend: exercises/calf-stretch.yaml: steps[2].text: leave out that it is done on the other side" in out
    assert out.count("To mend:") == 1
    assert loaded("exercises/calf-stretch").live


def test_without_publish_everything_is_a_draft(unloaded: Path, client):
    load(unloaded)
    assert {loaded(name).live for name in LOADED} == {False}
    for address in ("/exercises/calf-stretch/", "/routines/before-bed/", "/conditions/calf-cramp/", "/privacy/"):
        assert client.get(address).status_code == 404


def test_published_later_everything_goes_live(unloaded: Path, client):
    load(unloaded)
    out, _ = load(unloaded, publish=True)
    assert "0 created, 7 changed, 0 unchanged." in out
    assert {loaded(name).live for name in LOADED} == {True}
    for address in ("/exercises/calf-stretch/", "/routines/before-bed/", "/conditions/calf-cramp/", "/privacy/"):
        assert client.get(address).status_code == 200


def test_drafts_and_published_pages_hold_the_same(unloaded: Path):
    load(unloaded)
    exercise = latest("exercises/calf-stretch")
    load(unloaded, publish=True)
    live = loaded("exercises/calf-stretch")
    assert [row.text for row in exercise.variations.all()] == ["", "Bend the knee a little."]
    assert [row.text for row in live.variations.all()] == ["", "Bend the knee a little."]
    assert live.variations.first().exercise.library_id == "heel-drop"
    assert live.sheet().dosage == exercise.default_dosage()


@pytest.mark.parametrize("publish", [False, True], ids=["drafts", "published"])
def test_dry_run_writes_nothing(unloaded: Path, publish: bool):
    before = everything_stored()
    out, _ = load(unloaded, publish=publish, dry_run=True)
    assert "Dry run, nothing written: 7 created, 0 changed, 0 unchanged." in out
    assert everything_stored() == before


def test_site_without_its_page_tree_is_a_fault(unloaded: Path):
    ExerciseIndexPage.objects.all().delete()
    place = "the site has no page to put this under; run setup_site first"
    assert refused(unloaded) == [
        f"exercises/{name}.yaml: {place}" for name in ("calf-stretch", "easy-walking", "heel-drop")
    ]


def test_name_taken_by_a_condition_written_here_is_a_fault(unloaded: Path):
    Condition.objects.create(name="Calf cramp", slug="cramp")
    (told,) = refused(unloaded)
    assert told.startswith("conditions/calf-cramp.yaml: name: ")


def test_progress_is_printed_for_long_steps(unloaded: Path, monkeypatch):
    records = small_library()
    for number in range(23):
        records[f"notes/note-{number}"] = {**records["notes/calf-clot"], "id": f"note-{number}"}
    out, _ = load(write(unloaded, records))
    lines = out.splitlines()
    assert lines[0] == f"Reading {unloaded} …"
    assert [line for line in lines if "safety notes" in line] == [
        "  safety notes: 10 of 24",
        "  safety notes: 20 of 24",
        "  safety notes: 24 of 24",
    ]
    assert lines[-1] == "30 created, 0 changed, 0 unchanged."


def test_number_of_faults_ends_the_command(unloaded: Path, capsys: pytest.CaptureFixture[str]):
    records = small_library()
    records["notes/calf-clot"]["tier"] = 5
    records["exercises/heel-drop"]["kind"] = "stretch"
    write(unloaded, records)
    before = row_counts()
    with pytest.raises(CommandError, match=r"^2 faults; nothing was written\.$"):
        call_command("load_library", str(unloaded))
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == [
        "exercises/heel-drop.yaml",
        "notes/calf-clot.yaml",
    ]
    assert row_counts() == before


def test_prose_is_kept_as_clean_rich_text(unloaded: Path):
    records = small_library()
    records["routines/before-bed"]["advice"] = [
        {"heading": "At night"},
        {"paragraph": "Keep a lamp & a phone within reach."},
        {"paragraph": '<p>See <a href="https://example.org/">this page</a>.</p>'},
        {"points": ["Stand up", "Walk"]},
    ]
    load(write(unloaded, records), publish=True)
    assert [(block.kind, block.html) for block in loaded("routines/before-bed").sheet().advice] == [
        ("heading", "At night"),
        ("paragraph", "<p>Keep a lamp &amp; a phone within reach.</p>"),
        ("paragraph", '<p>See <a href="https://example.org/" rel="noopener noreferrer">this page</a>.</p>'),
        ("points", "<ul><li>Stand up</li><li>Walk</li></ul>"),
    ]


def test_what_a_note_rules_out_limits_and_asks_for_is_loaded_and_reads_back_the_same(unloaded: Path):
    records = small_library()
    full = {
        **{"id": "torn-calf", "kind": "contraindication", "tier": 2, "text": "you have torn your calf"},
        **{"rules_out": "calf-cramp", "dose": {"figure": "hold_seconds", "least": 5, "most": 40}},
        **{"needs_warm_up": True, "action": "stretch", "polarity": "dont", "moment": "on_waking"},
        **{"concerns_step": "hold", "what_to_do": "Rest.", "source": "A guideline"},
        "applies_to": [{"position": "prone"}],
    }
    records["notes/torn-calf"] = full
    load(write(unloaded, records), publish=True)
    note = SafetyNote.objects.get(library_id="torn-calf")
    assert note.live
    assert as_record(note) == full
    records["notes/torn-calf"] = {name: full[name] for name in full if name not in {"rules_out", "dose"}}
    load(write(unloaded, records))
    draft = SafetyNote.objects.get(library_id="torn-calf").get_latest_revision_as_object()
    assert (draft.rules_out, draft.dose_figure, draft.dose_least, draft.dose_most) == (None, "", None, None)
    assert SafetyNote.objects.get(library_id="torn-calf").rules_out


def test_routine_that_does_otherwise_than_a_note_of_its_library_is_a_fault(unloaded: Path):
    records = small_library()
    records["notes/calf-clot"]["dose"] = {"figure": "hold_seconds", "least": 25, "most": 40}
    told = refused(write(unloaded, records), publish=True)
    assert any("before-bed.yaml" in fault and "Choose from 25 to 40" in fault for fault in told), told
