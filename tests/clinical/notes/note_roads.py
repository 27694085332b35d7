"""The roads by which what a safety note says or reaches may change, each as a function, and what was said in refusal.

Every road is handed a note whose newest version holds the change. It answers with the sentences of the refusal; with
none, the note went through. Roads of pages are in :mod:`tests.clinical.publishing.roads`.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import CommandError
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowTask

from clinical.models import NoteTarget, SafetyNote
from clinical.publishing.fingerprints import fingerprint_of
from testing import small_library
from testing.editor import Posted, as_opened, errors_of, filled_in
from tests.clinical.publishing import roads

OF_NOTES = "wagtailsnippets_clinical_safetynote"


def screen(name: str, note: SafetyNote, *more: Any) -> str:
    """The address of one of the note's screens in the admin."""
    return reverse(f"{OF_NOTES}:{name}", args=[note.pk, *more])


def editor(client: Client, note: SafetyNote) -> list[str]:
    """Published in its editor."""
    return _published_at(client, screen("edit", note), note)


def revert(client: Client, note: SafetyNote) -> list[str]:
    """Published from an older version, over a newer one that says what is live."""
    versions = list(note.revisions.order_by("-created_at", "-pk"))
    others = [version for version in versions if fingerprint_of(version.as_object()) != fingerprint_of(note)]
    changed = (others or versions)[0]
    note.save_revision(clean=False)
    return _published_at(client, screen("revisions_revert", note, changed.pk), note)


def workflow(client: Client, note: SafetyNote) -> list[str]:
    """Approved at the last step of a workflow of the platform's own, which asks nothing about who wrote it."""
    task, _made = GroupApprovalTask.objects.get_or_create(name="Read it")
    review, _made = Workflow.objects.get_or_create(name="Somebody's own")
    WorkflowTask.objects.get_or_create(workflow=review, task=task, sort_order=0)
    if not note.workflow_in_progress:
        review.start(note, roads.chief())
    client.force_login(roads.chief())
    step = note.current_workflow_task_state
    return roads.messages_of(client.post(screen("workflow_action", note, "approve", step.pk), {"comment": ""}))


def translation(client: Client, note: SafetyNote) -> list[str]:
    """What a translation of it says, published. The site has no screen that makes one; code may."""
    welsh, _made = Locale.objects.get_or_create(language_code="cy")

    def translate() -> None:
        translated = note.get_translation_or_none(welsh)
        if translated is None:
            translated = note.get_latest_revision_as_object().copy_for_translation(welsh)
            translated.save()
        translated.save_revision().publish()

    return roads.said_by(translate)


def load_library(client: Client, note: SafetyNote) -> list[str]:
    """Loaded from a file, published."""
    with TemporaryDirectory() as folder:
        records = {f"notes/{note.library_id}": as_record(note.get_latest_revision_as_object())}
        try:
            small_library.load(small_library.write(Path(folder), records), publish=True)
        except CommandError as error:
            return [str(fault) for fault in error.__cause__.faults]
    return []


def as_record(note: SafetyNote) -> dict[str, Any]:
    """A note as the file it could have come from; what it does not say is left out."""
    optional = ("urgency", "what_to_do", "moment", "concerns_step", "polarity", "needs_warm_up")
    record = {"id": note.library_id, "kind": str(note.kind), "tier": int(note.tier), "text": note.text}
    record |= {name: getattr(note, name) for name in optional if getattr(note, name)}
    record |= {"source": note.source, "applies_to": [_as_place(target) for target in note.targets.all()]}
    if note.action_code:
        record["action"] = note.action_code
    if note.rules_out:
        record["rules_out"] = note.rules_out.library_id
    if note.dose_figure:
        record["dose"] = {"figure": str(note.dose_figure), "least": note.dose_least, "most": note.dose_most}
    return record


def _as_place(target: NoteTarget) -> dict[str, str]:
    if target.condition:
        return {"condition": target.condition.library_id}
    return {"region": target.region} if target.region else {"position": target.position}


#: What whoever takes something away has to say.
WHY = {"reason": "It is said elsewhere."}


def delete(client: Client, note: SafetyNote) -> list[str]:
    """Deleted on its screen."""
    client.force_login(roads.chief())
    return roads.messages_of(client.post(screen("delete", note), WHY))


def delete_in_bulk(client: Client, note: SafetyNote) -> list[str]:
    """Ticked in the listing and deleted from the bar below it."""
    client.force_login(roads.chief())
    return roads.messages_of(client.post(f"{bulk_address('delete')}?id={note.pk}", WHY))


def unpublish(client: Client, note: SafetyNote) -> list[str]:
    """Unpublished on its screen."""
    client.force_login(roads.chief())
    return roads.messages_of(client.post(screen("unpublish", note), WHY))


def shell_unpublish(client: Client, note: SafetyNote) -> list[str]:
    """``note.unpublish()``."""
    return roads.said_by(note.unpublish)


def bulk_address(action: str) -> str:
    """Where a bulk action on notes would be."""
    return reverse("wagtail_bulk_action", args=("clinical", "safetynote", action))


def form_at(client: Client, address: str) -> Posted:
    """What a browser would send from the form at an address."""
    client.force_login(roads.chief())
    return filled_in(client.get(address).context["form"])


def _published_at(client: Client, address: str, note: SafetyNote) -> list[str]:
    posted = {**form_at(client, address), **as_opened(note), "action-publish": "1"}
    response = client.post(address, posted)
    if response.status_code == 200:
        return [f"{note}: {errors_of(response)}"]
    return roads.messages_of(response)
