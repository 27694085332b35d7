"""Everything live is asked again: what slipped in is named with its reason, by the command and by the report."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch
from uuid import uuid4
from weakref import WeakSet

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinical.models import NoteTarget, SafetyNote
from clinical.review import live_audit
from exercises.models import ExerciseCondition, ExercisePage
from testing import factories
from tests.clinical.publishing.page_faults import CHOSEN_FAULTS, Fault, good_draft, named
from tests.clinical.publishing.roads import chief, gate_asleep
from tests.pure_examples import board

STORABLE = [case for case in CHOSEN_FAULTS if case[1].is_storable and case[1].field != "condition"]


def audit() -> tuple[str, bool]:
    """What the command says, and whether it is content."""
    told = StringIO()
    try:
        call_command("audit_live", stdout=told, stderr=told)
    except CommandError as error:
        return f"{told.getvalue()}{error}", False
    return told.getvalue(), True


def test_a_database_without_a_site_is_not_all_well(db: None):
    told, is_well = audit()
    assert not is_well
    assert "There is no site in this database" in told


def report(client: Client) -> str:
    client.force_login(chief())
    response = client.get(reverse("clinical_live_audit"))
    assert response.status_code == 200
    return response.content.decode()


def test_all_is_well_where_nothing_slipped_in(house: None, db: None, client: Client):
    factories.note_at(NoteTarget(everywhere=True))
    told, is_content = audit()
    assert is_content, told
    assert told == "7 live pages and notes: all as they should be.\n"
    assert "All as they should be." in report(client)


@pytest.mark.parametrize(("kind", "fault"), STORABLE, ids=named)
def test_page_that_slipped_in_is_named_with_its_field(house: None, db: None, client: Client, kind: str, fault: Fault):
    page = good_draft(kind)
    fault.spoil(page)
    page.live = True
    with gate_asleep():
        page.save(clean=False)
    told, is_content = audit()
    assert not is_content
    assert f"“{page.title}”: " in told
    assert fault.field in told.replace("_", " ").lower()
    shown = report(client)
    assert page.title in shown
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown
    assert fault.field in shown.replace("_", " ").lower()


def test_page_whose_template_never_comes_to_its_notes_is_named(house: None, db: None):
    with patch.object(ExercisePage, "template", "base.html"):
        told, is_content = audit()
    assert not is_content
    assert "“Wall calf stretch”: " in told
    assert "of its safety notes are not on it." in told


def test_page_that_forgets_a_note_on_its_own_board_too_is_named(house: None, db: None):
    factories.note_at(NoteTarget(region="lower_leg"))
    assert audit()[1]
    sheet, bare = ExercisePage.objects.get(live=True).sheet(), board()
    with (
        patch.object(ExercisePage, "sheet", lambda _page: replace(sheet, safety=bare)),
        patch.object(ExercisePage, "board", lambda _page: bare),
    ):
        told, is_content = audit()
    assert not is_content
    assert "1 of its safety notes is not on it." in told


def test_page_that_does_not_ask_for_the_notes_of_its_conditions_is_not_published(house: None, db: None):
    exercise = ExercisePage.objects.get(live=True)
    subject = exercise.subjects()[0]
    exercise.condition_uses = [ExerciseCondition(tag=factories.ConditionFactory.create())]
    with (
        patch.object(ExercisePage, "subjects", lambda page: [replace(subject, conditions=frozenset())]),
        pytest.raises(ImproperlyConfigured, match=r"ExercisePage.subjects\(\) leaves out conditions"),
    ):
        exercise.facts()


def test_note_changed_behind_the_gate_is_named(house: None, db: None):
    note = factories.note_at(NoteTarget(everywhere=True))
    note.targets.all().delete()
    SafetyNote.objects.get(pk=note.pk).targets.all().delete()
    told, is_content = audit()
    assert not is_content
    assert "Targets: Say where this note applies" in told
    assert told.endswith("1 of 7 live pages and notes should not be live as they are.")


def test_page_whose_time_is_over_is_named(house: None, db: None):
    ExercisePage.objects.filter(live=True).update(expire_at=timezone.now() - timedelta(days=1))
    told, is_content = audit()
    assert not is_content
    assert "has publish_scheduled stopped running?" in told


def test_one_that_cannot_be_read_does_not_keep_the_others_from_being_asked(house: None, db: None):
    exercise = ExercisePage.objects.get(live=True)
    second = exercise.copy(update_attrs={"slug": "second"}, keep_live=True)
    ExercisePage.objects.filter(pk=second.pk).update(purpose="", title="Second")
    real: Callable[[Any], Any] = ExercisePage.clinical_refusal

    def broken(page: Any) -> Any:
        if page.pk == exercise.pk:
            raise KeyError("steps")
        return real(page)

    with patch.object(ExercisePage, "clinical_refusal", broken):
        told, _ = audit()
    assert "“Wall calf stretch”: It cannot be read: KeyError: 'steps'" in told
    assert "“Second”: Purpose: " in told


def test_asking_changes_nothing(house: None, db: None, django_assert_num_queries: Any):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        audit()
    writes = [query["sql"] for query in asked if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert [each for each in writes if "clinical_heartbeat" not in each] == []  # but that it has run


def test_no_more_are_in_memory_than_are_fetched_at_a_time_and_a_line_says_how_far_it_is(
    house: None, db: None, monkeypatch: pytest.MonkeyPatch
):
    alive: WeakSet[Any] = WeakSet()
    most, told = [], []

    def watched(thing: Any, *_more: Any) -> tuple[str, ...]:
        alive.add(thing)
        most.append(len(alive))
        return ()

    monkeypatch.setattr(live_audit, "AT_ONCE", 5)
    monkeypatch.setattr(live_audit, "_not_shown", watched)
    monkeypatch.setattr(live_audit, "_against", lambda thing: ())
    monkeypatch.setattr("stretchsite.management.commands.audit_live.A_LINE_AFTER", 20)
    note = factories.note_at(NoteTarget(everywhere=True))
    for _size in range(2):
        copies = [copy(note) for _number in range(25)]
        for each in copies:
            each.pk, each.key, each.translation_key = None, uuid4(), uuid4()
        SafetyNote.objects.bulk_create(copies)
        del copies, each
        told.append(audit()[0].splitlines()[:-1])
    assert max(most) <= 7
    assert told == [["20 of about 32 asked"], [f"{number} of about 57 asked" for number in (20, 40)]]


def test_only_those_who_may_ask_see_it(house: None, db: None, client: Client):
    address = reverse("clinical_live_audit")
    assert client.get(address).headers["Location"].startswith("/admin/login/")
    person = factories.UserFactory.create()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    assert client.get(address).headers["Location"] == "/admin/"
    assert address not in client.get("/admin/").content.decode()
    person.user_permissions.add(Permission.objects.get(codename="audit_live"))
    assert client.get(address).status_code == 200
    assert address in client.get("/admin/").content.decode()
