"""Putting a programme together, with plain forms: every button keeps what was typed, and nobody else's is opened."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from clinical.models import Condition, NoteTarget, SafetyNote, User
from exercises.choices import Side
from exercises.models import ExerciseIndexPage, ExercisePage
from exercises.models.exercises import ExerciseCondition
from sharing.models import Programme, ProgrammeItem, ShareLink
from testing import factories
from testing.programmes import programme_of
from tests.built_once import built_once

pytestmark = pytest.mark.django_db

NEW = "/admin/share/programme/"


@pytest.fixture(autouse=True)
def _groups(set_up_site: None, db: None) -> None:
    """Every site has them."""


@pytest.fixture
@built_once
def giver() -> User:
    """A practitioner."""
    account = factories.UserFactory.create(username="giver")
    account.groups.add(Group.objects.get(name="Practitioners"))
    return account


@pytest.fixture
@built_once
def three() -> list[ExercisePage]:
    """Three live exercises of different regions, each for one side."""
    index, named = ExerciseIndexPage.objects.get(), {"calf": "lower_leg", "heel": "foot", "neck": "neck"}
    return [
        index.add_child(instance=factories.draft_exercise(title=slug.title(), slug=slug, body_regions=[region]))
        for slug, region in named.items()
    ]


@pytest.fixture
def desk(client: Client, giver: User, three: list[ExercisePage]) -> Client:
    """The practitioner, signed in."""
    client.force_login(giver)
    return client


def typed(programme: Programme, **changed: Any) -> dict[str, Any]:
    """What a browser sends of the screen: each row as it stands, with what was changed by its number."""
    sent: dict[str, Any] = {"order": [], "weeks": "", "back": "q=calf"}
    for number, item in enumerate(programme.items.all(), start=1):
        row = {"hold_seconds": 30, "repetitions": 2, "sets": 1, "phase": "main", "side": item.side, "cue": ""}
        row |= {name.removeprefix(f"row{number}_"): value for name, value in changed.items() if f"row{number}_" in name}
        sent |= {f"item-{item.pk}-{name}": value for name, value in row.items()}
        sent["order"].append(item.pk)
    return sent | {name: value for name, value in changed.items() if not name.startswith("row")}


def place(programme: Programme, name: str = "sharing_programme") -> str:
    return reverse(name, args=[programme.pk])


def titles(programme: Programme) -> list[str]:
    return [item.exercise.title for item in programme.items.with_exercises()]


def test_looking_begins_nothing_and_the_first_exercise_does(desk: Client, giver: User, three: list[ExercisePage]):
    text = desk.get(f"{NEW}?q=heel").text
    assert ("Add Heel" in text, "Add Calf" in text) == (True, False)
    assert not Programme.objects.exists()
    answer = desk.post(NEW, {"add": three[1].pk, "back": "q=heel&region=foot"})
    programme = Programme.objects.get()
    assert (programme.created_by, titles(programme)) == (giver, ["Heel"])
    assert answer["Location"] == f"{place(programme)}?q=heel&region=foot"
    assert programme.items.get().side == Side.EACH


def test_what_was_begun_is_offered_to_its_maker_alone(desk: Client, giver: User, three: list[ExercisePage]):
    mine, theirs = programme_of(three, by=giver), programme_of(three)
    text = desk.get(NEW).text
    assert (place(mine) in text, place(theirs) in text) == (True, False)
    assert place(mine) not in desk.get(place(programme_of(three, by=giver))).text


def test_from_a_public_page_it_is_one_step_and_readers_get_no_cookie(desk: Client, three: list[ExercisePage]):
    address = f"{NEW}?q=Heel"
    assert address in desk.get("/exercises/heel/").text
    read = Client().get("/exercises/heel/")
    assert address not in read.text
    assert not read.cookies
    assert "Add Heel" in desk.get(address).text
    assert address in desk.get(reverse("wagtailadmin_explore", args=[three[1].get_parent().pk])).text


@pytest.mark.parametrize(("asked", "found"), [("region=neck", "Neck"), ("q=calf&region=lower_leg", "Calf")])
def test_the_catalogues_filters_narrow_what_is_found(desk: Client, asked: str, found: str):
    assert re.findall(r'aria-label="Add (\w+)"', desk.get(f"{NEW}?{asked}").text) == [found]


def test_a_button_keeps_what_was_typed_elsewhere(desk: Client, giver: User, three: list[ExercisePage]):
    programme = programme_of(three[:2], by=giver)
    desk.post(place(programme), typed(programme, row1_hold_seconds=45, row2_cue="Slowly.", weeks=4, add=three[2].pk))
    assert titles(programme) == ["Calf", "Heel", "Neck"]
    calf, heel, _neck = programme.items.all()
    programme.refresh_from_db()
    assert (calf.hold_seconds, heel.cue, programme.weeks) == (45, "Slowly.", 4)
    desk.post(place(programme), typed(programme, side_all="left", row3_hold_seconds=20))
    assert {item.side for item in programme.items.all()} == {"left"}
    assert programme.items.last().hold_seconds == 20


def test_order_changes_by_buttons_and_by_the_order_that_is_sent(desk: Client, giver: User, three: list[ExercisePage]):
    programme = programme_of(three, by=giver)
    calf, heel, neck = (item.pk for item in programme.items.all())
    desk.post(place(programme), typed(programme, down=calf))
    assert titles(programme) == ["Heel", "Calf", "Neck"]
    desk.post(place(programme), typed(programme, up=neck))
    assert titles(programme) == ["Heel", "Neck", "Calf"]
    desk.post(place(programme), typed(programme, order=[neck, calf, heel]))
    assert titles(programme) == ["Neck", "Calf", "Heel"]
    desk.post(place(programme), typed(programme, order=[calf, heel], remove=heel))
    assert titles(programme) == ["Calf", "Neck"], "what another tab has added stays"


def test_a_fault_is_said_at_its_field_and_what_was_typed_stays(desk: Client, giver: User, three: list[ExercisePage]):
    programme = programme_of(three[:1], by=giver)
    text = desk.post(place(programme), typed(programme, row1_hold_seconds=700, row1_cue="For Mr Smith", give=1)).text
    assert "less than or equal to 600" in text
    assert "it looks like a name" in text
    assert 'value="700"' in text
    assert programme.items.get().hold_seconds == 30


def test_what_is_removed_is_gone_whatever_else_is_at_fault(desk: Client, giver: User, three: list[ExercisePage]):
    programme = programme_of(three[:2], by=giver)
    calf, heel = (item.pk for item in programme.items.all())
    text = desk.post(place(programme), typed(programme, row1_hold_seconds=9999, remove=heel)).text
    assert "less than or equal to 600" in text
    assert "was changed since you chose it" not in text
    assert titles(programme) == ["Calf"]
    desk.post(place(programme), typed(programme, order=[calf], link=1))
    assert ShareLink.objects.get().items.count() == 1


@pytest.mark.parametrize("other_window", ["adds", "removes"])
def test_a_link_gives_what_this_window_showed(desk: Client, giver: User, three: list[ExercisePage], other_window: str):
    programme = programme_of(three[:2], by=giver)
    sent = typed(programme, link=1)
    if other_window == "adds":
        programme.add([ProgrammeItem.holding(three[2])])
    else:
        programme.items.last().delete()
    assert "Look at it again." in desk.post(place(programme), sent, follow=True).text
    assert not ShareLink.objects.exists()


def test_of_two_rows_of_one_exercise_each_is_told_its_own_fault(desk: Client, giver: User, three: list[ExercisePage]):
    programme = programme_of([three[0], three[0], three[1]], by=giver)
    programme.items.filter(pk=programme.items.first().pk).update(exercise_measure="moving")
    text = desk.get(place(programme)).text
    rows = text.split("data-row>")[1:]
    assert ["was changed since you chose it" in row for row in rows] == [True, False, False]


def test_all_that_a_link_is_refused_for_is_said_before(desk: Client, giver: User, three: list[ExercisePage]):
    programme = programme_of(three[:2], by=giver, weeks=2)
    long = {"hold_seconds": 600, "repetitions": 7}
    programme.items.filter(exercise=three[0]).update(from_week=5)
    programme.items.filter(exercise=three[1]).update(**long)
    text = desk.get(place(programme)).text
    assert "begins after the last week; write a week up to 2." in text
    programme.items.update(from_week=None, **long, sets=2)
    assert "One session would take" in desk.get(place(programme)).text


def test_what_is_at_fault_begins_nothing(desk: Client):
    assert "Correct what is marked first." in desk.post(NEW, {"weeks": 99}).text
    assert not Programme.objects.exists()


def test_what_a_rule_refuses_is_said_at_the_row_and_no_link_is_made(
    desk: Client, giver: User, three: list[ExercisePage]
):
    limit = {"dose_figure": "hold_seconds", "dose_least": 1, "dose_most": 20}
    factories.note_at(NoteTarget(page=three[1]), text="Hold it shortly.", **limit)
    programme = programme_of(three, by=giver)
    rows = desk.get(place(programme)).text.split("data-row>")[1:]
    assert ["Choose from 1 to 20." in row for row in rows] == [False, True, False]
    answer = desk.post(place(programme), typed(programme, link=1), follow=True)
    assert "Choose from 1 to 20." in answer.text
    assert not ShareLink.objects.exists()


def test_it_is_given_at_once_or_after_a_look_and_is_then_closed(desk: Client, giver: User, three: list[ExercisePage]):
    programme = programme_of(three, by=giver)
    looked = desk.post(place(programme), typed(programme, give=1), follow=True)
    assert "What the patient will see" in looked.text
    assert "Your exercises" in looked.text
    answer = desk.post(place(programme), typed(programme, row1_hold_seconds=45, row1_side="left", link=1))
    found = re.search(r'value="(http://testserver/s/[\w-]{43}/)"', answer.text)
    assert found is not None
    assert "no-store" in answer["Cache-Control"]
    assert "Hold 45 seconds, 2 times on the left" in Client().get(found[1]).text
    assert desk.get(place(programme))["Location"] == reverse("sharing_link", args=[ShareLink.objects.get().pk])
    assert desk.get(place(programme, "sharing_programme_give")).status_code == 302
    listed = desk.get(reverse("sharing_links")).text
    assert "Programme for one patient" in listed
    assert "Calf: Hold 45 seconds, 2 times on the left; Heel: Hold 30 seconds, 2 times each side" in listed
    mark = ShareLink.objects.get().mark
    searched = [desk.get(f"{reverse('sharing_links_results')}?q={asked}").text for asked in (mark, "Z9 Nowhere")]
    assert [mark in text for text in searched] == [True, False]
    assert desk.get(reverse("sharing_link", args=[ShareLink.objects.get().pk])).status_code == 200
    assert "1 programme for one patient" in desk.get(reverse("sharing_links_revoke")).text


def test_az2_nobody_opens_what_a_colleague_has_begun(client: Client, giver: User, three: list[ExercisePage]):
    programme = programme_of(three, by=giver)
    colleague = factories.UserFactory.create()
    colleague.groups.add(Group.objects.get(name="Practitioners"))
    client.force_login(colleague)
    for name in ("sharing_programme", "sharing_programme_give"):
        assert client.get(place(programme, name)).status_code == 404
        assert client.post(place(programme, name), {"link": 1}).status_code == 404


def test_what_is_not_published_cannot_be_added(desk: Client, three: list[ExercisePage]):
    Page.objects.filter(pk=three[0].pk).update(live=False)
    for key in (three[0].pk, 10**9, "x"):
        desk.post(NEW, {"add": key})
    assert not Programme.objects.filter(items__isnull=False).exists()


def test_the_number_of_queries_does_not_grow_with_it(desk: Client, giver: User):
    index = ExerciseIndexPage.objects.get()
    more = [index.add_child(instance=factories.draft_exercise(slug=f"e-{number}")) for number in range(12)]
    counts = []
    for size in (4, 12):
        programme = programme_of(more[:size], by=giver)
        desk.get(place(programme))
        with CaptureQueriesContext(connection) as looking:
            assert desk.get(place(programme)).status_code == 200
        with CaptureQueriesContext(connection) as saving:
            assert desk.post(place(programme), typed(programme)).status_code == 302
        counts.append((len(looking), len(saving)))
    assert counts[0] == counts[1]


def shown(desk: Client, programme: Programme) -> dict[str, Any]:
    """What a window that is opened now would send: every field as it stands, and what it was shown."""
    context = desk.get(place(programme)).context
    sent: dict[str, Any] = {"order": [form.row.pk for form, _said in context["rows"]], "weeks": ""}
    for form, _said in context["rows"]:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                sent |= {bound.html_name: value}
            sent |= {bound.html_initial_name: "" if value is None else value}
    return sent


def test_what_another_window_saved_is_neither_lost_nor_overwritten_unasked(
    desk: Client, giver: User, three: list[ExercisePage]
):
    programme = programme_of(three, by=giver)
    first, second = programme.items.all()[:2]
    early, late = shown(desk, programme), shown(desk, programme)
    assert desk.post(place(programme), {**early, f"item-{first.pk}-hold_seconds": 35}).status_code == 302
    # The later window changes another row, and knows nothing of the first change: both stand.
    assert desk.post(place(programme), {**late, f"item-{second.pk}-repetitions": 9}).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.hold_seconds, second.repetitions) == (35, 9)
    # It changes the same figure: it is told what stands there, and only then is its own word taken.
    late[f"item-{first.pk}-hold_seconds"] = 20
    answer = desk.post(place(programme), late)
    assert "Another window saved “35” here meanwhile" in answer.content.decode()
    first.refresh_from_db()
    assert first.hold_seconds == 35
    form = answer.context["rows"][0][0]
    again = {bound.html_initial_name: form.data[bound.html_initial_name] for bound in form}
    assert desk.post(place(programme), {**late, **again}).status_code == 302
    first.refresh_from_db()
    assert first.hold_seconds == 20


def test_a_condition_and_the_weeks_of_another_window_stay(
    desk: Client, giver: User, three: list[ExercisePage], condition: Condition
):
    programme = programme_of(three, by=giver)
    page = desk.get(place(programme)).content.decode()
    assert 'name="initial-weeks"' in page
    as_shown = {**typed(programme), "initial-weeks": "", "weeks": ""}
    assert desk.post(place(programme), {**as_shown, "conditions": [condition.pk], "weeks": 6}).status_code == 302
    assert desk.post(place(programme), as_shown).status_code == 302  # a window from before knows of neither
    programme.refresh_from_db()
    assert (set(programme.conditions), programme.weeks) == ({condition.pk}, 6)
    assert 'name="initial-conditions"' in desk.get(place(programme)).content.decode()
    now_shown = {**as_shown, "initial-weeks": 6, "initial-conditions": [condition.pk]}
    assert desk.post(place(programme), now_shown).status_code == 302  # this one was shown both, and takes them away
    programme.refresh_from_db()
    assert (set(Programme.objects.get(pk=programme.pk).conditions), programme.weeks) == (set(), None)


@pytest.mark.parametrize("button", ["link", "give"])
def test_a_condition_chosen_with_the_same_press_is_judged_before_a_link_is_made(
    desk: Client, giver: User, three: list[ExercisePage], condition: Condition, button: str
):
    programme = programme_of(three, by=giver)
    SafetyNote.objects.filter(targets__condition=condition).update(live=False)
    shown = {"initial-weeks": "", "weeks": ""}
    answer = desk.post(place(programme), typed(programme, conditions=condition.pk, **shown, **{button: 1}), follow=True)
    assert "has no red flag of its own" in answer.content.decode()
    assert not ShareLink.objects.exists()


def test_any_figure_may_become_a_range(desk: Client, giver: User, three: list[ExercisePage]):
    programme = programme_of(three[:1], by=giver)
    (item,) = programme.items.all()
    desk.post(place(programme), {**shown(desk, programme), f"item-{item.pk}-hold_seconds_most": 45})
    item.refresh_from_db()
    assert (item.hold_seconds, item.hold_seconds_most) == (30, 45)


def test_what_was_given_leads_to_its_link(desk: Client, giver: User, three: list[ExercisePage]):
    """Its one answer is gone after a reload, and a second window still shows the screen."""
    programme = programme_of(three[:1], by=giver)
    assert desk.post(place(programme), {**shown(desk, programme), "link": "1"}).status_code == 200
    link = ShareLink.objects.get()
    for answer in (
        desk.get(place(programme)),
        desk.post(place(programme), {"link": "1"}),
        desk.get(place(programme, "sharing_programme_give")),
    ):
        assert answer.status_code == 302
        assert answer["Location"] == reverse("sharing_link", args=[link.pk])
    assert ShareLink.objects.count() == 1


def test_template_is_asked_for_its_name(desk: Client, giver: User, three: list[ExercisePage]):
    programme = programme_of(three[:1], by=giver)
    answer = desk.post(place(programme), {**shown(desk, programme), "keep": "1", "kept_as": " "}, follow=True)
    assert "Write a name for the template first" in answer.content.decode()
    assert not Programme.objects.exclude(kept_as="").exists()


def test_a_warm_up_is_placed_first_and_the_refusal_adds_one(desk: Client, giver: User, three: list[ExercisePage]):
    """E3.9 d: what is refused says in a few words what to do, and does it."""
    factories.note_at(NoteTarget(page=three[0]), text="Warm up first.", needs_warm_up=True)
    programme = programme_of(three[:1], by=giver)
    words = "Put a warm-up first: a safety note asks for one."
    assert len(words.split()) <= 12
    text = desk.get(place(programme)).text
    assert words in text
    assert 'name="warm_up"' in text
    none = desk.post(place(programme), typed(programme, warm_up=1), follow=True).text
    assert "No warm-up for these body regions is published." in none
    index = ExerciseIndexPage.objects.get()
    for slug, region in {"arms": "shoulder", "march": "lower_leg", "skip": "lower_leg"}.items():
        fields = {"title": slug.title(), "slug": slug, "kind": "warm_up", "body_regions": [region]}
        index.add_child(instance=factories.draft_exercise(**fields))
    added = desk.post(place(programme), typed(programme, warm_up=1), follow=True).text
    assert titles(programme) == ["March", "Calf"]
    assert programme.items.first().phase == "warm_up"
    assert words not in added
    skip = ExercisePage.objects.get(slug="skip")
    desk.post(place(programme), {**typed(programme, add=skip.pk), **first_is_warm_up(programme)})
    assert titles(programme) == ["March", "Skip", "Calf"], "behind the warm-up that is there"


def first_is_warm_up(programme: Programme) -> dict[str, Any]:
    return {f"item-{programme.items.first().pk}-phase": "warm_up"}


def test_what_was_begun_is_named_by_its_first_exercises(desk: Client, giver: User, three: list[ExercisePage]):
    programme_of(three, by=giver)
    assert ">Calf, Heel</a>: 3 exercises, " in desk.get(NEW).text


def test_a_line_that_belongs_elsewhere_is_refused_at_its_row(desk: Client, giver: User, three: list[ExercisePage]):
    sciatica = factories.ConditionFactory.create(name="Sciatica", slug="sciatica", aliases="hip nerve pain")
    ExerciseCondition.objects.create(content_object=three[0], tag=sciatica)
    # A name that is on no page yet has been reviewed by nobody, and refuses nobody's words.
    factories.ConditionFactory.create(name="Left side", slug="left-side")
    programme = programme_of(three, by=giver)
    lines = {"row1_cue": "Hold 60 seconds", "row2_cue": "For your hip nerve pain", "row3_cue": "Left side first"}
    answer = desk.post(place(programme), typed(programme, **lines, link=1), follow=True)
    rows = answer.text.split("data-row>")[1:]
    assert ["Take out “" in row for row in rows] == [True, True, False]
    assert "“60 seconds”: “Hold (seconds)” says something else." in rows[0]
    assert "a patient’s page names no complaint" in rows[1]
    assert not ShareLink.objects.exists()
