"""A library builds on what is there, and takes nothing for its own that is not: ids and names of others are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clinical.models import SafetyNote
from exercises.models import ExercisePage
from testing.small_library import Records, load, small_library, write
from tests.library.loading import refused

pytestmark = pytest.mark.django_db


def hanging_on(*places: dict[str, Any]) -> Records:
    """The small library with its red flag at these places."""
    records = small_library()
    records["notes/calf-clot"]["applies_to"] = list(places)
    return records


def test_a_red_flag_of_a_new_condition_and_a_new_exercise_for_it_loads(set_up_site: None, tmp_path: Path):
    """The exercise waits for the note, the note for the exercise; each is counted once."""
    records = hanging_on({"condition": "calf-cramp"}, {"exercise": "calf-stretch"}, {"hub": "calf-cramp"})
    told, _ = load(write(tmp_path, records), publish=True)
    assert "7 created, 0 changed, 0 unchanged." in told
    note = SafetyNote.objects.get(library_id="calf-clot")
    assert note.live
    assert note.targets.count() == 3
    assert "7 unchanged" in load(tmp_path, publish=True)[0]


def test_a_red_flag_that_gains_a_new_condition_loads_with_the_page_that_waits_for_it(set_up_site: None, tmp_path: Path):
    load(write(tmp_path, hanging_on({"condition": "calf-cramp"}, {"exercise": "calf-stretch"})), publish=True)
    records = hanging_on({"condition": "calf-cramp"}, {"condition": "sore-heel"}, {"exercise": "calf-stretch"})
    cramp, use = records["conditions/calf-cramp"], records["exercises/calf-stretch"]["conditions"][0]
    records["conditions/sore-heel"] = {**cramp, "id": "sore-heel", "name": "Sore heel", "title": "Sore heel"}
    records["exercises/calf-stretch"]["conditions"].append({**use, "condition": "sore-heel"})
    told, _ = load(write(tmp_path, records), publish=True)
    assert "1 created, 2 changed, 5 unchanged." in told
    assert ExercisePage.objects.get(library_id="calf-stretch").condition_uses.count() == 2


def test_a_record_that_says_nothing_of_what_is_here_under_its_id_is_refused(set_up_site: None, tmp_path: Path):
    load(write(tmp_path, small_library()), publish=True)
    records = small_library()
    records["exercises/heel-drop"]["title"] = "Heel drop on a step"
    assert "1 changed" in load(write(tmp_path, records), publish=True)[0]
    other = {"title": "Quite another", "purpose": "P.", "who_it_is_for": "W.", "evidence_summary": "E."}
    records["exercises/heel-drop"] |= other
    assert refused(write(tmp_path, records)) == [
        "exercises/heel-drop.yaml: id: is that of “Heel drop on a step” here, of which this record says nothing; "
        "give it another id"
    ]


def test_days_in_a_routine_that_is_done_as_needed_and_a_session_of_a_week_are_refused(
    set_up_site: None, tmp_path: Path
):
    records = small_library()
    routine = records["routines/before-bed"]
    records["routines/before-bed"] = {**routine, "moments": ["during_symptoms"]}
    routine["items"][0]["dosage"] = {"days_per_week": 3}
    routine["items"][1]["dosage"] = {"hold_seconds": 600, "repetitions": 100}
    assert sorted(refused(write(tmp_path, records))) == [
        "routines/before-bed.yaml: items[1].dosage.days_per_week: leave it out: the routine is done as needed, "
        "on no set day",
        "routines/before-bed.yaml: items[2].dosage.hold_seconds: one session would take 2010 minutes; write less here, "
        "or fewer sets or rests, so that it takes at most 240.",
    ]


def test_a_condition_of_the_name_of_another_one_is_refused_with_whose_it_is(set_up_site: None, tmp_path: Path):
    records = small_library()
    records["conditions/calf-cramp"]["aliases"] = ["Charley horse"]
    load(write(tmp_path / "first", records), publish=True)
    cramp = {**records["conditions/calf-cramp"], "id": "cramps", "aliases": ["Calf CRAMP"]}
    cramp |= {"name": "Charley horse", "title": "Charley horse"}
    faults = refused(write(tmp_path / "second", {"conditions/cramps": cramp}))
    whose = "is a name of the condition “calf-cramp”; choose another, or write about that one"
    assert sorted(faults) == [
        f"conditions/cramps.yaml: aliases: “Calf CRAMP” {whose}",
        f"conditions/cramps.yaml: name: “Charley horse” {whose}",
    ]
