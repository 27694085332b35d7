"""The lists of the admin: everything is found in two acts, what stands how is told, and size costs nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinical.models import NoteTarget
from clinical.withdrawal.withdrawing import withdraw
from clinical.words.exercising import Equipment, ExerciseKind
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage
from stretchsite.group_permissions import PRACTITIONERS, SAFETY_OFFICERS
from testing import factories
from tests.stretchsite.test_desk import BEFORE, DUE, draft_of, live_exercise, member, signed_in, submitted

pytestmark = pytest.mark.usefixtures("set_up_site", "db")

EXERCISES, ROUTINES = "exercises:index", "routines:index"
NOTES, CONDITIONS = "wagtailsnippets_clinical_safetynote:list", "wagtailsnippets_clinical_condition:list"


def found(client: Client, name: str, **asked: Any) -> list[str]:
    """What a list shows."""
    return [str(thing) for thing in client.get(reverse(name), asked).context["object_list"]]


def test_list_finds_by_every_word_readers_may_use_and_by_letters_typed_so_far(client: Client):
    signed_in(client, member(PRACTITIONERS))
    live_exercise(1, clinical_name="Gastrocnemius stretch", equipment=(Equipment.BAND,), other_names="Wall lean")
    live_exercise(2)
    for words in ("gastrocnemius", "resistance band", "WALL lean", "stretch 1", "1 stre"):
        assert "Stretch 1" in found(client, EXERCISES, q=words), words
    assert found(client, EXERCISES, q="kneecap") == []


def test_a_title_leads_to_the_form_to_be_read_where_one_may_not_write_and_an_empty_list_counts_nothing(client: Client):
    writer, colleague = member(PRACTITIONERS, "writer"), member(PRACTITIONERS, "colleague")
    signed_in(client, colleague)
    assert "1-0 of 0" not in " ".join(client.get(reverse(EXERCISES)).content.decode().split())
    own, other = live_exercise(1), live_exercise(2)
    ExercisePage.objects.filter(pk=own.pk).update(owner=colleague)
    ExercisePage.objects.filter(pk=other.pk).update(owner=writer)
    titles = client.get(reverse(EXERCISES)).content.decode().split('<div class="title-wrapper">')[1:]
    for page, where in zip(ExercisePage.objects.order_by("title"), titles, strict=True):
        name = "wagtailadmin_pages:edit" if page.permissions_for_user(colleague).can_edit() else "clinical_read_form"
        assert f'<a href="{reverse(name, args=[page.pk])}"' in where.partition("</a>")[0]
    assert reverse("clinical_read_form", args=[other.pk]) in titles[1]


def test_lists_of_notes_and_conditions_find_by_their_other_words(client: Client):
    signed_in(client, member(PRACTITIONERS))
    factories.ConditionFactory.create(name="Restless legs", slug="restless-legs", aliases="RLS\nWillis-Ekbom disease")
    factories.note_at(NoteTarget(region="hip"), text="your hip locks", what_to_do="Ask a colleague of yours.")
    assert found(client, CONDITIONS, q="Ekbom") == ["Restless legs"]
    assert len(found(client, NOTES, q="locks")) == len(found(client, NOTES, q="colleague")) == 1


def test_exercises_are_narrowed_by_how_they_stand_whose_they_are_and_what_they_need(client: Client):
    writer, officer = member(PRACTITIONERS, "writer"), member(SAFETY_OFFICERS, "officer")
    draft_of(writer, 1)
    submitted(writer, 2)
    live_exercise(3, kind=ExerciseKind.BALANCE, equipment=(Equipment.BAND,), author=writer)
    live_exercise(4, review_due=DUE, reviewed_on=BEFORE)
    withdraw(live_exercise(5), by=officer, reason="It can tear a healing tendon.")
    signed_in(client, writer)
    standing = {
        value: found(client, EXERCISES, standing=value) for value in ("live", "draft", "waiting", "withdrawn", "due")
    }
    assert standing == {
        "live": ["Stretch 3", "Stretch 4"],
        "draft": ["Draft 1", "Draft 2"],
        "waiting": ["Draft 2"],
        "withdrawn": ["Stretch 5"],
        "due": ["Stretch 4"],
    }
    assert found(client, EXERCISES, whose="mine") == ["Draft 1", "Draft 2", "Stretch 3"]
    assert found(client, EXERCISES, author=writer.pk) == ["Stretch 3"]
    assert found(client, EXERCISES, kind="balance", equipment="band") == ["Stretch 3"]
    assert found(client, EXERCISES, standing="draft", q="draft 2") == ["Draft 2"]


def test_withdrawn_is_a_status_of_its_own_in_list_editor_chooser_and_preview(client: Client):
    writer, officer = member(PRACTITIONERS, "writer"), member(SAFETY_OFFICERS, "officer")
    page = live_exercise(5, author=writer)
    withdraw(page, by=officer, reason="It can tear a healing tendon.")
    page = ExercisePage.objects.get(pk=page.pk)
    assert page.status_string == "withdrawn"
    signed_in(client, officer)
    listed = client.get(reverse(EXERCISES)).content.decode()
    assert "withdrawn" in listed.partition("Stretch 5")[2]
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "It can tear a healing tendon." in form
    assert "/admin/withdrawals/" in form
    assert "Stretch 5" not in client.get(reverse("exercise_chooser:choose")).content.decode()
    shown = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert "Readers are told so" in shown


@pytest.mark.parametrize("name", [EXERCISES, ROUTINES, NOTES, CONDITIONS])
def test_list_costs_the_same_for_few_and_many(client: Client, name: str):
    signed_in(client, member(PRACTITIONERS))
    condition = factories.ConditionFactory.create(name="Tight calves", slug="tight-calves")

    def more(numbers: range) -> None:
        for number in numbers:
            exercise = live_exercise(number)
            draft = factories.draft_routine([exercise], [condition], title=f"Plan {number}", slug=f"plan-{number}")
            draft.live = number % 2 == 0
            RoutineIndexPage.objects.get().add_child(instance=draft)
            index = ExerciseIndexPage.objects.get()
            words = {"title": f"Unfinished {number}", "slug": f"unfinished-{number}"}
            index.add_child(instance=factories.draft_exercise(live=False, **words))
            factories.ConditionFactory.create()
            factories.note_at(NoteTarget(region="hip"), text=f"your hip locks {number}")

    def asked(**search: str) -> int:
        client.get(reverse(name), search)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name), search).status_code == 200
        return len(queries)

    more(range(2))
    few = asked(), asked(q="hip"), asked(q="stretch")
    more(range(2, 8))
    assert (asked(), asked(q="hip"), asked(q="stretch")) == few


@pytest.mark.parametrize(
    ("name", "asked_for"),
    [("wagtailadmin_choose_page_child", {}), ("wagtailadmin_choose_page_search", {"q": "Draft"})],
    ids=["chooser", "search in the chooser"],
)
def test_chooser_tells_what_waits_for_review(client: Client, name: str, asked_for: dict[str, str]):
    writer = member(PRACTITIONERS, "writer")
    submitted(writer, 1)
    signed_in(client, writer)
    args = [] if asked_for else [ExerciseIndexPage.objects.get().pk]
    words = client.get(reverse(name, args=args), asked_for).content.decode()
    assert str(ExercisePage.objects.get(title="Draft 1").status_string) == "in review" in words


@pytest.mark.parametrize(
    ("name", "asked_for"),
    [
        ("wagtailadmin_explore", {}),
        ("wagtailadmin_choose_page_child", {}),
        ("wagtailadmin_choose_page_child", {"page_type": "exercises.exercisepage"}),
        ("wagtailadmin_choose_page_search", {"q": "Stretch"}),
        ("wagtailadmin_pages:search", {"q": "Stretch"}),
    ],
    ids=["tree", "chooser", "chooser of exercises", "search in the chooser", "search"],
)
def test_lists_of_pages_tell_what_is_withdrawn_at_the_same_cost_for_few_and_many(
    client: Client, name: str, asked_for: dict[str, str]
):
    officer = member(SAFETY_OFFICERS, "officer")
    signed_in(client, officer)
    args = [] if asked_for.get("q") else [ExerciseIndexPage.objects.get().pk]
    address = reverse(name, args=args)

    def asked() -> int:
        client.get(address, asked_for)
        with CaptureQueriesContext(connection) as queries:
            assert "withdrawn" in client.get(address, asked_for).content.decode()
        # The platform's chooser asks for each page's place by itself, and its search for the language of that.
        mine = ("clinical_withdrawal", "wagtailcore_workflowstate", "wagtailcore_revision")
        said = [each["sql"] for each in queries.captured_queries]
        assert not any("LEFT OUTER JOIN" in sql and "exercisepage" in sql for sql in said), "no kind joined to each row"
        return len([sql for sql in said if "choose" not in name or any(each in sql for each in mine)])

    for number in range(2):
        withdraw(live_exercise(number), by=officer, reason="It can tear a healing tendon.")
    few = asked()
    for number in range(2, 6):
        withdraw(live_exercise(number), by=officer, reason="It can tear a healing tendon.")
    assert asked() == few
