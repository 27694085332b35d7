"""Who is written to: reviewers when something waits, its writer when it comes back, and whom a withdrawal concerns."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from clinical.models import Approval, User
from clinical.withdrawal.withdrawing import withdraw
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutinePage
from testing import factories
from testing.editor import edit_address, page_as_posted

pytestmark = pytest.mark.django_db


def person(name: str, group: str) -> User:
    account = factories.UserFactory.create(username=name, email=f"{name}@example.org")
    account.groups.add(Group.objects.get(name=group))
    return account


def letters() -> dict[str, str]:
    """What was written since this was last asked, by address."""
    written = {to: f"{letter.subject}\n{letter.body}" for letter in mail.outbox for to in letter.to}
    mail.outbox.clear()
    return written


def test_f03_reviewers_hear_that_something_waits_and_its_writer_what_to_change(set_up_site: None, client: Client):
    writer, reviewer = person("writer", "Practitioners"), person("reviewer", "Reviewers")
    draft = factories.draft_exercise(title="Calf", slug="calf", live=False, owner=writer)
    page = ExerciseIndexPage.objects.get().add_child(instance=draft)
    page.save_revision(user=writer)
    client.force_login(writer)
    posted = {**page_as_posted(ExercisePage.objects.get(pk=page.pk), writer), "action-submit": "1"}
    assert client.post(edit_address(page), posted).status_code == 302
    assert "Calf" in letters()["reviewer@example.org"]

    step = ExercisePage.objects.get(pk=page.pk).current_workflow_task_state
    client.force_login(reviewer)
    form = client.get(edit_address(page)).content.decode()
    assert form.index('data-workflow-action-name="approve"') < form.index("Save draft"), "it is no button of its own"
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", step.pk])
    assert client.post(address, {"comment": "Say where to hold on."}).status_code in {200, 302}
    assert "Say where to hold on." in letters()["writer@example.org"]
    client.force_login(writer)
    assert (
        f"{reviewer.get_full_name()} asks for changes: Say where to hold on."
        in client.get(edit_address(page)).content.decode()
    )


def test_whoever_wrote_it_prescribes_it_or_gave_it_hears_of_a_withdrawal(routine: RoutinePage):
    exercise, officer = ExercisePage.objects.get(), factories.UserFactory.create(email="officer@example.org")
    User.objects.filter(pk=exercise.author_id).update(email="author@example.org")
    User.objects.filter(pk=routine.author_id).update(email="prescriber@example.org")
    giver = factories.UserFactory.create(email="giver@example.org")
    links = [factories.link_to(routine, by=giver).link for _number in range(2)]
    factories.link_to(routine, by=officer)
    translator, helper = (factories.UserFactory.create(email=f"{name}@example.org") for name in ("welsh", "helper"))
    approval = Approval.objects.filter(content_key=exercise.content_key).latest("pk")
    approval.pk, approval.writers = None, [helper.pk]
    Approval.objects.bulk_create([approval])
    welsh = exercise.copy_for_translation(Locale.objects.create(language_code="cy"), copy_parents=True)
    factories.publish(welsh)
    ExercisePage.objects.filter(pk=welsh.pk).update(author=translator)
    ended, _token = factories.link_to(routine, by=factories.UserFactory.create(email="ended@example.org"))
    ended.revoke()
    mail.outbox.clear()
    withdraw(exercise, by=officer, reason="It can tear a healing tendon.")
    told = letters()
    names = ("author", "prescriber", "giver", "welsh", "helper")
    assert set(told) == {f"{name}@example.org" for name in names}
    assert all("It can tear a healing tendon." in letter for letter in told.values())
    assert all(told[f"{name}@example.org"].count("You wrote it.") == 1 for name in ("author", "welsh", "helper"))
    assert told["giver@example.org"].count("Patients have it") == 1
    assert routine.title in told["prescriber@example.org"]
    assert all(link.label in told["giver@example.org"] for link in links)


def test_nobody_is_written_to_of_a_withdrawal_that_is_refused(exercise: ExercisePage):
    officer: Any = factories.UserFactory.create()
    mail.outbox.clear()
    with pytest.raises(Exception, match="Say in plain words why"):
        withdraw(exercise, by=officer, reason=" ")
    assert not mail.outbox
