"""Whatever road a page takes, it is live only when the gate has nothing against it; and then it is, by every road."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.test import Client
from wagtail.models import Page

from clinical.models import SafetyNote
from exercises.models import ExercisePage
from library.faults import LibraryFaults
from library.reading import read_library
from library.writing import write_library
from stretchsite.models import ConditionPage
from testing import factories, small_library
from tests.clinical.publishing import page_faults, roads
from tests.clinical.publishing.page_faults import CHOSEN_FAULTS, KINDS, Fault, good_draft


def spoiled_draft(kind: str, fault: Fault) -> Page:
    """The draft with a newest version that has the fault. Saving it is nobody's problem."""
    page = good_draft(kind)
    fault.spoil(page)
    page.save_revision(clean=False)
    return KINDS[kind].model.objects.get(pk=page.pk)


def spoiled_live_page(kind: str, fault: Fault) -> Page:
    """A live page with a fault, as one from before the rule was made."""
    page = good_draft(kind)
    fault.spoil(page)
    page.live = True
    with roads.gate_asleep():
        page.save(clean=False)
    page.save_revision(clean=False)
    return KINDS[kind].model.objects.get(pk=page.pk)


def live_of(kind: str) -> set[str]:
    return set(KINDS[kind].model.objects.live().values_list("slug", flat=True))


#: All roads end at one gate, so each sort of fault takes the editor, which says it at its field, and every road a fault
#: of each kind of page.
OF_EACH_KIND = [next(case for case in CHOSEN_FAULTS if case[0] == kind) for kind in KINDS]
WALKS = [
    *((kind, fault, "editor") for kind, fault in CHOSEN_FAULTS),
    *((kind, fault, road) for road in roads.OF_A_DRAFT if road != "editor" for kind, fault in OF_EACH_KIND),
]


@pytest.mark.parametrize(("kind", "fault", "road"), WALKS, ids=page_faults.named)
def test_draft_with_a_fault_is_refused_by_name_and_field(
    house: None, db: None, client: Client, kind: str, fault: Fault, road: str
):
    draft = spoiled_draft(kind, fault)
    live_before = live_of(kind)
    told = " ".join(roads.OF_A_DRAFT[road](client, draft))
    assert draft.title in told
    assert fault.field in told.replace("_", " ").lower()
    assert live_of(kind) == live_before
    assert draft.slug not in live_before


#: Faults an older version of the site may have left in what is live.
IN_FORCE = {"no dosage", "purpose of spaces", "unpublished exercise", "empty paragraph"}
#: An alias of a hub is the same hub elsewhere, so for it the condition has no other page.
OF_EACH_LIVE_KIND = [(kind, fault) for kind, fault in CHOSEN_FAULTS if fault.name in IN_FORCE]


@pytest.mark.parametrize("road", roads.OF_A_LIVE_PAGE.values(), ids=roads.OF_A_LIVE_PAGE)
@pytest.mark.parametrize(("kind", "fault"), OF_EACH_LIVE_KIND, ids=page_faults.named)
def test_live_page_with_a_fault_makes_nothing_else_live(
    house: None, db: None, client: Client, kind: str, fault: Fault, road: roads.Road
):
    page = spoiled_live_page(kind, fault)
    live_before = live_of(kind)
    told = " ".join(road(client, page))
    assert page.title in told
    assert fault.field in told.replace("_", " ").lower()
    assert live_of(kind) == live_before


@pytest.mark.parametrize("road", roads.OF_A_DRAFT.values(), ids=roads.OF_A_DRAFT)
@pytest.mark.parametrize("kind", KINDS)
def test_repaired_draft_goes_live_by_every_road(house: None, db: None, client: Client, kind: str, road: roads.Road):
    draft = spoiled_draft(kind, KINDS[kind].faults[0])
    assert roads.shell_publish(client, draft)
    repaired = KINDS[kind].draft()
    draft.purpose = repaired.purpose
    draft.save_revision()
    assert road(client, draft) == []
    assert draft.slug in live_of(kind)


@pytest.mark.parametrize("road", roads.OF_A_LIVE_PAGE.values(), ids=roads.OF_A_LIVE_PAGE)
@pytest.mark.parametrize("kind", ["exercise", "routine"])
def test_good_page_is_copied_aliased_and_followed(house: None, db: None, client: Client, kind: str, road: roads.Road):
    page = good_draft(kind)
    page.get_latest_revision().publish()
    before = live_of(kind)
    assert road(client, KINDS[kind].model.objects.get(pk=page.pk)) == []
    assert len(live_of(kind)) == len(before) + 1


def test_copy_of_a_hub_is_refused_because_the_condition_has_a_page(house: None, db: None, client: Client):
    hub = good_draft("hub")
    hub.get_latest_revision().publish()
    told = roads.copy(client, KINDS["hub"].model.objects.get(pk=hub.pk))
    assert "has a page in this language already" in " ".join(told)


@pytest.mark.parametrize("kind", KINDS)
def test_refused_copy_leaves_the_tree_in_order(house: None, db: None, client: Client, kind: str):
    page = spoiled_live_page(kind, KINDS[kind].faults[0])
    before = Page.objects.count()
    for road in roads.OF_A_LIVE_PAGE.values():
        assert road(client, page)
    Page.objects.filter(slug="follower").first().delete()
    assert Page.objects.count() == before
    assert not any(Page.find_problems())


