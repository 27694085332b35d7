"""The screen where an override is asked for and confirmed, by two."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from clinical.models import Condition, NoteTarget, Override, SafetyNote, User
from clinical.words.choices import NoteKind, Tier
from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite import group_permissions, setting_up
from testing import factories


@pytest.fixture
def address(routine: RoutinePage, exercise: ExercisePage, condition: Condition) -> str:
    """The screen of a routine with an exercise that is ruled out."""
    factories.ConditionIndexPageFactory(parent=exercise.get_parent().get_parent())
    setting_up.set_up(lambda line: None)
    words = {"kind": NoteKind.CONTRAINDICATION, "tier": Tier.DO_NOT, "text": "your calf was torn"}
    factories.note_at(NoteTarget(page=exercise.page_ptr), rules_out=condition, **words)
    return reverse("clinical_conflicts", args=[routine.pk])


def member(group: str) -> User:
    """Somebody in a group."""
    person = factories.UserFactory.create()
    person.groups.add(Group.objects.get(name=group))
    return person


def posted(exercise: ExercisePage, reason: str = "It healed.") -> dict[str, str]:
    """Asking, as the form does."""
    note = SafetyNote.objects.get(text="your calf was torn")
    return {"conflict": f"{note.content_key} {exercise.content_key}", "reason": reason}


def test_override_is_asked_for_by_one_and_confirmed_by_another(client: Client, address: str, exercise: ExercisePage):
    writer = member(group_permissions.PRACTITIONERS)
    client.force_login(writer)
    assert client.get(address).status_code == 302  # the page is somebody else's
    RoutinePage.objects.update(owner=writer)
    assert "is ruled out for Tight calves" in client.get(address).content.decode()
    assert "Say why" in client.post(address, posted(exercise, " "), follow=True).content.decode()
    said = client.post(address, posted(exercise), follow=True).content.decode()
    assert "It waits for a second person." in said
    assert "Confirm the override" not in said
    confirming = {"decision": "confirm", "override": str(Override.objects.get().pk)}
    assert "Ask a reviewer" in client.post(address, confirming, follow=True).content.decode()
    client.force_login(member(group_permissions.SAFETY_OFFICERS))
    assert "Confirm the override" in client.get(address).content.decode()
    client.post(address, confirming)
    assert Override.objects.get().confirmed_by
    assert "Nothing on this page contradicts itself." in client.get(address).content.decode()


def test_conflict_that_is_not_there_is_not_overridden(client: Client, address: str):
    client.force_login(member(group_permissions.SAFETY_OFFICERS))
    said = client.post(address, {"conflict": "1 2", "reason": "No."}, follow=True).content.decode()
    assert "not there any more" in said
    assert not Override.objects.exists()


def test_managers_override_nothing(client: Client, address: str, exercise: ExercisePage):
    client.force_login(member(group_permissions.MANAGERS))
    assert client.get(address).status_code == 302
    assert client.post(address, posted(exercise))["Location"] == reverse("wagtailadmin_home")
    assert not Override.objects.exists()
