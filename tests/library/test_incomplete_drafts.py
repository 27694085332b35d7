"""Drafts may lack anything but a title: they load when asked, are listed with what they need, and never go live so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinical.models import User
from exercises.models import ExercisePage
from library.completing import how_many, lacking
from library.models import ToComplete
from library.records import RECORD_OF_FOLDER
from routines.models import RoutinePage
from stretchsite.models import ConditionPage
from testing.factories import UserFactory
from testing.small_library import Records, load, small_library, write
from tests.library.loading import loaded, refused

ADDRESS = "library_to_complete"
ORIGIN = {
    **{"source": "A collection", "address": "https://collection.example/1", "author": "Somebody"},
    **{"licence": "CC BY-SA 4.0", "licence_address": "https://creativecommons.org/licenses/by-sa/4.0/"},
}


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A site with its page tree, once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("setup_site", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def folder(site: None, db: None, tmp_path: Path) -> Path:
    """Where the library is written."""
    return tmp_path


@pytest.fixture
def chief(client: Client) -> User:
    """Somebody signed in who may see everything."""
    user = UserFactory.create(is_superuser=True)
    client.force_login(user)
    return user


def bare(number: int, **fields: Any) -> Records:
    """An exercise of which only the title is known."""
    return {f"exercises/bare-{number}": {"id": f"bare-{number}", "title": f"Bare {number}", **fields}}


def test_record_with_a_title_only_is_a_draft_when_asked_and_a_fault_when_not(folder: Path):
    write(folder, bare(1))
    assert "exercises/bare-1.yaml: dosage: is missing; add it" in refused(folder)
    told, _ = load(folder, drafts=True)
    assert "1 created" in told
    page = ExercisePage.objects.get(library_id="bare-1")
    assert (page.live, page.title) == (False, "Bare 1")
    assert "0 created, 0 changed, 1 unchanged." in load(folder, drafts=True)[0]


def test_every_sort_of_page_may_lack_something_and_a_safety_note_nothing(folder: Path):
    records = {"conditions/sore": {"id": "sore", "title": "Sore"}, "routines/r": {"id": "r", "title": "R"}, **bare(1)}
    load(write(folder, records), drafts=True)
    assert ConditionPage.objects.get(library_id="sore").condition.name == "Sore"
    assert RoutinePage.objects.filter(library_id="r", live=False).exists()
    note = {"id": "n", "kind": "stop", "tier": 2, "text": "it hurts"}
    assert "notes/n.yaml: source: is missing; add it" in refused(write(folder, {"notes/n": note}), drafts=True)


def test_what_is_there_must_be_sound(folder: Path):
    told = refused(write(folder, bare(1, kind="stretching about", dosage={"hold_seconds": 20})), drafts=True)
    assert [fault.split(": ")[1] for fault in told] == ["kind"]
    told = refused(write(folder, bare(1, dosage={"hold_seconds": 20, "moving_seconds": 20})), drafts=True)
    assert told[0].startswith("exercises/bare-1.yaml: dosage.")


def test_published_with_drafts_only_what_is_complete_goes_live(folder: Path):
    load(write(folder, {**small_library(), **bare(1)}), drafts=True, publish=True)
    live = dict(ExercisePage.objects.values_list("library_id", "live"))
    assert live == {"calf-stretch": True, "heel-drop": True, "easy-walking": True, "bare-1": False}
    assert "8 unchanged" in load(folder, drafts=True, publish=True)[0]


def _needed() -> list[tuple[str, str]]:
    """Every field without which a record is at fault, and one of the two that say who asks a clinician first.

    A title is always there, and a condition without a name is called by that.
    """
    names = ("conditions/calf-cramp", "exercises/calf-stretch", "routines/before-bed")
    found = []
    for name in names:
        kind = RECORD_OF_FOLDER[name.partition("/")[0]]
        needed = [each for each, field in kind.model_fields.items() if field.is_required()]
        asks = ["check_first"] if "check_first" in kind.model_fields else []
        found += [(name, each) for each in (*needed, *asks) if each not in {"id", "title", "name"}]
    return found


@pytest.mark.parametrize(("name", "field"), _needed())
def test_what_a_record_may_not_lack_a_page_may_not_lack_either(folder: Path, name: str, field: str):
    records = small_library()
    records[name] = {key: value for key, value in records[name].items() if key not in {field, "concerns"}}
    if name.startswith("exercises/"):  # a routine could not go live with it either
        del records["routines/before-bed"]
    load(write(folder, records), drafts=True, publish=True)
    page = loaded(name)
    assert not page.live
    assert page.get_latest_revision_as_object().completeness_errors()


def test_words_that_stand_for_missing_ones_are_missing(folder: Path):
    whole = small_library()["exercises/heel-drop"]
    load(write(folder, {"exercises/heel-drop": {**whole, "feel": "Not written yet."}}), drafts=True)
    page = ExercisePage.objects.get(library_id="heel-drop").get_latest_revision_as_object()
    assert page.feel == ""
    assert "feel" in page.completeness_errors()


@pytest.mark.parametrize("words", ["Not written yet.", "TODO", "<p>To be written …</p>"])
def test_nothing_goes_live_that_only_says_that_it_is_missing(exercise: ExercisePage, words: str):
    exercise.feel, exercise.steps = words, [("move", {"text": words, "picture": None, "pose": ""})]
    exercise.sources = [type(exercise.sources.first())(title=words, sort_order=0)]
    assert {"feel", "steps", "sources"} <= set(exercise.completeness_errors())


def test_origin_is_kept_and_shown(folder: Path, client: Client):
    records = small_library()
    records["exercises/heel-drop"]["origin"] = ORIGIN
    load(write(folder, records), publish=True)
    page = ExercisePage.objects.get(library_id="heel-drop")
    assert page.origin == ORIGIN
    shown = client.get(page.url).content.decode()
    for words in ("A collection", "Somebody", "CC BY-SA 4.0", ORIGIN["licence_address"], ORIGIN["address"]):
        assert words in shown, words
    said = client.get(f"{page.url}sheet.json").json()["publication"]
    named = {"publisher": ORIGIN["author"], "licence": ORIGIN["licence"], "licence_address": ORIGIN["licence_address"]}
    assert said == said | named | {"made_from": ORIGIN["source"], "made_from_address": ORIGIN["address"]}


def test_list_says_what_each_needs_and_how_many_are_done_by_the_checks_of_publishing(
    folder: Path, client: Client, chief: User
):
    load(write(folder, {**bare(1), **bare(2)}), drafts=True)
    shown = client.get(reverse(ADDRESS)).content.decode()
    assert "0 of 2 are complete." in shown
    page = ExercisePage.objects.get(library_id="bare-1").get_latest_revision_as_object()
    texts = [text for _field, text in lacking(page)]
    assert texts
    assert "Bare 1" in shown
    assert "Write at least one step." in shown
    records = {"exercises/bare-1": {**small_library()["exercises/heel-drop"], "id": "bare-1", "title": "Bare 1"}}
    load(write(folder, records), drafts=True)
    shown = client.get(reverse(ADDRESS)).content.decode()
    assert "1 of 2 are complete." in shown
    assert "Bare 1" not in shown
    assert how_many() == (1, 2)


def test_list_is_for_whoever_may_write_pages(folder: Path, client: Client):
    client.force_login(UserFactory.create())
    assert client.get(reverse(ADDRESS)).status_code == 302


def test_list_asks_no_more_of_many_than_of_few(folder: Path, client: Client, chief: User):
    asked = []
    for number in (3, 12):
        records: Records = {}
        for each in range(number):
            records |= bare(each)
        load(write(folder, records), drafts=True)
        client.get(reverse(ADDRESS))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(ADDRESS))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[1] < 25
    assert ToComplete.objects.count() == 12
