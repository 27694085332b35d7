"""One's own public profile is changed by whoever it is about, on record; making one is a manager's."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from clinical.models import AuditEntry, Practitioner, User
from clinical.words.choices import AuditAction
from testing import factories
from tests.clinical.publishing.roads import chief

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client: Client) -> User:
    """Somebody who is signed in."""
    account = chief()
    User.objects.filter(pk=account.pk).update(first_name="A", last_name="Person", email="a@stretch.example")
    client.force_login(account)
    return account


def sent_by_the_screen(client: Client) -> dict[str, str]:
    """What the screen of one's account would send as it stands."""
    form = client.get(reverse("wagtailadmin_account")).context["panels_by_tab"]
    panels = [panel for of_tab in form.values() for panel in of_tab]
    return {
        field.html_name: "" if field.value() is None else str(field.value())
        for panel in panels
        for field in panel.get_form()
        if field.value() is not False
    }


def test_own_profile_is_changed_and_the_change_is_on_record(client: Client, me: User):
    mine = Practitioner.objects.create(name="A person", role="Physiotherapist", account=me)
    other = Practitioner.objects.create(name="Another", role="Physiotherapist", account=factories.UserFactory.create())
    sent = {
        **sent_by_the_screen(client),
        "public_profile-name": "A. Person",
        "public_profile-account": str(other.account_id),
    }
    answer = client.post(reverse("wagtailadmin_account"), sent)
    assert answer.status_code == 302, [panel.get_form().errors for panel in answer.context["panels_by_tab"]]
    mine.refresh_from_db()
    assert (mine.name, mine.role, mine.account) == ("A. Person", "Physiotherapist", me)
    assert Practitioner.objects.get(pk=other.pk).name == "Another"
    changed = AuditEntry.objects.filter(action=AuditAction.CHANGED).first()
    assert (changed.by, changed.details["after"]) == (me, {"name": "A. Person"})


def test_whoever_has_none_is_not_offered_to_make_one(client: Client, me: User):
    text = client.get(reverse("wagtailadmin_account")).content.decode()
    assert not re.search(r'name="public_profile-', text)
    client.post(reverse("wagtailadmin_account"), {"public_profile-name": "Me", "public_profile-role": "Surgeon"})
    assert not Practitioner.objects.exists()
