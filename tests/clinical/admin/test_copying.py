"""A draft of one's own of what a colleague has live; and its form, read in the version readers see (AZ2)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale

from clinical.admin.copying import copy_of
from clinical.models import NoteTarget, PublishRefused, User
from clinical.publishing.fingerprints import fingerprint_of
from clinical.review.reviewing import approve
from clinical.withdrawal.withdrawing import concerned_as_copyists, withdraw
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from testing import factories

pytestmark = pytest.mark.django_db


def person(group: str) -> User:
    """Somebody of this group."""
    account: User = factories.UserFactory.create()
    account.groups.add(Group.objects.get(name=group))
    return account


@pytest.fixture
def home(set_up_site: None) -> tuple[ExercisePage, RoutinePage]:
    """A colleague's live exercise and routine on a site that is set up."""
    exercise = factories.draft_exercise(title="Wall calf stretch", slug="wall-calf-stretch")
    ExerciseIndexPage.objects.get().add_child(instance=exercise)
    routine = factories.draft_routine([exercise], [], title="Calves", slug="calves")
    RoutineIndexPage.objects.get().add_child(instance=routine)
    return ExercisePage.objects.get(), RoutinePage.objects.get()


@pytest.mark.parametrize("number", [0, 1], ids=["exercise", "routine"])
def test_practitioner_copies_what_is_live_and_it_is_a_draft_of_their_own(
    home: tuple[Any, Any], client: Client, number: int
):
    original, me = home[number], person("Practitioners")
    client.force_login(me)
    answer = client.post(reverse("clinical_copy", args=[original.pk]))
    copy = type(original).objects.exclude(pk=original.pk).get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert (copy.title, copy.slug) == (f"{original.title} (copy)", f"{original.slug}-copy")
    assert (copy.live, copy.owner, copy.author, copy.reviewer, copy.reviewed_on) == (False, me, me, None, None)
    assert copy.content_key != original.content_key
    assert copy.origins == str(original.content_key)
    form = client.get(answer["Location"]).content.decode()
    assert f"A copy of “{original.title}” by {original.author}" in " ".join(form.split())
    if number:
        assert [item.exercise_id for item in copy.items.all()] == [home[0].pk]
    assert type(original).objects.get(pk=original.pk).live


def test_second_copy_and_a_copy_of_a_copy_have_free_addresses_and_remember_all_they_go_back_to(home: tuple[Any, Any]):
    original, me = home[0], person("Practitioners")
    first, second = copy_of(original, me), copy_of(original, me)
    assert len({original.slug, first.slug, second.slug}) == 3
    assert copy_of(first, me).origins.split() == [str(first.content_key), str(original.content_key)]


def test_copy_takes_its_own_approval_and_changes_nothing_about_the_originals(home: tuple[Any, Any]):
    original, me = home[0], person("Practitioners")
    copy = copy_of(original, me)
    with pytest.raises(PublishRefused, match="No colleague has checked it"):
        copy.get_latest_revision().publish()
    copy.reviewer, copy.reviewed_on, copy.review_due = (
        factories.UserFactory.create(),
        original.reviewed_on,
        original.review_due,
    )
    copy.feel = "Something else."
    factories.publish(copy, user=me)
    assert ExercisePage.objects.get(pk=copy.pk).live
    assert not ExercisePage.objects.get(pk=original.pk).publish_errors()
    ExercisePage.objects.get(pk=original.pk).save_revision().publish()


def test_notes_that_hang_on_the_original_reach_its_copies_alone_and_in_a_routine(home: tuple[Any, Any]):
    (original, routine), me = home, person("Practitioners")
    on_exercise = factories.note_at(NoteTarget(page=original.page_ptr), text="your calf is hot")
    on_routine = factories.note_at(NoteTarget(page=routine.page_ptr), text="your knee locks")
    copied = copy_of(copy_of(original, me), me)
    assert on_exercise.content_key in copied.board().keys
    whole = copy_of(routine, me)
    assert {on_exercise.content_key, on_routine.content_key} <= set(whole.board().keys)
    whole.items.update(exercise=copied)
    ExercisePage.objects.filter(pk=copied.pk).update(live=True)
    assert on_exercise.content_key in RoutinePage.objects.get(pk=whole.pk).board().keys


