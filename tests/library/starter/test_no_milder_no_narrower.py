"""No note of the starter library has become milder, reaches less far or stands on fewer pages, but with a reason.

``notes_at_3b01404.yaml`` is how they were before they were said in short, ``reasons_to_change.yaml`` what was changed
on purpose.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from clinical.models import ClinicalPage, SafetyNote
from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.models import ConditionPage
from tests.conftest import STARTER_LIBRARY

HERE = Path(__file__).parent
BEFORE: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "notes_at_3b01404.yaml").read_text("utf-8"))
REASONS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "reasons_to_change.yaml").read_text("utf-8"))
NOTES: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (STARTER_LIBRARY / "notes").glob("*.yaml")
}
#: How fast help is needed, fastest first.
URGENCIES = ("emergency", "same_day", None)
MODELS: dict[str, type[ClinicalPage]] = {
    "condition": ConditionPage,
    "exercise": ExercisePage,
    "routine": RoutinePage,
}


def allowed(note: str, what: str) -> Any:
    """What a note may have lost, as its reason says."""
    return REASONS.get(note, {}).get(what, [])


def places_of(note: str) -> set[str]:
    """Where a note hangs today."""
    pairs = [pair for place in NOTES[note]["applies_to"] for pair in place.items()]
    return {kind if value is True else f"{kind}/{value}" for kind, value in pairs}


def words_of(record: dict[str, Any]) -> str:
    """All a note says to readers, on one line."""
    return " ".join(f"{record['text']}. {record.get('what_to_do', '')}".split())


@pytest.fixture(scope="module")
def pages(starter_site: None, django_db_blocker: Any) -> dict[str, set[str]]:
    """By note, the pages on whose board it is today."""
    found: dict[str, set[str]] = {note: set() for note in NOTES}
    with django_db_blocker.unblock():
        names = dict(SafetyNote.objects.exclude(library_id="").values_list("translation_key", "library_id"))
        for kind, model in MODELS.items():
            for page in model.objects.live():
                for key in page.board().keys & names.keys():
                    found[names[key]].add(f"{kind}/{page.library_id}")
    return found


@pytest.mark.parametrize("note", BEFORE)
def test_no_note_has_gone_or_become_milder(note: str):
    mildest = allowed(note, "tier") or BEFORE[note]["tier"]
    assert NOTES[note]["tier"] <= mildest
    slowest = URGENCIES.index(BEFORE[note].get("urgency"))
    assert URGENCIES.index(NOTES[note].get("urgency")) <= slowest


@pytest.mark.parametrize("note", BEFORE)
def test_no_note_hangs_on_fewer_places(note: str):
    assert set(BEFORE[note]["places"]) - places_of(note) == set(allowed(note, "places_gone"))


@pytest.mark.slow  # what a page says does not depend on the database that keeps it
@pytest.mark.parametrize("note", BEFORE)
def test_no_note_stands_on_fewer_pages(note: str, pages: dict[str, set[str]], db: None):
    assert set(BEFORE[note]["pages"]) - pages[note] == set(allowed(note, "pages_gone"))


@pytest.mark.parametrize("note", REASONS)
def test_every_change_has_its_reason_and_every_reason_its_change(note: str):
    reason = REASONS[note]
    assert len(reason["reason"].split()) >= 8
    assert reason.keys() - {"reason"}, "a reason for nothing"
    said = words_of(NOTES[note])
    assert [words for words in reason.get("words_gone", ()) if words in said] == []
    if "tier" in reason:
        assert NOTES[note]["tier"] == reason["tier"] > BEFORE[note]["tier"]


def test_stored_list_is_not_empty():
    assert len(BEFORE) == 66
    assert all(record["pages"] and record["places"] for record in BEFORE.values())
