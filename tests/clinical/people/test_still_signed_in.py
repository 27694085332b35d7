"""F01, F02: an open form learns whether its writer is still signed in, and gets the token it needs to be saved."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clinical.admin.bringing_back import BRING_BACK
from clinical.models import Condition
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests.clinical.publishing.roads import chief

pytestmark = pytest.mark.django_db
ASK = "clinical_who_is_signed_in"


def test_strangers_and_readers_learn_nothing_and_get_no_token(client: Client):
    answer = client.get(reverse(ASK))
    assert (answer.status_code, answer.json(), answer.cookies) == (403, {"account": ""}, {})
    client.force_login(factories.UserFactory.create())
    assert client.get(reverse(ASK)).json() == {"account": ""}


def test_who_is_signed_in_gets_a_token_that_saves_and_nobody_keeps_the_answer():
    client = Client(enforce_csrf_checks=True)
    client.force_login(chief())
    answer = client.get(reverse(ASK))
    assert "no-store" in answer["Cache-Control"]
    said = answer.json()
    assert said["account"] == str(chief().pk)
    posted = {"csrfmiddlewaretoken": said["token"]}
    assert client.post(reverse("wagtailadmin_logout"), posted).status_code == 302


def test_what_was_typed_is_brought_back_into_the_form_and_nothing_is_written(client: Client):
    client.force_login(chief())
    condition = factories.ConditionFactory.create(name="Tight calves", slug="tight-calves")
    edit = f"/admin/snippets/clinical/condition/edit/{condition.pk}/"
    opened = client.get(edit).context["form"]
    posted = {field.html_name: field.value() or "" for field in opened}
    for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"):
        posted[f"codes-{name}"] = "0"
    for address, more in ((edit, {}), ("/admin/snippets/clinical/condition/add/", {"slug": "another"})):
        answer = client.post(address, {**posted, **more, "aliases": "typed before", BRING_BACK: "1"})
        assert b"typed before" in answer.content
    condition.refresh_from_db()
    assert (condition.aliases, Condition.objects.count()) != ("typed before", 2)


def test_what_was_typed_in_a_page_is_brought_back_over_no_newer_version(house: None, client: Client):
    from exercises.models import ExercisePage

    client.force_login(chief())
    exercise = ExercisePage.objects.filter(live=True).first()
    factories.publish(exercise, user=chief())
    posted = {**page_as_posted(exercise, chief()), "purpose": "typed before", BRING_BACK: "1"}
    answer = client.post(edit_address(exercise), posted)
    assert (answer.status_code, exercise.revisions.count()) == (200, 1)
    assert b"typed before" in answer.content
    assert b'data-w-unsaved-force-value="true"' in answer.content
    factories.publish(ExercisePage.objects.get(pk=exercise.pk), user=factories.UserFactory.create())
    assert client.post(edit_address(exercise), posted).status_code == 409
