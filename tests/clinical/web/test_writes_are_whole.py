"""M11 and R-C2: a process that ends in the middle of a publication or a withdrawal leaves nothing of it behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Revision, TaskState, Workflow, WorkflowTask

from clinical.middleware import WritesAreWhole
from clinical.models import Approval, AuditEntry, ClinicalReviewTask, Withdrawal
from clinical.review.reviewing import usual_review_due
from clinical.withdrawal.withdrawing import withdraw
from clinical.words.choices import AuditAction
from exercises.models import ExercisePage
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests.clinical.publishing.page_faults import good_draft
from tests.clinical.publishing.roads import chief
from tests.clinical.publishing.test_publish_gate import add_address

pytestmark = pytest.mark.usefixtures("everything_is_approved")

WITHOUT_THE_TRANSACTION = [name for name in settings.MIDDLEWARE if not name.endswith(WritesAreWhole.__name__)]


class TheProcessEnds(BaseException):
    """Not an ``Exception``, so that nobody on the way catches it: as a killed process, nothing more is done."""


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(chief())
    return client


def stored() -> tuple[Any, ...]:
    live = frozenset(ExercisePage.objects.live().values_list("slug", "purpose"))
    rows = (Page, Revision, PageLogEntry, Approval, AuditEntry, TaskState.objects.filter(status="approved"))
    return live, *(getattr(kind, "objects", kind).count() for kind in rows)


def a_new_draft() -> tuple[str, dict[str, Any]]:
    page = good_draft("exercise")
    posted = page_as_posted(page, chief())
    no_rows = {name: "0" for name in posted if name.endswith("-INITIAL_FORMS")}
    no_ids = {name: "" for name in posted if name.endswith("-id") and name.count("-") == 2}
    return add_address("exercise"), {**posted, **no_rows, **no_ids, "slug": "in-one-go"}


def a_live_copy() -> tuple[str, dict[str, Any]]:
    page = ExercisePage.objects.get(live=True)
    posted = {"new_title": page.title, "new_slug": "the-copy", "new_parent_page": page.get_parent().pk}
    return reverse("wagtailadmin_pages:copy", args=[page.pk]), {**posted, "publish_copies": "on"}


def an_approval() -> tuple[str, dict[str, Any]]:
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=ClinicalReviewTask.objects.create(name="Review"))
    page = good_draft("exercise")
    page.save_revision(user=page.author)
    workflow.start(page, page.author)
    step = ExercisePage.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", step.pk])
    return address, {"seen": step.specific.fingerprint(), "review_due": usual_review_due().isoformat()}


def an_edited_one() -> tuple[str, dict[str, Any]]:
    page = ExercisePage.objects.get(live=True)
    page.save_revision().publish()
    page = ExercisePage.objects.get(live=True)
    return edit_address(page), {**page_as_posted(page, chief()), "purpose": "Another.", "action-publish": "1"}


#: Where the process ends: when the page is made, when its version is, when it is live, before the last entry.
MADE, LIVE = (
    "wagtail.models.Page.save_revision",
    "wagtail.actions.publish_revision.PublishRevisionAction._after_publish",
)
TO_BE_PUBLISHED = "wagtail.actions.publish_page_revision.PublishPageRevisionAction.execute"
LAST_ENTRY = "wagtail.actions.publish_revision.log"
PUBLISHED = [TO_BE_PUBLISHED, LIVE, LAST_ENTRY]
MOMENTS = {
    a_new_draft: [MADE],
    a_live_copy: [MADE, "wagtail.actions.copy_page.log"],
    an_edited_one: [MADE, *PUBLISHED],
    an_approval: ["clinical.review.reviewing.sign", *PUBLISHED],
}
BREAKS = [
    pytest.param(how, moment, id=f"{how.__name__}-{moment.rpartition('.')[2]}")
    for how, moments in MOMENTS.items()
    for moment in moments
]


def end_during(moment: str, step: Callable[[], Any]) -> None:
    with patch(moment, side_effect=TheProcessEnds), pytest.raises(TheProcessEnds):
        step()


@pytest.mark.parametrize(("how", "moment"), BREAKS)
def test_publication_that_breaks_off_leaves_nothing_behind(
    house: None, db: None, writer: Client, how: Callable[[], tuple[str, dict[str, Any]]], moment: str
):
    address, posted = how()
    before = stored()
    end_during(moment, lambda: writer.post(address, posted))
    assert stored() == before
    assert not any(Page.find_problems())
    assert writer.post(address, posted).status_code == 302
    assert stored() != before


@pytest.mark.parametrize(("how", "moment"), [(a_new_draft, MADE), (an_edited_one, LAST_ENTRY)])
def test_the_platform_as_it_comes_leaves_half_of_it(
    house: None, db: None, writer: Client, how: Callable[[], tuple[str, dict[str, Any]]], moment: str
):
    address, posted = how()
    before = stored()
    with override_settings(MIDDLEWARE=WITHOUT_THE_TRANSACTION):
        end_during(moment, lambda: Client.post(_again(writer), address, posted))
    assert stored() != before


def _again(writer: Client) -> Client:
    """The same person, for whom the middlewares are put together anew."""
    client = Client()
    client.cookies = writer.cookies
    return client


def test_withdrawal_that_breaks_off_leaves_nothing_behind(house: None, db: None):
    page = ExercisePage.objects.get(live=True)
    officer = factories.UserFactory.create(username="officer")
    moment = "clinical.withdrawal.withdrawing.UnpublishPageAction.execute"
    end_during(moment, lambda: withdraw(page, by=officer, reason="It tears tendons."))
    assert ExercisePage.objects.get(pk=page.pk).live
    assert not Withdrawal.objects.exists()
    assert not AuditEntry.objects.filter(action=AuditAction.WITHDRAWN).exists()


@pytest.mark.parametrize("address", ["/admin/", "/exercises/", "/admin/pages/1/edit/preview/"])
def test_reading_and_previews_wait_for_nobody(house: None, db: None, writer: Client, address: str):
    method = writer.post if address.endswith("preview/") else writer.get
    with patch("clinical.middleware.write_lock") as turn:
        method(address)
    turn.assert_not_called()


def test_saving_waits_for_its_turn(house: None, db: None, writer: Client):
    address, posted = an_edited_one()
    with patch("clinical.middleware.write_lock") as turn:
        writer.post(address, posted)
    turn.assert_called_once_with(urgent=False)
