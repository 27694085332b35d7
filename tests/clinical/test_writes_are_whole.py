"""M11 and R-C2: a process that ends in the middle of a publication or a withdrawal leaves nothing of it behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client, override_settings
from wagtail.models import Page, PageLogEntry, Revision

from clinical.choices import AuditAction
from clinical.middleware import WritesAreWhole
from clinical.models import AuditEntry, Withdrawal
from clinical.models.withdrawing import withdraw
from exercises.models import ExercisePage
from tests import factories
from tests.clinical.editor import edit_address, page_as_posted
from tests.clinical.page_faults import good_draft
from tests.clinical.roads import chief
from tests.clinical.test_publish_gate import add_address

pytestmark = pytest.mark.usefixtures("everything_is_approved")

#: Where the process ends: after the page is made, after its version, after it is live, before the last entry.
MOMENTS = [
    "wagtail.models.Page.save_revision",
    "wagtail.actions.publish_page_revision.PublishPageRevisionAction.execute",
    "wagtail.actions.publish_revision.PublishRevisionAction._after_publish",
    "wagtail.actions.publish_revision.log",
]
WITHOUT_THE_TRANSACTION = [name for name in settings.MIDDLEWARE if not name.endswith(WritesAreWhole.__name__)]


class TheProcessEnds(BaseException):
    """Not an ``Exception``, so that nobody on the way catches it: as a killed process, nothing more is done."""


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(chief())
    return client


def stored() -> tuple[Any, ...]:
    live = frozenset(ExercisePage.objects.live().values_list("slug", "purpose"))
    return Page.objects.count(), live, Revision.objects.count(), PageLogEntry.objects.count()


def a_new_one_in_one_go() -> tuple[str, dict[str, Any]]:
    page = good_draft("exercise")
    posted = page_as_posted(page, chief())
    no_rows = {name: "0" for name in posted if name.endswith("-INITIAL_FORMS")}
    no_ids = {name: "" for name in posted if name.endswith("-id") and name.count("-") == 2}
    return add_address("exercise"), {**posted, **no_rows, **no_ids, "slug": "in-one-go", "action-publish": "1"}


def an_edited_one() -> tuple[str, dict[str, Any]]:
    page = ExercisePage.objects.get(live=True)
    page.save_revision().publish()
    page = ExercisePage.objects.get(live=True)
    return edit_address(page), {**page_as_posted(page, chief()), "purpose": "Another.", "action-publish": "1"}


def end_during(moment: str, step: Callable[[], Any]) -> None:
    with patch(moment, side_effect=TheProcessEnds), pytest.raises(TheProcessEnds):
        step()


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.rpartition(".")[2])
@pytest.mark.parametrize("how", [a_new_one_in_one_go, an_edited_one])
def test_publication_that_breaks_off_leaves_nothing_behind(
    house: None, db: None, writer: Client, how: Callable[[], tuple[str, dict[str, Any]]], moment: str
):
    address, posted = how()
    before = stored()
    end_during(moment, lambda: writer.post(address, posted))
    assert stored() == before
    assert not any(Page.find_problems())
    assert writer.post(address, posted).status_code == 302


@pytest.mark.parametrize("how", [a_new_one_in_one_go, an_edited_one])
def test_the_platform_as_it_comes_leaves_half_of_it(
    house: None, db: None, writer: Client, how: Callable[[], tuple[str, dict[str, Any]]]
):
    address, posted = how()
    before = stored()
    with override_settings(MIDDLEWARE=WITHOUT_THE_TRANSACTION):
        end_during(MOMENTS[-1], lambda: Client.post(_again(writer), address, posted))
    after = stored()
    assert after != before
    assert after[2] > before[2]


def _again(writer: Client) -> Client:
    """The same person, for whom the middlewares are put together anew."""
    client = Client()
    client.cookies = writer.cookies
    return client


def test_withdrawal_that_breaks_off_leaves_nothing_behind(house: None, db: None):
    page = ExercisePage.objects.get(live=True)
    officer = factories.UserFactory(username="officer")
    moment = "clinical.models.withdrawing.UnpublishPageAction.execute"
    end_during(moment, lambda: withdraw(page, by=officer, reason="It tears tendons."))
    assert ExercisePage.objects.get(pk=page.pk).live
    assert not Withdrawal.objects.exists()
    assert not AuditEntry.objects.filter(action=AuditAction.WITHDRAWN).exists()


@pytest.mark.parametrize("address", ["/admin/", "/exercises/", "/admin/pages/1/edit/preview/"])
def test_reading_and_previews_wait_for_nobody(house: None, db: None, writer: Client, address: str):
    method = writer.post if address.endswith("preview/") else writer.get
    with patch("clinical.middleware.one_writer_at_a_time") as turn:
        method(address)
    turn.assert_not_called()


def test_saving_waits_for_its_turn(house: None, db: None, writer: Client):
    address, posted = an_edited_one()
    with patch("clinical.middleware.one_writer_at_a_time") as turn:
        writer.post(address, posted)
    turn.assert_called_once_with()