def test_one_refused_page_of_several_keeps_all_of_a_bulk_publish_back(house: None, db: None, client: Client):
    routine = spoiled_draft("routine", KINDS["routine"].faults[0])
    good_draft("exercise")
    told = roads.bulk_with_descendants(client, routine.get_parent())
    assert routine.title in " ".join(told)
    assert not live_of("routine")
    assert live_of("exercise") == {"wall-calf-stretch"}


def test_refusal_of_a_request_for_json_is_json(house: None, db: None, client: Client):
    draft = spoiled_draft("exercise", KINDS["exercise"].faults[0])
    client.force_login(roads.chief())
    response = client.post(
        f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}", headers={"accept": "application/json"}
    )
    assert response.status_code == 400
    assert response.json()["error_code"] == "publish_refused"
    assert "Doorway stretch" in response.json()["error_message"]


def test_title_in_a_refusal_is_shown_as_text(house: None, db: None, client: Client):
    ExercisePage.objects.filter(live=False).update(title="<b>Doorway</b>", draft_title="<b>Doorway</b>", purpose="")
    draft = good_draft("exercise")
    draft.purpose = ""
    draft.save_revision(clean=False)
    roads.bulk(client, draft)
    answer = client.get("/admin/").content.decode()
    assert "“&lt;b&gt;Doorway&lt;/b&gt;” cannot go live" in answer
    assert "“<b>Doorway" not in answer


def test_refusal_sends_people_back_only_to_this_site(house: None, db: None, client: Client):
    draft = spoiled_draft("exercise", KINDS["exercise"].faults[0])
    client.force_login(roads.chief())
    address = f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}"
    away = client.post(address, headers={"referer": "https://elsewhere.example/admin/"})
    assert away.headers["Location"] == "/admin/"
    back = client.post(address, headers={"referer": "http://testserver/admin/pages/3/"})
    assert back.headers["Location"] == "http://testserver/admin/pages/3/"


#: What a record could still say if its file were not checked: what is changed in it, and the field a refusal names.
RECORD_FAULTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "exercise without steps": ("exercises/calf-stretch", {"steps": []}, "steps"),
    "purpose of spaces": ("exercises/heel-drop", {"purpose": "  "}, "purpose"),
    "exercise without a region": ("exercises/heel-drop", {"regions": []}, "body_regions"),
    "routine without exercises": ("routines/before-bed", {"items": []}, "items"),
    "routine for no moment": ("routines/before-bed", {"moments": []}, "moments"),
    "note that hangs nowhere": ("notes/calf-clot", {"applies_to": []}, "targets"),
    "red flag without urgency": ("notes/calf-clot", {"urgency": None}, "urgency"),
    "red flag of tier four": ("notes/calf-clot", {"tier": 4, "urgency": None}, "tier"),
    "hub for nobody": ("conditions/calf-cramp", {"who_it_is_for": " "}, "who_it_is_for"),
}


def import_small_library(folder: Path, changes: dict[str, dict[str, Any]], publish: bool = True) -> list[str]:
    """``load_library --publish`` with records changed behind the back of their checks; the faults it answers with."""
    library = read_library(small_library.write(folder, small_library.small_library()))
    for name, changed in changes.items():
        sort, file = name.partition("/")[0], f"{name}.yaml"
        library[sort][file] = library[sort][file].model_copy(update=changed)
    try:
        write_library(library, publish=publish, dry_run=False, say=lambda line: None)
    except LibraryFaults as refused:
        return [str(fault) for fault in refused.faults]
    return []


@pytest.mark.parametrize(("name", "changed", "field"), RECORD_FAULTS.values(), ids=RECORD_FAULTS)
def test_record_the_gate_refuses_is_not_imported_and_nothing_with_it(
    house: None, db: None, tmp_path: Path, name: str, changed: dict[str, Any], field: str
):
    before = Page.objects.count(), SafetyNote.objects.count()
    told = import_small_library(tmp_path, {name: changed})
    assert any(f"{name}.yaml: {field}: " in fault for fault in told), told
    assert (Page.objects.count(), SafetyNote.objects.count()) == before


def test_repaired_library_is_imported_and_live(house: None, db: None, tmp_path: Path):
    assert import_small_library(tmp_path, {"exercises/calf-stretch": {"steps": []}})
    assert import_small_library(tmp_path, {}) == []
    assert live_of("exercise") >= {"calf-stretch", "heel-drop", "easy-walking"}
    assert live_of("routine") == {"before-bed"}
    assert live_of("hub") == {"calf-cramp"}
    assert SafetyNote.objects.filter(live=True).exclude(text=factories.RED_FLAG["text"]).count() == 1


def test_imported_routine_does_not_go_live_on_an_exercise_that_was_taken_off(house: None, db: None, tmp_path: Path):
    assert import_small_library(tmp_path / "first", {}) == []
    ExercisePage.objects.get(slug="calf-stretch").unpublish()
    folder = small_library.write(
        tmp_path / "second",
        {"routines/again": {**small_library.small_library()["routines/before-bed"], "id": "again", "title": "Again"}},
    )
    with pytest.raises(CommandError):
        small_library.load(folder, publish=True)
    assert live_of("routine") == {"before-bed"}


def test_imported_hub_does_not_take_a_condition_from_the_page_it_has(house: None, db: None, tmp_path: Path):
    assert import_small_library(tmp_path / "first", {}) == []
    ConditionPage.objects.update(library_id="")
    ConditionPage.objects.filter(slug="calf-cramp").update(slug="written-here", url_path="/elsewhere/")
    told = import_small_library(tmp_path / "second", {"conditions/calf-cramp": {"purpose": "Another."}})
    assert any("has a page in this language already" in fault for fault in told), told
