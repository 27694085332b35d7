"""No library alone takes a warning off a page readers know by changing the page, nor tells them of less to stop for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from clinical.models import User, release
from clinical.words.choices import ReviewState
from stretchsite.models import ConditionPage
from testing.factories import REVIEW_DUE, REVIEWED_ON, UserFactory, publish
from testing.small_library import Records, load, small_library, write
from tests.library.loading import everything_but_the_audit, latest, loaded, refused


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
def folder(small_site: None, db: None, tmp_path: Path) -> Path:
    """Where the next version of the library is written."""
    return tmp_path


def other_region() -> Records:
    """The stretch no longer concerns the lower leg, where the note on clots hangs, nor the condition."""
    records = small_library()
    records["exercises/calf-stretch"] |= {"regions": ["neck"], "conditions": []}
    return records


def other_condition() -> Records:
    """The routine names no condition that is known, and walks only; the note went with its stretch."""
    records = small_library()
    other = {**records["conditions/calf-cramp"], "id": "stiffness", "title": "Stiffness", "name": "Stiffness"}
    records["conditions/stiffness"] = other
    walking = {**records["exercises/easy-walking"], "id": "slow-walking", "title": "Slow walking", "regions": ["neck"]}
    records["exercises/slow-walking"] = walking
    flag = {**records["notes/calf-clot"], "id": "stiff", "text": "you cannot move at all"}
    records["notes/stiff"] = flag | {"applies_to": [{"condition": "stiffness"}]}
    routine = records["routines/before-bed"]
    routine["conditions"] = [{**routine["conditions"][0], "condition": "stiffness"}]
    routine["items"] = [{"exercise": "slow-walking", "phase": "main", "side": "both"}]
    return records


def painful_newcomer() -> Records:
    """A new exercise that allows pain joins the routine."""
    records = small_library()
    drop = {**records["exercises/heel-drop"], "id": "sore-drop", "title": "Sore drop"}
    records["exercises/sore-drop"] = drop | {"pain": {"most": 4, "settles_by": "next_morning"}}
    records["routines/before-bed"]["items"].append({"exercise": "sore-drop", "phase": "main", "side": "each"})
    return records


TAKING = [
    (other_region, "exercises/calf-stretch", "no longer be warned of 1 things (one calf is swollen and warm)"),
    (other_condition, "routines/before-bed", "no longer be warned of 1 things (one calf is swollen and warm)"),
    (painful_newcomer, "routines/before-bed", "told of more they need not stop for"),
]


@pytest.mark.parametrize(("taking", "name", "why"), TAKING, ids=["region", "condition", "pain"])
def test_library_alone_is_refused_what_takes_a_warning_off_a_live_page(folder: Path, taking: Any, name: str, why: str):
    before = everything_but_the_audit()
    told = refused(write(folder, taking()), publish=True)
    assert len(told) == 1
    assert told[0].startswith(f"{name}.yaml: ")
    assert why in told[0]
    assert everything_but_the_audit() == before


@pytest.mark.parametrize(("taking", "name", "why"), TAKING, ids=["region", "condition", "pain"])
def test_such_a_change_waits_for_a_second_person_when_asked(
    folder: Path, practitioner: User, taking: Any, name: str, why: str
):
    told, _faults = load(write(folder, taking()), publish=True, keep_edited=True)
    assert f"{name}.yaml: kept as a draft" in told
    assert loaded(name).has_unpublished_changes
    waiting = latest(name)
    waiting.review_state, waiting.author, waiting.reviewer = ReviewState.REVIEWED, practitioner, UserFactory.create()
    waiting.reviewed_on, waiting.review_due = REVIEWED_ON, REVIEW_DUE
    publish(waiting, user=practitioner)
    assert not loaded(name).has_unpublished_changes


def test_page_that_was_taken_off_the_site_is_still_known(folder: Path, practitioner: User):
    loaded("exercises/calf-stretch").unpublish()
    page = loaded("exercises/calf-stretch")
    page.body_regions, page.condition_uses, page.live = ["neck"], [], True
    release(page)
    assert "no longer be warned" in str(page.publish_errors())


def test_new_condition_page_says_nothing_of_what_is_usual_to_readers_of_older_pages(folder: Path):
    records = small_library()
    ConditionPage.objects.get(library_id="calf-cramp").delete()
    records["conditions/calf-cramp"]["usual_sensation"] = "the tightness you always have"
    before = everything_but_the_audit()
    (told,) = refused(write(folder, records), publish=True)
    assert told.startswith("conditions/calf-cramp.yaml: usual_sensation: would tell readers of pages they know")
    assert everything_but_the_audit() == before
    told, _faults = load(folder, publish=True, keep_edited=True)
    assert "1 waiting for a second person" in told
    assert not ConditionPage.objects.get(library_id="calf-cramp").live
    load(folder, publish=True, keep_edited=True)
    assert not ConditionPage.objects.get(library_id="calf-cramp").live


def test_new_library_says_at_once_what_is_usual_on_its_own_pages(small_site: None, db: None, tmp_path: Path):
    records = {name: record for name, record in small_library().items() if name.startswith("conditions/")}
    record = {**records.pop("conditions/calf-cramp"), "id": "tight", "name": "Tightness", "title": "Tightness"}
    records["conditions/tight"] = record | {"usual_sensation": "the tightness you always have"}
    flag = {**small_library()["notes/calf-clot"], "id": "stiff", "text": "you cannot move at all"}
    records["notes/stiff"] = flag | {"applies_to": [{"condition": "tight"}]}
    load(write(tmp_path, records), publish=True)
    assert ConditionPage.objects.get(library_id="tight").live


def test_more_warnings_are_no_loss(folder: Path):
    records = small_library()
    records["exercises/calf-stretch"]["regions"] = ["lower_leg", "neck"]
    told, _faults = load(write(folder, records), publish=True)
    assert "1 changed" in told
