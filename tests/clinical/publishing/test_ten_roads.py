"""H15: ten roads to being live. A page that breaks a rule is refused by each, and goes live by each once mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Locale, Page, TaskState, Workflow, WorkflowTask

from clinical.models import PublishRefused
from clinical.publishing import approvals
from testing.editor import as_opened, errors_of, page_as_posted
from tests.clinical.publishing import roads
from tests.clinical.publishing.page_faults import KINDS, OF_ANY_PAGE, good_draft
from tests.clinical.publishing.test_gate_roads import import_small_library

pytestmark = pytest.mark.usefixtures("everything_is_approved")

#: A rule every kind of page has, and what its refusal names.
(FAULT,) = (fault for fault in OF_ANY_PAGE if fault.name == "purpose of spaces")
#: The page is a draft or live, with its newest version spoiled or good; what the person was told, if anything.
Walk = Callable[[Client, Any], list[str]]


def approval(client: Client, page: Any) -> list[str]:
    """Approved at the last step of a workflow."""
    user = roads.chief()
    task = GroupApprovalTask.objects.create(name="Read it")
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(page, user)
    client.force_login(user)
    state = TaskState.objects.get(revision__object_id=str(page.pk))
    response = client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
    assert response.status_code == 302
    return roads.messages_of(response)


def revert(client: Client, page: Any) -> list[str]:
    """Published from an older version."""
    user = roads.chief()
    old = page.get_latest_revision()
    newer = good_draft_of(page)
    newer.save_revision()
    client.force_login(user)
    posted = {**page_as_posted(old.as_object(), user), **as_opened(page), "action-publish": "1"}
    response = client.post(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk]), posted)
    return [f"{page.title}: {errors_of(response)}"] if response.status_code == 200 else roads.messages_of(response)


def good_draft_of(page: Any) -> Any:
    newer = page.get_latest_revision_as_object()
    newer.purpose = "Another purpose."
    return newer


def translation(client: Client, page: Any) -> list[str]:
    """Its translation, published. The original is live meanwhile, or that alone would be the reason."""
    type(page).objects.filter(pk=page.pk).update(live=True)
    translated = page.get_latest_revision_as_object().copy_for_translation(
        Locale.objects.create(language_code="cy"), copy_parents=True
    )
    try:
        translated.save_revision(clean=False).publish()
    except PublishRefused as refused:
        return refused.sentences()
    finally:
        type(page).objects.filter(pk=page.pk).update(live=False)
    return []


OF_A_DRAFT: dict[str, Walk] = {
    "editor": roads.editor,
    "bulk": roads.bulk,
    "schedule": roads.schedule,
    "workflow approval": approval,
    "revert": revert,
    "translation": translation,
    "shell": roads.shell_publish,
}
OF_A_LIVE_PAGE: dict[str, Walk] = {"copy": roads.copy, "alias": roads.alias}
TEN = [*OF_A_DRAFT, *OF_A_LIVE_PAGE, "import"]


@contextmanager
def taken_back() -> Iterator[None]:
    """The next road begins where this one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    approvals.forget_locales()
    ContentType.objects.clear_cache()


def live() -> set[int]:
    clinical = Page.objects.type(*(kind.model for kind in KINDS.values()))
    return set(clinical.live().values_list("pk", flat=True))


def walk(road: str, kind: str, client: Client, folder: Path, *, spoiled: bool) -> tuple[list[str], int]:
    """Take the road: what was said, and how many pages have gone live by it."""
    if road == "import":
        before = live()
        changes = {"exercises/calf-stretch": {"purpose": "  "}} if spoiled else {}
        return import_small_library(folder / f"{kind}-{spoiled}", changes), len(live() - before)
    page = good_draft(kind)
    if road in OF_A_LIVE_PAGE:
        if spoiled:
            FAULT.spoil(page)
        page.live = True
        with roads.gate_asleep():
            page.save(clean=False)
    elif spoiled:
        FAULT.spoil(page)
    page.save_revision(clean=False)
    page = KINDS[kind].model.objects.get(pk=page.pk)
    before = live()
    told = {**OF_A_DRAFT, **OF_A_LIVE_PAGE}[road](client, page)
    return told, len(live() - before)


@pytest.mark.parametrize("kind", ["exercise", "routine"])
def test_ten_roads_ten_refusals_and_the_mended_page_goes_live_by_each(house: None, db: None, tmp_path: Path, kind: str):
    refused, mended = {}, {}
    for road in TEN:
        with taken_back():
            told, gone_live = walk(road, kind, Client(), tmp_path, spoiled=True)
            refused[road] = ("purpose" in " ".join(told).lower(), gone_live)
        with taken_back():
            told, gone_live = walk(road, kind, Client(), tmp_path, spoiled=False)
            mended[road] = (told, gone_live > 0)
    assert refused == dict.fromkeys(TEN, (True, 0))
    assert mended == dict.fromkeys(TEN, ([], True))
    assert len(TEN) == 10
