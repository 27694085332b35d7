"""The list of a practitioner's links: what is wrong with each in words, found by label, page and exercise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinical.models import Condition, NoteTarget, User
from clinical.withdrawal import withdrawing
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from sharing.models import ShareLink
from sharing.models.standing import marks_of
from testing import factories
from testing.programmes import programme_of
from tests.built_once import built_once

pytestmark = pytest.mark.django_db


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
    """Three live exercises of different regions."""
    index, named = ExerciseIndexPage.objects.get(), {"calf": "lower_leg", "heel": "foot", "neck": "neck"}
    return [
        index.add_child(instance=factories.draft_exercise(title=slug.title(), slug=slug, body_regions=[region]))
        for slug, region in named.items()
    ]


@pytest.fixture
def routine(three: list[ExercisePage], condition: Condition) -> RoutinePage:
    """A live routine of the three."""
    draft = factories.draft_routine(three, [condition], title="Standing routine", slug="standing")
    return RoutineIndexPage.objects.get().add_child(instance=draft)


@pytest.fixture
def desk(client: Client, giver: User, three: list[ExercisePage]) -> Client:
    """The practitioner, signed in."""
    client.force_login(giver)
    return client


def marks(link: ShareLink) -> list[str]:
    """What the list says of a link."""
    return [mark.words for mark in marks_of([ShareLink.objects.for_list().get(pk=link.pk)])[link.pk]]


def shown(desk: Client, **asked: Any) -> list[int]:
    """The links a list shows, by their numbers."""
    return [link.pk for link in desk.get(reverse("sharing_links"), asked).context["object_list"]]


def end_all(desk: Client, **asked: Any) -> None:
    """What the button of the list does, after its question."""
    address = reverse("sharing_links_revoke", query=asked)
    desk.post(address, {"shown": desk.get(address).context["shown"]})


def test_every_link_says_what_is_wrong_with_it(desk: Client, giver: User, three: list[ExercisePage]):
    well = factories.link_to(programme_of(three[1:], by=giver), giver).link
    taken = factories.link_to(programme_of(three, by=giver), giver).link
    asked = factories.link_to(programme_of(three[1:2], by=giver), giver).link
    soon = factories.link_to(programme_of(three[2:], by=giver), giver, days=3).link
    ended = factories.link_to(programme_of(three[2:], by=giver), giver).link
    ended.revoke(giver)
    withdrawing.withdraw(three[0], by=giver, reason="It hurt.")
    limit = {"dose_figure": "hold_seconds", "dose_least": 1, "dose_most": 20}
    factories.note_at(NoteTarget(page=three[1]), text="Hold it shortly.", **limit)
    assert marks(taken) == ["An exercise was taken out (Calf)", "Asked about: Heel"]
    assert marks(asked) == marks(well) == ["Asked about: Heel"]
    ExercisePage.objects.filter(pk=three[2].pk).update(review_due=timezone.localdate() - timedelta(days=91))
    assert marks(soon) == ["Review overdue: Neck", "Ends in 3 days"]
    assert marks(ended) == ["Revoked"]
    text = desk.get(reverse("sharing_links")).text
    for link in (well, taken, asked, soon, ended):
        one = desk.get(reverse("sharing_link", args=[link.pk])).text
        for words in marks(link):
            assert f"<span>{words}</span>" in text
            assert f"<span>{words}</span>" in one


def test_practitioner_is_told_what_of_their_note_a_patient_no_longer_reads(
    desk: Client, giver: User, three: list[ExercisePage]
):
    ExercisePage.objects.update(pain_most=3)
    link = factories.link_to(programme_of(three[:1], by=giver), giver).link
    address, told = reverse("sharing_link", args=[link.pk]), "allows less pain than when this was given"
    ShareLink.objects.update(note="Pain up to 3 of 10 is fine. Ring me on Friday.")
    assert told not in desk.get(address).text
    ExercisePage.objects.update(pain_most=0)
    text = desk.get(address).text
    assert told in text
    assert "“Ring me on Friday.”" in text
    ShareLink.objects.update(note="Pain up to 3 of 10 is fine.")
    assert "nothing of it is left." in desk.get(address).text


def test_it_says_of_a_link_what_its_page_says(
    desk: Client, giver: User, three: list[ExercisePage], routine: RoutinePage
):
    """The list asks for all links together, a page for itself: both judge alike."""
    note = {"text": "Walk first.", "needs_warm_up": True}
    links = [
        factories.link_to(given, giver).link
        for given in (programme_of(three, by=giver), programme_of(three[1:], by=giver), routine)
    ]
    factories.note_at(NoteTarget(page=three[0]), **note)
    factories.note_at(NoteTarget(region="neck"), text="A", dose_figure="repetitions", dose_least=5, dose_most=9)
    factories.note_at(NoteTarget(everywhere=True), text="B", dose_figure="hold_seconds", dose_least=5, dose_most=99)
    found = marks_of(list(ShareLink.objects.for_list()))
    for link in links:
        sheet = ShareLink.objects.get(pk=link.pk).shared_sheet().sheet
        told = [f"Asked about: {', '.join(sheet.ask_about)}"] if sheet.ask_about else ["Live"]
        assert [mark.words for mark in found[link.pk]] == told
    assert found[links[0].pk][0].words == "Asked about: Calf, Neck"


def test_a_link_is_found_by_label_routine_and_exercise(
    desk: Client, giver: User, three: list[ExercisePage], routine: RoutinePage
):
    calf = factories.link_to(programme_of(three[:1], by=giver), giver).link
    neck = factories.link_to(programme_of(three[2:], by=giver), giver).link
    of_routine = factories.link_to(routine, giver).link
    assert shown(desk, q=calf.mark) == [calf.pk]
    assert shown(desk, q=calf.label) == [calf.pk]
    assert shown(desk, q="neck") == [of_routine.pk, neck.pk]
    assert shown(desk, q="standing") == [of_routine.pk]
    assert neck.pk in shown(desk, q=f"{neck.mark.split()[0]} neck")
    assert shown(desk, q="nowhere") == []
    assert "No link is found." in desk.get(reverse("sharing_links"), {"q": "nowhere"}).text
    # What the button of the list ends is what the list shows.
    end_all(desk, q=calf.mark)
    assert list(ShareLink.objects.filter(revoked_at__isnull=True).order_by("pk")) == [neck, of_routine]


def test_what_needs_attention_is_found(desk: Client, giver: User, three: list[ExercisePage]):
    assert "No links yet." in desk.get(reverse("sharing_links")).text
    well = factories.link_to(programme_of(three[1:], by=giver), giver).link
    taken = factories.link_to(programme_of(three, by=giver), giver).link
    soon = factories.link_to(programme_of(three[2:], by=giver), giver, days=3).link
    withdrawing.withdraw(three[0], by=giver, reason="It hurt.")
    assert shown(desk, state="attention") == [soon.pk, taken.pk]
    assert shown(desk, state="live") == [soon.pk, taken.pk, well.pk]


def test_what_needs_attention_is_looked_for_among_what_else_was_asked_for(
    client: Client, giver: User, three: list[ExercisePage], routine: RoutinePage, monkeypatch: pytest.MonkeyPatch
):
    manager = factories.UserFactory.create(is_superuser=True)
    own = factories.link_to(programme_of(three, by=manager), manager, days=3).link
    factories.link_to(routine, giver, days=3)
    newest = factories.link_to(programme_of(three[1:], by=giver), giver, days=3).link
    monkeypatch.setattr("sharing.views.link_list.MOST_JUDGED", 1)
    client.force_login(manager)
    assert shown(client, state="attention") == [newest.pk]
    assert shown(client, state="attention", whose="mine") == [own.pk]
    assert shown(client, state="attention", q=own.mark) == [own.pk]
    said = "Only the newest 1 links that open were looked at."
    assert said in client.get(reverse("sharing_links"), {"state": "attention"}).text
    assert said not in client.get(reverse("sharing_links"), {"state": "attention", "whose": "mine"}).text


def test_sl6_only_what_was_shown_is_revoked(desk: Client, giver: User, routine: RoutinePage):
    asked = factories.link_to(routine, giver, days=3).link
    others = factories.link_to(routine).link
    keys = desk.get(reverse("sharing_links_revoke"), {"state": "attention"}).context["shown"]
    assert keys == str(asked.pk)
    factories.link_to(routine, giver, days=3)
    desk.post(reverse("sharing_links_revoke", query={"state": "attention"}), {"shown": f"{keys},{others.pk},x,"})
    assert list(ShareLink.objects.exclude(revoked_at=None)) == [asked]


def test_the_queries_of_the_list_do_not_grow_with_it(
    desk: Client, giver: User, three: list[ExercisePage], routine: RoutinePage, condition: Condition
):
    counts = []
    for more in (1, 6):
        for _number in range(more):
            factories.link_to(programme_of(three, [condition], giver), giver)
            factories.link_to(routine, giver)
        for asked in ({}, {"state": "attention"}, {"q": "calf"}):
            desk.get(reverse("sharing_links"), asked)
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(reverse("sharing_links"), asked).status_code == 200
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
