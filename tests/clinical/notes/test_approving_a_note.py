"""A note is approved in its editor, where a decision is no edit."""

from __future__ import annotations

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from clinical.models import ClinicalReviewTask, NoteTarget, SafetyNote, User
from testing import factories
from testing.editor import Posted, as_opened, filled_in
from tests.clinical.publishing.roads import chief


@pytest.fixture
def submitted(db: None) -> SafetyNote:
    """A draft its writer has submitted."""
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=ClinicalReviewTask.objects.create(name="Review"))
    notes = ContentType.objects.get_for_model(SafetyNote)
    WorkflowContentType.objects.create(workflow=workflow, content_type=notes)
    note = factories.note_at(NoteTarget(region="hip"), live=False)
    note.save_revision(user=chief())
    workflow.start(note, chief())
    return SafetyNote.objects.get(pk=note.pk)


def decide(client: Client, note: SafetyNote, action: str, **typed: str) -> str:
    """Open the note's editor as a colleague, type, and decide there as the platform's script does; what is said."""
    client.force_login(User.objects.create_superuser("colleague"))
    address = reverse("wagtailsnippets_clinical_safetynote:edit", args=[note.pk])
    sent = {"seen": note.current_workflow_task_state.fingerprint(), "comment": "Read."}
    decision: Posted = {
        "action-workflow-action": "true",
        "workflow-action-name": action,
        "workflow-action-extra-data": json.dumps(sent if action == "approve" else {"comment": "Read."}),
    }
    form = filled_in(client.get(address).context["form"])
    return client.post(address, {**form, **as_opened(note), **typed, **decision}, follow=True).content.decode()


def test_whoever_approves_a_note_in_its_editor_has_not_written_it(submitted: SafetyNote, client: Client):
    assert "is approved and live" in decide(client, submitted, "approve")
    assert SafetyNote.objects.get(pk=submitted.pk).live
    assert {version.user for version in submitted.revisions.all()} == {chief()}


def test_whoever_changes_a_note_while_approving_it_has_written_it(submitted: SafetyNote, client: Client):
    decide(client, submitted, "approve", text="Other words than those that were submitted.")
    assert not SafetyNote.objects.get(pk=submitted.pk).live


def test_asking_for_changes_of_a_note_makes_no_version(submitted: SafetyNote, client: Client):
    before = submitted.revisions.count()
    decide(client, submitted, "reject")
    assert submitted.revisions.count() == before
    assert SafetyNote.objects.get(pk=submitted.pk).current_workflow_state.status == "needs_changes"