def test_copy_of_what_is_withdrawn_does_not_go_live_and_its_author_is_told(home: tuple[Any, Any]):
    original, me = home[0], person("Practitioners")
    copy = copy_of(original, me)
    copy.reviewer, copy.reviewed_on, copy.review_due = (
        factories.UserFactory.create(),
        original.reviewed_on,
        original.review_due,
    )
    factories.publish(copy, user=me)
    withdraw(original, by=factories.UserFactory.create(), reason="It can tear a tendon.")
    ((told, words),) = concerned_as_copyists(original)
    assert (told, "is a copy of it" in words) == (me, True)
    copy = ExercisePage.objects.get(pk=copy.pk)
    assert copy.live
    with pytest.raises(PublishRefused, match="copied from what is withdrawn: It can tear a tendon"):
        copy.save_revision().publish()


def test_live_copy_of_what_is_withdrawn_is_mended_in_words_approved_after_it(home: tuple[Any, Any]):
    original, me = home[0], person("Practitioners")
    copy = copy_of(original, me)
    copy.reviewer, copy.reviewed_on = factories.UserFactory.create(), original.reviewed_on
    copy.review_due = original.review_due
    factories.publish(copy, user=me)
    known = ExercisePage.objects.get(pk=copy.pk)
    known.feel = "Words that were approved before it, too."
    factories.approve(known)
    withdraw(original, by=factories.UserFactory.create(), reason="It can tear a tendon.")
    with pytest.raises(PublishRefused, match="copied from what is withdrawn"):
        known.save_revision().publish()
    mended = ExercisePage.objects.get(pk=copy.pk)
    mended.feel = "A mild pull, and never in the tendon."
    mended.save_revision(user=me)
    approval = approve(mended, by=factories.UserFactory.create(), seen=fingerprint_of(mended))
    mended.stamp(approval)
    mended.save_revision(user=me).publish()
    live = ExercisePage.objects.get(pk=copy.pk)
    assert live.feel == "A mild pull, and never in the tendon."
    assert not live.publish_errors()
    live.unpublish()
    with pytest.raises(PublishRefused, match="copied from what is withdrawn"):
        ExercisePage.objects.get(pk=copy.pk).get_latest_revision().publish()


def test_form_of_a_colleague_is_read_in_its_live_version_and_a_draft_is_not_there(
    home: tuple[Any, Any], client: Client
):
    original = home[0]
    original.feel = "A secret of the draft."
    original.save_revision(user=original.author)
    client.force_login(person("Practitioners"))
    said = client.get(reverse("clinical_read_form", args=[original.pk])).content.decode()
    assert "A mild pull in the calf." in said
    assert "A secret of the draft." not in said
    draft = factories.draft_exercise(title="Not live", slug="not-live", live=False)
    original.get_parent().add_child(instance=draft)
    for name in ("clinical_read_form", "clinical_copy"):
        assert client.get(reverse(name, args=[draft.pk])).status_code == 404
        assert client.post(reverse(name, args=[draft.pk])).status_code in {404, 405}
    copied = client.post(reverse("clinical_copy", args=[original.pk]))
    assert "A secret of the draft." not in client.get(copied["Location"]).content.decode()


def test_translation_is_read_and_not_copied_and_a_page_alone_is_nowhere_to_put_a_copy(
    home: tuple[Any, Any], client: Client
):
    original, me = home[0], person("Practitioners")
    client.force_login(me)
    copied, read = (reverse(name, args=[original.pk]) for name in ("clinical_copy", "clinical_read_form"))
    ExercisePage.objects.update(locale=Locale.objects.create(language_code="de"))
    assert copied not in client.get(read).content.decode()
    client.post(copied)
    ExercisePage.objects.update(locale=original.locale)
    me.groups.clear()
    group = Group.objects.create(name="Of one page")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    add = Permission.objects.get(codename="add_page")
    GroupPagePermission.objects.create(group=group, page=original.page_ptr, permission=add)
    me.groups.add(group)
    client.post(copied)
    assert ExercisePage.objects.count() == 1


def test_whoever_does_not_write_is_not_offered_it(home: tuple[Any, Any], client: Client):
    client.force_login(person("Managers"))
    for name in ("clinical_read_form", "clinical_copy"):
        assert client.get(reverse(name, args=[home[0].pk])).status_code == 302
    client.post(reverse("clinical_copy", args=[home[0].pk]))
    assert ExercisePage.objects.count() == 1
