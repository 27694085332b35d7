"""What a programme begins with, and what may be made of it: routines, templates, an earlier link, a draft."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clinical.models import Condition, User
from exercises.models import ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from sharing.models import Programme, ShareLink
from sharing.models.programmes import MOST_ITEMS
from sharing.models.sources import keep_as_template
from testing import factories
from testing.programmes import programme_of
from tests.built_once import built_once
from tests.sharing.test_basket import NEW, place, titles, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _groups(set_up_site: None, db: None) -> None:
    """Every site has them."""


def practitioner(name: str) -> User:
    account = factories.UserFactory.create(username=name)
    account.groups.add(Group.objects.get(name="Practitioners"))
    return account


@pytest.fixture
@built_once
def giver() -> User:
    """A practitioner."""
    return practitioner("giver")


@pytest.fixture
@built_once
def routine(condition: Condition) -> RoutinePage:
    """A live routine of two exercises, one with a cue and a dose of its own."""
    index = factories.ExerciseIndexPageFactory._meta.model.objects.get()
    exercises = [index.add_child(instance=factories.draft_exercise(slug=slug, title=slug)) for slug in ("calf", "heel")]
    draft = factories.draft_routine(exercises, [condition], title="Calves", slug="calves")
    first = draft.items.all()[0]
    first.hold_seconds, first.cue, first.phase = 50, "Tip from the hips.", "warm_up"
    factories.approve(draft)
    return RoutineIndexPage.objects.get().add_child(instance=draft)


@pytest.fixture
def desk(client: Client, giver: User) -> Client:
    """The practitioner, signed in."""
    client.force_login(giver)
    return client


def rows(programme: Programme) -> list[tuple[Any, ...]]:
    return list(programme.items.values_list("exercise__title", "phase", "side", "hold_seconds", "cue"))


def test_a_whole_routine_comes_with_its_doses_its_cues_and_what_it_is_for(
    desk: Client, routine: RoutinePage, condition: Condition
):
    assert "Add Calves" in desk.get(f"{NEW}?from=routines&q=calves").text
    desk.post(NEW, {"add_routine": routine.pk})
    programme = Programme.objects.get()
    assert rows(programme) == [
        ("calf", "warm_up", "each", 50, "Tip from the hips."),
        ("heel", "main", "each", 30, ""),
    ]
    assert list(programme.conditions) == [condition.pk]
    desk.post(place(programme), typed(programme, conditions=condition.pk, add_routine=routine.pk))
    assert titles(programme) == ["calf", "heel"] * 2
    assert list(Programme.objects.get().conditions) == [condition.pk]


def test_recently_used_are_those_of_my_own_links(desk: Client, giver: User, routine: RoutinePage):
    factories.link_to(routine)
    assert 'aria-label="Add ' not in desk.get(f"{NEW}?from=recent").text
    factories.link_to(programme_of([ExercisePage.objects.get(slug="heel")], by=giver), giver)
    for asked in ("from=recent", "from=recent&q=heel"):
        assert re.findall(r'aria-label="Add (\w+)"', desk.get(f"{NEW}?{asked}").text) == ["heel"]


def test_a_follow_up_begins_with_what_was_given(desk: Client, giver: User, routine: RoutinePage, condition: Condition):
    programme = programme_of([ExercisePage.objects.get(slug="heel")], [condition], giver, weeks=6)
    programme.items.update(hold_seconds=45, cue="Only to the first pull.", side="left")
    link, _token = factories.link_to(programme, giver, note="Well done.", sessions_per_day=3)
    answer = desk.post(reverse("sharing_link", args=[link.pk]), {"follow_up": 1})
    again = Programme.objects.begun_by(giver).get()
    assert answer["Location"] == place(again)
    assert rows(again) == [("heel", "main", "left", 45, "Only to the first pull.")]
    assert (again.weeks, again.sessions_per_day, list(again.conditions)) == (6, 3, [condition.pk])
    of_routine, _token = factories.link_to(routine, giver)
    desk.post(reverse("sharing_link", args=[of_routine.pk]), {"follow_up": 1})
    assert titles(Programme.objects.begun_by(giver).first()) == ["calf", "heel"]


def test_az2_nobody_follows_up_a_colleagues_link(desk: Client, routine: RoutinePage):
    link, _token = factories.link_to(routine)
    assert desk.post(reverse("sharing_link", args=[link.pk]), {"follow_up": 1}).status_code == 404
    assert not Programme.objects.exists()


def test_a_template_keeps_doses_and_never_a_line(desk: Client, giver: User, routine: RoutinePage):
    programme = programme_of(
        [ExercisePage.objects.get(slug="heel")], by=giver, items={"cue": "Slowly.", "side": "left"}
    )
    sent = typed(programme, row1_hold_seconds=20, row1_cue="Slowly.", kept_as="Heels", keep=1)
    desk.post(place(programme), sent)
    template = Programme.objects.kept_for(giver).get()
    assert rows(template) == [("heel", "main", "left", 20, "")]
    assert desk.get(place(template)).status_code == 404
    desk.post(NEW, {"add_template": template.pk})
    assert rows(Programme.objects.begun_by(giver).first()) == rows(template)
    client = Client()
    client.force_login(practitioner("colleague"))
    assert "Heels" not in client.get(f"{NEW}?from=templates").text
    keep_as_template(programme, "Heels of all", is_for_everybody=True)
    text = client.get(f"{NEW}?from=templates").text
    assert ("Add Heels of all" in text, "Delete the template" in text) == (True, False)
    client.post(NEW, {"forget": Programme.objects.get(kept_as="Heels of all").pk})
    assert Programme.objects.filter(kept_as="Heels of all").exists()


def test_pd2_the_name_of_a_template_is_nobodys(desk: Client, giver: User, routine: RoutinePage):
    programme = programme_of([ExercisePage.objects.get(slug="heel")], by=giver)
    answer = desk.post(place(programme), typed(programme, kept_as="For Mr Smith", keep=1), follow=True)
    assert "it looks like a name" in answer.text
    assert not Programme.objects.exclude(kept_as="").exists()
    with pytest.raises(ValidationError):
        factories.link_to(keep_as_template(programme, "Heels", is_for_everybody=False))


def test_a_routine_is_made_of_it_as_a_draft_without_lines(
    desk: Client, giver: User, routine: RoutinePage, condition: Condition
):
    programme = programme_of([ExercisePage.objects.get(slug="heel")], [condition], giver)
    answer = desk.post(place(programme), typed(programme, row1_cue="Slowly.", conditions=condition.pk, routine=1))
    draft = RoutinePage.objects.exclude(pk=routine.pk).get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert (draft.live, draft.author, draft.items.get().cue) == (False, giver, "")
    assert draft.condition_uses.get().tag == condition
    assert desk.get(answer["Location"]).status_code == 200
    assert not ShareLink.objects.exists()


def test_a_programme_is_never_too_long(desk: Client, giver: User, routine: RoutinePage):
    programme = programme_of([ExercisePage.objects.get(slug="heel")] * (MOST_ITEMS - 1), by=giver)
    answer = desk.post(place(programme), typed(programme, add_routine=routine.pk), follow=True)
    assert f"at most {MOST_ITEMS} exercises" in answer.text
    assert programme.items.count() == MOST_ITEMS - 1
