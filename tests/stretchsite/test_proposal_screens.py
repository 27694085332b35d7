"""The screens where other words are proposed, confirmed, refused and taken back; who waits; what an empty list says."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from clinical.models import Condition, Proposal, User
from clinical.review.proposals import propose
from clinical.words.choices import ProposalState
from stretchsite.group_permissions import MANAGERS, PRACTITIONERS, REVIEWERS
from testing import factories

LISTING = "clinical_proposals"


@pytest.fixture
def condition(set_up_site: None, db: None) -> Condition:
    """In use, by its red flag."""
    return factories.ConditionFactory.create(name="Sore calves", slug="sore-calves", aliases="Shin pain")


def signed_in(client: Client, group: str, name: str = "somebody") -> User:
    person = factories.UserFactory.create(username=name)
    person.groups.add(group_of(group))
    client.force_login(person)
    return person


def group_of(name: str) -> Group:
    return Group.objects.get(name=name)


def proposed(condition: Condition, by: User | None = None) -> Proposal:
    by = by or factories.UserFactory.create(username="proposer")
    return propose(condition, {"name": "Tight calves"}, by=by, reason="Plainer.")


def told(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_practitioner_proposes_and_sees_what_waits(condition: Condition, client: Client):
    person = signed_in(client, PRACTITIONERS)
    address = reverse("clinical_propose", args=["condition", condition.pk])
    assert "Shin pain" in client.get(address).content.decode()
    words = {"name": "Tight calves", "slug": "sore-calves", "aliases": "Shin pain"}
    refused = client.post(address, {**words, "reason": " "})
    assert "This field is required" in refused.content.decode()
    response = client.post(address, {**words, "reason": "Plainer."}, follow=True)
    assert Proposal.objects.get().title == "Sore calves"
    shown = response.content.decode()
    assert "until then nothing changes" in shown
    for word in ("Sore calves", "Tight calves", "Plainer.", "Take it back", "A colleague has to confirm this"):
        assert word in shown
    assert "Confirm: readers" not in shown
    assert Proposal.objects.get().asked_by == person
    assert "Somebody has proposed other words already" in client.get(address).content.decode()
    assert "Tight calves" not in Condition.objects.get(pk=condition.pk).name


def test_words_that_change_nothing_are_a_message_in_the_form(condition: Condition, client: Client):
    signed_in(client, PRACTITIONERS)
    address = reverse("clinical_propose", args=["condition", condition.pk])
    same = {"name": "Sore calves", "slug": "sore-calves", "aliases": "Shin pain", "reason": "None."}
    assert "it says all of this already" in client.post(address, same).content.decode()


def test_reviewer_finds_it_on_the_front_page_and_in_the_list_and_confirms(condition: Condition, client: Client):
    proposal = proposed(condition)
    signed_in(client, REVIEWERS)
    address = reverse("clinical_proposal", args=[proposal.pk])
    for page in (reverse("wagtailadmin_home"), reverse(LISTING)):
        assert address in client.get(page).content.decode()
    assert "Readers see" in client.get(address).content.decode()
    response = client.post(address, {"decision": "confirm"}, follow=True)
    assert "Readers see the new words from now on" in response.content.decode()
    assert Condition.objects.get(pk=condition.pk).name == "Tight calves"
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_reviewer_says_why_not_and_the_proposer_reads_it(condition: Condition, client: Client):
    proposal = proposed(condition)
    signed_in(client, REVIEWERS)
    address = reverse("clinical_proposal", args=[proposal.pk])
    for remark, why in (("", "Say why not"), ("ab\u202ecd", "U+202E")):
        again = client.post(address, {"decision": "refuse", "remark": remark}).content.decode()
        assert f">{remark}</textarea>" in again
        assert why in again
    client.post(address, {"decision": "refuse", "remark": "Patients say sore."})
    client.force_login(proposal.asked_by)
    proposal.asked_by.groups.add(group_of(PRACTITIONERS))
    shown = client.get(address).content.decode()
    assert "Patients say sore." in shown
    assert "Refused." in shown


def test_nobody_decides_their_own_or_without_being_asked_to(condition: Condition, client: Client):
    own = signed_in(client, REVIEWERS)
    proposal = proposed(condition, by=own)
    address = reverse("clinical_proposal", args=[proposal.pk])
    assert "cannot confirm it" in told(client.post(address, {"decision": "confirm"}))
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()
    signed_in(client, PRACTITIONERS, "another")
    assert "Ask a reviewer" in told(client.post(address, {"decision": "confirm"}))
    assert "Somebody else proposed it" in told(client.post(address, {"decision": "take-back"}))
    assert "A reviewer or a safety officer has to decide this" in client.get(address).content.decode()
    client.force_login(own)
    assert "Taken back" in told(client.post(address, {"decision": "take-back"}))
    assert Proposal.objects.get().state == ProposalState.TAKEN_BACK


def test_list_is_empty_in_words_and_not_for_managers(set_up_site: None, db: None, client: Client):
    signed_in(client, REVIEWERS)
    assert "Nothing has been proposed" in client.get(reverse(LISTING)).content.decode()
    assert client.get(reverse("clinical_propose", args=["practitioner", 1])).status_code == 404
    signed_in(client, MANAGERS, "manager")
    assert client.get(reverse(LISTING)).status_code == 302


def test_list_costs_the_same_for_any_number(condition: Condition, client: Client, django_assert_max_num_queries: Any):
    signed_in(client, REVIEWERS)
    proposed(condition)
    client.get(reverse(LISTING))
    for number in range(6):
        other = factories.ConditionFactory.create()
        propose(other, {"name": f"Other {number}"}, by=factories.UserFactory.create(), reason="Plainer.")
    with django_assert_max_num_queries(20):
        client.get(reverse(LISTING))
