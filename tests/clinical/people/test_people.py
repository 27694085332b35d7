"""Who works here: managers invite and deactivate, nobody becomes a superuser by it, roles hold when forged."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clinical.models import AuditEntry, NoteTarget, SafetyNote, User
from clinical.people.inviting import deactivate, invite
from clinical.words.choices import AuditAction, Tier
from exercises.models import ExerciseIndexPage, ExercisePage
from testing import factories
from testing.editor import as_opened, edit_address, filled_in, page_as_posted

PASSWORD = "slow-green-river-stones"


@pytest.fixture
def roles(set_up_site: None, db: None) -> None:
    """The groups, as every site has them."""


def member(group: str) -> User:
    """Somebody of a group."""
    person = factories.UserFactory.create(
        username=f"of-{group}", email=f"{group.split(maxsplit=1)[0].lower()}@example.org"
    )
    person.groups.add(Group.objects.get(name=group))
    return person


def signed_in(client: Client, group: str) -> Client:
    client.force_login(member(group))
    return client


def ask(client: Client, **changed: Any) -> Any:
    sent = {"email": "new@example.org", "name": "New", "group": Group.objects.get(name="Reviewers").pk, **changed}
    return client.post(reverse("clinical_invite"), sent)


def test_invited_person_chooses_a_password_by_an_address_that_works_once(
    roles: None, client: Client, django_capture_on_commit_callbacks: Any
):
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(signed_in(client, "Managers")).status_code == 302
    person = User.objects.get(email="new@example.org")
    assert not person.has_usable_password()
    assert [group.name for group in person.groups.all()] == ["Reviewers"]
    assert not person.is_superuser
    assert not person.is_staff
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    address = re.search(r"https?://[^/]+(/admin/\S+)", letter.body).group(1)
    invited = Client()
    form = invited.get(address).headers["Location"]
    assert invited.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD}).status_code == 302
    assert Client().login(username="new@example.org", password=PASSWORD)
    assert "validlink" in Client().get(address).context
    assert not Client().get(address).context["validlink"]
    assert AuditEntry.objects.get(action=AuditAction.INVITED).by.username == "of-Managers"


@pytest.mark.parametrize("group", ["Practitioners", "Reviewers", "Safety officers"])
def test_others_invite_nobody(roles: None, client: Client, group: str):
    response = ask(signed_in(client, group))
    assert response.headers["Location"] == "/admin/"
    assert not User.objects.filter(email="new@example.org").exists()
    assert mail.outbox == []


@pytest.mark.parametrize("code", ["change_user", "add_group"])
def test_group_that_could_give_itself_everything_is_given_by_superusers_only(roles: None, client: Client, code: str):
    group = Group.objects.create(name="Powerful")
    group.permissions.add(Permission.objects.get(codename=code))
    assert ask(signed_in(client, "Managers"), group=group.pk).status_code == 200
    assert not User.objects.filter(email="new@example.org").exists()
    with pytest.raises(ValidationError):
        invite(by=member("Reviewers"), email="new@example.org", name="New", group=group)


def test_no_crafted_invitation_makes_a_superuser(roles: None, client: Client):
    ask(signed_in(client, "Managers"), is_superuser="on", is_staff="on")
    assert not User.objects.get(email="new@example.org").is_superuser


def test_address_somebody_has_already_is_refused_at_its_field(roles: None, client: Client):
    factories.UserFactory.create(username="x", email="New@example.org")
    response = ask(signed_in(client, "Managers"))
    assert "Somebody has an account" in response.context["form"].errors["email"][0]


def test_closed_account_opens_nothing_with_its_next_request(roles: None, client: Client):
    person, browser = member("Practitioners"), Client()
    browser.force_login(person)
    assert browser.get("/admin/").status_code == 200
    sent = {"decision": "deactivate", "reason": "Left."}
    signed_in(client, "Managers").post(reverse("clinical_person", args=[person.pk]), sent)
    assert browser.get("/admin/").status_code == 302
    assert AuditEntry.objects.get(action=AuditAction.DEACTIVATED).reason == "Left."
    client.post(reverse("clinical_person", args=[person.pk]), {"decision": "reactivate"})
    assert User.objects.get(pk=person.pk).is_active


def test_nobody_closes_the_account_of_a_superuser_or_their_own(roles: None, client: Client):
    chief, manager = User.objects.create_superuser("chief"), member("Managers")
    client.force_login(manager)
    assert client.post(reverse("clinical_person", args=[chief.pk]), {"decision": "deactivate"}).status_code == 404
    client.post(reverse("clinical_person", args=[manager.pk]), {"decision": "deactivate"})
    assert User.objects.filter(is_active=True, pk__in=[chief.pk, manager.pk]).count() == 2
    with pytest.raises(ValidationError):
        deactivate(chief, by=manager)


def test_accounts_closed_together_are_each_on_record_by_who_closed_them(db: None, client: Client):
    boss = factories.UserFactory.create(is_superuser=True)
    leavers = [factories.UserFactory.create() for _number in range(2)]
    client.force_login(boss)
    address = reverse("wagtail_bulk_action", args=["clinical", "user", "set_active_state"])
    ticked = "&".join(f"id={each.pk}" for each in (*leavers, boss))
    told = client.post(f"{address}?{ticked}", {"mark_as_active": "False"})
    assert told.status_code == 302
    assert [User.objects.get(pk=each.pk).is_active for each in (*leavers, boss)] == [False, False, True]
    entries = AuditEntry.objects.filter(action=AuditAction.DEACTIVATED)
    assert {entry.by for entry in entries} == {boss}
    assert len(entries) == 2


def test_no_group_of_ours_manages_accounts(roles: None):
    powers = Permission.objects.filter(codename__regex="^(add|change|delete)_(user|group)$")
    assert not Group.objects.filter(permissions__in=powers).exists()


@pytest.mark.parametrize(("group", "tier"), [("Practitioners", Tier.CHECK_FIRST), ("Reviewers", Tier.GET_HELP)])
def test_tier_is_set_by_role_also_in_a_crafted_request(roles: None, client: Client, group: str, tier: Tier):
    note = factories.note_at(NoteTarget(everywhere=True), live=False, kind="check_first", tier=Tier.CHECK_FIRST)
    note.save_revision()
    address = reverse("wagtailsnippets_clinical_safetynote:edit", args=[note.pk])
    posted = filled_in(signed_in(client, group).get(address).context["form"])
    assert client.post(address, {**posted, **as_opened(note), "tier": "1"}).status_code == 302
    assert SafetyNote.objects.get().get_latest_revision_as_object().tier == tier


def test_tier_of_a_practitioners_note_follows_its_kind(roles: None, client: Client):
    address = reverse("wagtailsnippets_clinical_safetynote:add")
    posted = filled_in(signed_in(client, "Practitioners").get(address).context["form"])
    sent = {**posted, "kind": "stop", "text": "it hurts", "source": "A textbook", "tier": "4"}
    assert client.post(address, sent).status_code == 302
    assert SafetyNote.objects.get().tier == Tier.DO_NOT


@pytest.mark.parametrize("group", ["Reviewers", "Safety officers"])
def test_names_and_days_of_review_are_given_by_reviewing_only(roles: None, client: Client, group: str):
    draft = factories.draft_exercise(title="Calf", slug="calf", live=False)
    page = ExerciseIndexPage.objects.get().add_child(instance=draft)
    page.save_revision()
    crafted = {"reviewer": "1", "author": "1", "reviewed_on": "2026-11-01", "review_due": "2029-11-01"}
    person = member(group)
    client.force_login(person)
    posted = {**page_as_posted(ExercisePage.objects.get(pk=page.pk), person), **crafted, "review_state": "unreviewed"}
    assert client.post(edit_address(page), posted).status_code == 302
    kept = ExercisePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name in ("reviewer", "author", "reviewed_on", "review_due", "review_state"):
        assert getattr(kept, name) == getattr(draft, name)


def test_writer_of_a_new_page_is_its_author(roles: None, client: Client):
    index = ExerciseIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["exercises", "exercisepage", index.pk])
    form = filled_in(signed_in(client, "Practitioners").get(address).context["form"])
    assert client.post(address, {**form, "title": "New", "slug": "new"}).status_code == 302
    assert ExercisePage.objects.get(slug="new").author.username == "of-Practitioners"


@pytest.mark.parametrize(("group", "status"), [("Managers", 200), ("Safety officers", 200), ("Practitioners", 302)])
def test_audit_is_read_by_those_who_answer_for_it(roles: None, client: Client, group: str, status: int):
    response = signed_in(client, group).get(reverse("clinical_audit"))
    assert response.status_code == status
