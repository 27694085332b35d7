"""What a programme begins with, and what may be made of it: routines, templates, an earlier link, a draft."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clinical.models import AuditEntry, Condition, NoteTarget, User
from exercises.models import ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from sharing.models import Programme, ShareLink, ShareLinkItem
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


@pytest.mark.parametrize("is_ended", [True, False])
def test_a_follow_up_ends_the_earlier_link_where_that_is_ticked(
    desk: Client, giver: User, routine: RoutinePage, is_ended: bool
):
    earlier, token = factories.link_to(programme_of([ExercisePage.objects.get(slug="heel")], by=giver), giver)
    desk.post(reverse("sharing_link", args=[earlier.pk]), {"follow_up": 1})
    again = Programme.objects.begun_by(giver).get()
    give = place(again, "sharing_programme_give")
    text = desk.get(give).text
    words = f"End the earlier link {earlier.label}"
    assert (words in text, is_ticked(text)) == (True, True)
    assert f"Follows {earlier.label}." in text
    name = f"exercise-1-{again.items.get().exercise_id}"
    sent = {f"{name}-is_given": "on", f"{name}-hold_seconds": 30, f"{name}-repetitions": 2, f"{name}-sets": 1}
    sent |= {"sessions_per_day": 1, "days_per_week": 7, "days": 90, **({"ends_earlier": "on"} if is_ended else {})}
    refused = desk.post(give, {**sent, "days": 999})
    assert "No link was made." in refused.text
    assert Client().get(reverse("shared", args=[token])).status_code == 200
    once = desk.post(give, sent).text
    assert (words in once) is not is_ended, "one click ends it afterwards"
    newer = ShareLink.objects.get(programme=again)
    assert f"follows {earlier.label}" in desk.get(reverse("sharing_links")).text
    assert f"follows {earlier.label}" in desk.get(reverse("sharing_link", args=[newer.pk])).text
    earlier.refresh_from_db()
    assert earlier.replaced_by == (newer if is_ended else None)
    assert AuditEntry.objects.filter(action="link_replaced", content_key=earlier.content_key).exists() is is_ended
    assert Client().get(reverse("shared", args=[token])).status_code == (410 if is_ended else 200)


def test_a_follow_up_with_other_exercises_alone_leaves_the_earlier_link_as_it_is(
    desk: Client, giver: User, routine: RoutinePage
):
    heel, calf = (ExercisePage.objects.get(slug=slug) for slug in ("heel", "calf"))
    earlier, _token = factories.link_to(programme_of([heel], by=giver), giver)
    desk.post(reverse("sharing_link", args=[earlier.pk]), {"follow_up": 1})
    again = Programme.objects.begun_by(giver).get()
    again.items.update(exercise=calf)
    assert not is_ticked(desk.get(place(again, "sharing_programme_give")).text)


def test_a_follow_up_made_at_once_ends_the_earlier_link_too_and_says_so(
    desk: Client, giver: User, routine: RoutinePage
):
    earlier, token = factories.link_to(programme_of([ExercisePage.objects.get(slug="heel")], by=giver), giver)
    desk.post(reverse("sharing_link", args=[earlier.pk]), {"follow_up": 1})
    again = Programme.objects.begun_by(giver).get()
    assert f"It ends the earlier link {earlier.label}" in desk.get(place(again)).text
    once = desk.post(place(again), typed(again, link="1")).text
    assert f"The earlier link {earlier.label} ended with this one" in once
    assert Client().get(reverse("shared", args=[token])).status_code == 410


def is_ticked(text: str) -> bool:
    """Whether the earlier link would end, if nothing were changed."""
    return "checked" in text.partition('name="ends_earlier"')[2].partition(">")[0]


def test_what_begins_with_a_routine_is_done_as_often_and_as_long(desk: Client, giver: User, routine: RoutinePage):
    RoutinePage.objects.update(days_per_week=3, weeks=6)
    desk.post(NEW, {"add_routine": routine.pk})
    programme = Programme.objects.get()
    assert (programme.days_per_week, programme.weeks) == (3, 6)
    template = keep_as_template(programme, "Calves", is_for_everybody=False)
    begun_with_one = programme_of([ExercisePage.objects.get(slug="heel")], by=giver)
    desk.post(place(begun_with_one), typed(begun_with_one, add_template=template.pk))
    begun_with_one.refresh_from_db()
    assert (begun_with_one.days_per_week, begun_with_one.weeks) == (7, None)
    desk.post(NEW, {"add_template": template.pk})
    taken = Programme.objects.begun_by(giver).first()
    assert taken is not None
    assert (taken.days_per_week, taken.weeks) == (3, 6)


def test_what_hangs_on_the_routine_itself_is_not_lost_unsaid(desk: Client, giver: User, routine: RoutinePage):
    link, _token = factories.link_to(routine, giver)
    RoutinePage.objects.update(check_first_if="You are pregnant.")
    assert "as a whole asks to check first" in desk.post(NEW, {"add_routine": routine.pk}, follow=True).text
    factories.note_at(NoteTarget(page=routine), text="Stop where it tingles.")
    for address, asked in (
        (NEW, {"add_routine": routine.pk}),
        (reverse("sharing_link", args=[link.pk]), {"follow_up": 1}),
    ):
        assert "has safety notes of its own" in desk.post(address, asked, follow=True).text
    assert Programme.objects.filter(items__isnull=False).distinct().count() == 1


def test_a_follow_up_takes_what_it_can_and_says_what_it_cannot(desk: Client, giver: User, routine: RoutinePage):
    heel = ExercisePage.objects.get(slug="heel")
    programme = programme_of([heel] * 2, by=giver)
    link, _token = factories.link_to(programme, giver)
    gone, kept = link.items.all()
    ShareLinkItem.objects.filter(pk=gone.pk).update(repetitions=1, rest_between_seconds=5)
    ShareLinkItem.objects.filter(pk=kept.pk).update(cue="For Mr Smith")
    text = desk.post(reverse("sharing_link", args=[link.pk]), {"follow_up": 1}, follow=True).text
    assert "Not taken along: “heel”." in text
    assert rows(Programme.objects.begun_by(giver).get()) == [("heel", "main", "each", 30, "")]


def test_az2_whoever_sees_all_links_follows_up_their_own_alone(client: Client, giver: User, routine: RoutinePage):
    manager = practitioner("manager")
    manager.user_permissions.add(Permission.objects.get(codename="change_sharelink"))
    link, _token = factories.link_to(routine, giver)
    client.force_login(manager)
    address = reverse("sharing_link", args=[link.pk])
    assert "Follow up" not in client.get(address).text
    client.post(address, {"follow_up": 1})
    assert not Programme.objects.exists()


def test_no_template_is_kept_for_ever(client: Client, giver: User, routine: RoutinePage):
    programme = programme_of([ExercisePage.objects.get(slug="heel")], by=giver)
    manager = practitioner("manager")
    manager.user_permissions.add(Permission.objects.get(codename="change_sharelink"))
    client.force_login(manager)
    template = keep_as_template(programme, "Heels", is_for_everybody=False)
    client.post(NEW, {"forget": template.pk})
    assert Programme.objects.filter(pk=template.pk).exists()
    User.objects.filter(pk=giver.pk).update(is_active=False)
    assert "Delete the template" in client.get(f"{NEW}?from=templates").text
    client.post(NEW, {"forget": template.pk})
    assert not Programme.objects.filter(pk=template.pk).exists()


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
