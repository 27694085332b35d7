"""A routine's page: what is prescribed, in which order, with every note first; and what its author sees before that."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from clinical.models import Condition, NoteTarget, PublishRefused
from exercises.models import ExercisePage
from routines.choices import Phase
from routines.models import RoutineIndexPage, RoutineItem, RoutinePage
from testing import factories
from testing.editor import edit_address, errors_of, page_as_posted
from tests.built_once import built_once
from tests.clinical.publishing.roads import chief

ADDRESS = "/routines/calves/"


@pytest.fixture
@built_once
def three_items(routine: RoutinePage, exercise: ExercisePage) -> RoutinePage:
    """A routine of three: a warm-up, the main part twice."""
    index = exercise.get_parent()
    walk = factories.draft_exercise(
        title="Walk", slug="walk", hold_seconds=None, repetitions=None, moving_seconds=300, laterality="bilateral"
    )
    heel = factories.draft_exercise(title="Heel drop", slug="heel-drop", equipment=("support",))
    walk, heel = index.add_child(instance=walk), index.add_child(instance=heel)
    routine = RoutinePage.objects.get()
    routine.items = [
        RoutineItem(exercise=walk, phase=Phase.WARM_UP, sort_order=0),
        RoutineItem(exercise=exercise, sort_order=1, repetitions=3, cue="Heel down."),
        RoutineItem(exercise=heel, sort_order=2, side="left"),
    ]
    factories.save_live(routine)
    return RoutinePage.objects.get()


def test_routine_stands_only_in_the_list_of_routines(routine: RoutinePage):
    routines, home = routine.get_parent().specific, routine.get_parent().get_parent().specific
    assert RoutinePage.can_create_at(routines)
    assert not any(RoutinePage.can_create_at(page) for page in (home, routine))


def test_sheet_holds_the_items_in_order_with_what_is_prescribed_here(three_items: RoutinePage):
    sheet = three_items.sheet()
    assert [item.exercise.title for item in sheet.items] == ["Walk", "Wall calf stretch", "Heel drop"]
    assert [item.number for item in sheet.items] == [1, 2, 3]
    assert [item.dosage.repetitions for item in sheet.items] == [None, 3, 2]
    assert [item.side for item in sheet.items] == ["both", "each", "left"]
    assert sheet.minutes == 10  # 300 + (30×3×2 + 8) + 30×2 seconds, and 10 to get ready for each
    assert [thing.label for thing in sheet.equipment] == ["Fixed support"]
    assert sheet.taken_out == ()


def test_reader_finds_everything_and_the_notes_before_the_first_exercise(three_items: RoutinePage, client: Client):
    factories.note_at(NoteTarget(region="lower_leg"))
    factories.note_at(NoteTarget(position="standing"), kind="red_flag", tier=1, urgency="same_day", text="you fall")
    words = client.get(ADDRESS).content.decode()
    for shown in ("Calves", "Walk", "Wall calf stretch", "Heel drop", "Heel down.", "10 min", "Tight calves"):
        assert shown in words, shown
    for shown in ("After two weeks.", "If nothing changes in six weeks.", "No trial has tested it.", "A textbook"):
        assert shown in words, shown
    first_exercise = words.index('class="timeline')
    for note in ("your calf swells", "you fall", "you have chest pain", "you feel pain, numbness"):
        assert words.index(note) < first_exercise


def test_order_of_the_items_is_the_authors(three_items: RoutinePage, client: Client):
    client.force_login(chief())
    posted = page_as_posted(three_items, chief())
    moved = {"items-0-ORDER": "3", "items-1-ORDER": "1", "items-2-ORDER": "2"}
    response = client.post(edit_address(three_items), {**posted, **moved})
    assert response.status_code == 302, errors_of(response)
    factories.publish_draft(three_items)
    sheet = RoutinePage.objects.get().sheet()
    assert [item.exercise.title for item in sheet.items] == ["Wall calf stretch", "Heel drop", "Walk"]


def test_several_exercises_may_be_added_at_once(three_items: RoutinePage, exercise: ExercisePage, client: Client):
    client.force_login(chief())
    posted = page_as_posted(three_items, chief())
    row = {name.split("-", 2)[2]: value for name, value in posted.items() if name.startswith("items-1-")}
    for number in (3, 4):
        posted.update({f"items-{number}-{name}": value for name, value in row.items()})
        posted.update({f"items-{number}-id": "", f"items-{number}-ORDER": str(number + 1)})
    posted.update({"items-TOTAL_FORMS": "5"})
    response = client.post(edit_address(three_items), posted)
    assert response.status_code == 302, errors_of(response)
    factories.publish_draft(three_items)
    assert len(RoutinePage.objects.get().sheet().items) == 5


def test_item_taken_out_in_the_editor_is_gone(three_items: RoutinePage, client: Client):
    client.force_login(chief())
    posted = {**page_as_posted(three_items, chief()), "items-0-DELETE": "1"}
    assert client.post(edit_address(three_items), posted).status_code == 302
    factories.publish_draft(three_items)
    assert RoutineItem.objects.count() == 2


def test_item_with_no_exercise_is_a_message_in_the_editor(three_items: RoutinePage, client: Client):
    client.force_login(chief())
    posted = {**page_as_posted(three_items, chief()), "items-1-exercise": ""}
    for action in ({}, {"action-publish": "1"}):
        response = client.post(edit_address(three_items), {**posted, **action})
        assert response.status_code in {200, 302}
    assert RoutinePage.objects.get().items.count() == 3


def test_row_that_is_refused_is_open_and_marked_and_the_others_stay_folded(three_items: RoutinePage, client: Client):
    client.force_login(chief())
    posted = {**page_as_posted(three_items, chief()), "items-1-side": "both", "items-2-from_week": "9"}
    response = client.post(edit_address(three_items), {**posted, "weeks": "4", "action-publish": "1"})
    rows = response.content.decode().split('<div data-inline-panel-child id="inline_child_items-')[1:4]
    heads = [row.partition("w-panel__content")[0] for row in rows]
    assert ["collapsed" in head for head in heads] == [True, False, False]
    assert ["item-line__fault" in head for head in heads] == [False, True, True]
    assert "does not work that side" in rows[1].partition("error-message")[2]
    assert "begins after the last week" in rows[2].partition("error-message")[2]


def test_unpublished_exercise_is_named_when_the_routine_is_published_again(three_items: RoutinePage):
    ExercisePage.objects.get(slug="walk").unpublish()
    with pytest.raises(PublishRefused, match="“Walk” is not published yet"):
        RoutinePage.objects.get().save_revision().publish()


def test_one_exercise_may_stand_in_a_routine_twice(three_items: RoutinePage, exercise: ExercisePage, client: Client):
    three_items.items.add(RoutineItem(exercise=exercise, sort_order=9))
    factories.save_live(three_items)
    words = client.get(ADDRESS).content.decode()
    sheet = RoutinePage.objects.get().sheet()
    assert [item.exercise.title for item in sheet.items].count("Wall calf stretch") == 2
    assert "4 exercises" in words or "4" in words


def test_all_exercises_gone_leaves_a_page_that_says_so(three_items: RoutinePage, client: Client):
    for page in ExercisePage.objects.all():
        page.unpublish()
    words = client.get(ADDRESS).content.decode()
    assert "This routine has no exercises at the moment." in words
    assert words.count("Heel drop") >= 1
    assert client.get("/").status_code == client.get("/routines/").status_code == 200


UNFINISHED: dict[str, dict[str, Any]] = {
    "no items": {"items": []},
    "no words": {"purpose": "", "expect_change": "", "see_someone": ""},
    "no frequency": {"sessions_per_day": None, "days_per_week": None},
    "no moment": {"moments": ()},
    "no review": {"author": None, "reviewer": None, "reviewed_on": None, "review_due": None},
}


@pytest.mark.parametrize("fields", UNFINISHED.values(), ids=UNFINISHED)
def test_preview_of_an_unfinished_routine_is_a_page_and_no_fault(routine: RoutinePage, fields: dict[str, Any]):
    draft = RoutinePage.objects.get()
    for name, value in fields.items():
        setattr(draft, name, value)
    response = draft.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200
    assert "Calves" in response.content.decode()


ODD_ITEMS: dict[str, dict[str, Any]] = {
    "no exercise": {"exercise": None},
    "figures that contradict": {"moving_seconds": 60, "repetitions": 2},
    "no phase": {"phase": ""},
    "unknown side": {"side": "front"},
    "the other side": {"side": "both"},
}


@pytest.mark.parametrize("fields", ODD_ITEMS.values(), ids=ODD_ITEMS)
def test_preview_of_an_unfinished_item_is_a_page_and_no_fault(
    routine: RoutinePage, exercise: ExercisePage, fields: dict[str, Any]
):
    draft = RoutinePage.objects.get()
    draft.items = [RoutineItem(**{"exercise": exercise, **fields})]
    assert draft.make_preview_request(RequestFactory().get("/")).status_code == 200


def test_preview_with_an_unfinished_exercise_in_it_is_a_page(routine: RoutinePage, exercise: ExercisePage):
    bare = factories.draft_exercise(title="Bare", slug="bare", live=False, hold_seconds=None, repetitions=None)
    bare = exercise.get_parent().add_child(instance=bare)
    draft = RoutinePage.objects.get()
    draft.items = [RoutineItem(exercise=bare)]
    response = draft.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200


def test_preview_in_the_editor_shows_items_not_saved_yet(three_items: RoutinePage, client: Client):
    client.force_login(chief())
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[three_items.pk])
    posted = {**page_as_posted(three_items, chief()), "items-1-cue": "Slowly, slowly."}
    assert client.post(address, posted).json()["is_valid"] is True
    words = client.get(address, {"mode": ""}).content.decode()
    assert "Slowly, slowly." in words
    assert "Heel drop" in words


def test_copy_of_a_routine_carries_its_items_and_conditions(three_items: RoutinePage, condition: Condition):
    copy = three_items.copy(update_attrs={"slug": "copy"})
    copied = RoutinePage.objects.get(pk=copy.pk)
    assert [item.exercise.title for item in copied.sheet().items] == ["Walk", "Wall calf stretch", "Heel drop"]
    assert [use.tag for use in copied.condition_uses.all()] == [condition]
    assert RoutineItem.objects.count() == 6


def test_library_identity_is_not_copied(routine: RoutinePage):
    routine.library_id, routine.library_digest, routine.came_published = "calves", "0" * 64, True
    routine.save()
    copy = RoutinePage.objects.get().copy(update_attrs={"slug": "copy"})
    copied = RoutinePage.objects.get(pk=copy.pk)
    assert (copied.library_id, copied.library_digest, copied.came_published) == ("", "", False)


def test_alias_follows_its_routine(three_items: RoutinePage, client: Client, routine_index: RoutineIndexPage):
    three_items.create_alias(update_slug="alias")
    three_items.purpose = "Another purpose."
    three_items.items = list(three_items.items.all())[1:]
    factories.publish(three_items)
    words = client.get("/routines/alias/").content.decode()
    assert "Another purpose." in words
    assert "Walk" not in words
