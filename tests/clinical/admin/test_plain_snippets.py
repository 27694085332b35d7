"""No lost update for what keeps no versions, a condition and a practitioner: a stale save is refused, and told why."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinical.admin.editing import REPLACES
from clinical.models import Condition, Practitioner, User
from clinical.notes.conditions import ConditionCode
from clinical.publishing.stale_saves import OPENED
from testing import factories
from testing.editor import Posted, filled_in
from tests.clinical.publishing.roads import chief


def condition() -> Condition:
    tag = factories.ConditionFactory.create(name="Tight calves", slug="tight-calves", red_flag=False)
    tag.codes = [ConditionCode(system="ICD-10", edition="2026", code="R25.2")]
    tag.save()
    return tag


def practitioner() -> Practitioner:
    return Practitioner.objects.create(name="A person", role="Physiotherapist")


#: What is edited, the field the colleague changes, and the one that is typed meanwhile.
SORTS: dict[str, tuple[Any, str, str]] = {
    "condition": (condition, "aliases", "name"),
    "practitioner": (practitioner, "role", "biography"),
}
THEIRS, TYPED = "Words of a colleague", "Words typed meanwhile"


@pytest.fixture
def writer(db: None) -> Client:
    client = Client()
    client.force_login(chief())
    return client


def address_of(thing: Any) -> str:
    return reverse(f"wagtailsnippets_clinical_{thing._meta.model_name}:edit", args=[thing.pk])


def opened(client: Client, thing: Any) -> Posted:
    return filled_in(client.get(address_of(thing)).context["form"])


def colleague_saves(thing: Any, **changes: str) -> None:
    person = User.objects.create_superuser("ruth", first_name="Ruth", last_name="Okafor")
    client = Client()
    client.force_login(person)
    assert client.post(address_of(thing), {**opened(client, thing), **changes}).status_code == 302


@pytest.mark.parametrize(("make", "theirs", "yours"), SORTS.values(), ids=SORTS)
def test_save_over_what_nobody_has_seen_is_refused_and_the_typed_text_kept(
    writer: Client, make: Any, theirs: str, yours: str
):
    thing = make()
    posted = {**opened(writer, thing), yours: TYPED}
    colleague_saves(thing, **{theirs: THEIRS})
    response = writer.post(address_of(thing), posted)
    told = response.content.decode()
    assert response.status_code == 409
    assert "Ruth Okafor saved another version" in told
    assert THEIRS in told
    assert TYPED in told
    stored = type(thing).objects.get()
    assert (getattr(stored, theirs), getattr(stored, yours) == TYPED) == (THEIRS, False)
    assert writer.post(address_of(thing), posted).status_code == 409
    ticked = {REPLACES: response.context["overtaken"].version}
    assert writer.post(address_of(thing), {**posted, **ticked}).status_code == 302
    assert getattr(type(thing).objects.get(), yours) == TYPED


@pytest.mark.parametrize(("make", "theirs", "yours"), SORTS.values(), ids=SORTS)
def test_save_of_what_was_seen_goes_through(writer: Client, make: Any, theirs: str, yours: str):
    thing = make()
    assert writer.post(address_of(thing), {**opened(writer, thing), yours: TYPED}).status_code == 302
    assert getattr(type(thing).objects.get(), yours) == TYPED


@pytest.mark.parametrize(("make", "theirs", "yours"), SORTS.values(), ids=SORTS)
def test_request_that_does_not_say_what_it_saw_counts_as_stale(writer: Client, make: Any, theirs: str, yours: str):
    thing = make()
    posted = {**opened(writer, thing), yours: TYPED}
    del posted[OPENED]
    assert writer.post(address_of(thing), posted).status_code == 409
    assert getattr(type(thing).objects.get(), yours) != TYPED


def test_box_ticked_for_one_version_does_not_replace_the_next(writer: Client):
    thing = practitioner()
    posted = {**opened(writer, thing), "biography": TYPED}
    colleague_saves(thing, role=THEIRS)
    ticked = {REPLACES: writer.post(address_of(thing), posted).context["overtaken"].version}
    Practitioner.objects.update(name="Another name")
    assert writer.post(address_of(thing), {**posted, **ticked}).status_code == 409
    assert Practitioner.objects.get().name == "Another name"


def test_code_added_meanwhile_and_changed_address_are_seen(writer: Client):
    thing = condition()
    posted = {**opened(writer, thing), "name": TYPED}
    ConditionCode.objects.create(condition=thing, system="SNOMED CT", edition="2026", code="1")
    assert writer.post(address_of(thing), posted).status_code == 409
    posted = {**opened(writer, thing), "name": TYPED}
    Condition.objects.update(slug="elsewhere")
    assert writer.post(address_of(thing), posted).status_code == 409
    assert Condition.objects.get().name == "Tight calves"
