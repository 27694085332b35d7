"""An exercise that is done in some weeks only says so wherever its dose is said, and is followed when it is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from exercises.dosage import Dosage
from routines.item_weeks import ItemWeeks
from routines.models import RoutineItem, RoutinePage
from routines.outputs.handout import handout_data
from routines.outputs.paper import Paper
from sharing.models import ShareLink, ShareLinkItem
from testing import factories
from tests.clinical.publishing.test_constraints import refused
from tests.dosage_examples import places
from tests.pure_examples import item, routine_sheet

PAPER = Paper(address="https://stretch.example/routines/back/", printed_on=date(2026, 11, 21), site_name="Stretchsite")
SAID = "Hold 30 seconds, 2 times each side, from week 4"


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        ((None, None), ""),
        ((4, None), "from week 4"),
        ((None, 3), "until week 3"),
        ((2, 5), "in weeks 2 to 5"),
        ((3, 3), "in week 3"),
    ],
)
def test_weeks_are_said(weeks: tuple[int | None, int | None], words: str):
    assert ItemWeeks(*weeks).words == words


@pytest.mark.parametrize(("week", "due"), [(None, True), (1, False), (2, True), (5, True), (6, False)])
def test_an_item_is_due_in_its_weeks_and_where_nobody_knows_the_week(week: int | None, due: bool):
    assert ItemWeeks(2, 5).include(week) is due


def test_minutes_are_those_of_the_longest_week_or_of_the_week_it_is():
    items = [item(1, weeks=ItemWeeks(None, 2)), item(2, weeks=ItemWeeks(3)), item(3)]
    each = items[0].seconds + 10
    assert routine_sheet(*items).total_seconds == 2 * each
    assert routine_sheet(*items, week=3).total_seconds == 2 * each
    both = (item(1, weeks=ItemWeeks(2)), item(2))
    assert [routine_sheet(*both, week=week).total_seconds for week in (None, 1, 2)] == [2 * each, each, 2 * each]


@pytest.mark.parametrize(
    ("week", "words"),
    [
        (None, ""),
        (1, "Nothing is due this week. It goes on in week 2."),
        (2, ""),
        (4, "Nothing is due any more: its weeks are over. Ask whoever gave it to you how to go on."),
    ],
)
def test_a_week_in_which_nothing_is_due_is_said_plainly(week: int | None, words: str):
    sheet = routine_sheet(item(weeks=ItemWeeks(2, 3)), week=week)
    assert sheet.nothing_due == words
    assert (sheet.minutes_words == "nothing is due") is bool(words)


def test_weeks_stand_before_how_it_should_feel_and_on_paper():
    sheet = routine_sheet(
        item(dosage=Dosage(hold_seconds=30, repetitions=2, intensity_cue="A mild pull"), weeks=ItemWeeks(4))
    )
    assert sheet.items[0].dosage_words == f"{SAID}. A mild pull"
    (printed,) = handout_data(sheet, PAPER)["items"]
    assert printed["dose"] == f"{SAID}."


@pytest.mark.django_db
def test_weeks_that_make_no_sense_are_never_stored(routine: RoutinePage):
    for weeks in ({"from_week": 0}, {"to_week": 53}, {"from_week": 4, "to_week": 3}):
        with refused():
            RoutineItem.objects.update(**weeks)


@pytest.mark.django_db
def test_an_item_that_begins_after_the_routine_is_refused(routine: RoutinePage):
    RoutinePage.objects.update(weeks=3, weeks_most=None)
    RoutineItem.objects.update(from_week=4)
    (told,) = RoutinePage.objects.get().clinical_refusal()["items"]
    assert "begins after the last week; write a week up to 3" in told


@pytest.mark.django_db
def test_weeks_are_on_every_page_and_frozen_by_a_link_that_knows_the_week(routine: RoutinePage, client: Client):
    RoutineItem.objects.update(from_week=4)
    for place in places(client.get(routine.url).content.decode()):
        assert "from week 4" in place
    data = client.get(f"{routine.url}sheet.json").json()
    assert (data["week"], data["items"][0]["from_week"], data["items"][0]["to_week"]) == (None, 4, None)
    link, token = factories.link_to(RoutinePage.objects.get())
    assert ShareLinkItem.objects.get().from_week == 4
    ShareLink.objects.update(created_at=timezone.now() - timedelta(days=21))
    shared = client.get(f"/s/{token}/sheet.json").json()
    assert (shared["week"], shared["items"][0]["from_week"]) == (4, 4)
    assert "from week 4" in client.get(f"/s/{token}/").content.decode()
    anew = ShareLink.objects.get(pk=link.pk).replace(link.created_by)
    again = client.get(f"/s/{anew.token}/sheet.json").json()
    RoutineItem.objects.update(from_week=None, to_week=1)
    ShareLinkItem.objects.update(from_week=None, to_week=1)
    over = client.get(f"/s/{anew.token}/").content.decode()
    assert "Nothing is due any more" in over
    assert ">0 minutes" not in over
    assert 'href="follow/"' not in over
    assert (again["week"], again["began_on"]) == (4, shared["began_on"]), "a link in another's place goes on"
