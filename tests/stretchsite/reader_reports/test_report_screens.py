"""What readers told reaches whoever reviews: counted by page and step, on the desk, as a file, and dealt with."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinical.models import AuditEntry, User
from clinical.words.choices import AuditAction
from exercises.models import ExercisePage
from stretchsite.models import ReaderReport
from stretchsite.reader_reports.choices import ReaderWord
from stretchsite.setting_up import PRACTITIONERS, REVIEWERS
from tests.stretchsite.test_desk import desk, live_exercise, member, signed_in

pytestmark = pytest.mark.usefixtures("set_up_site", "db")


def told(page: ExercisePage, what: str = ReaderWord.HURT, step: int = 0, times: int = 1) -> None:
    """Readers have told this of a page."""
    rows = [ReaderReport(page=page, what=what, step=step, step_words="Lean in." if step else "") for _n in range(times)]
    ReaderReport.objects.bulk_create(rows)


def of_reviewer(person: User, number: int) -> ExercisePage:
    """A live page this person has reviewed."""
    page = live_exercise(number)
    ExercisePage.objects.filter(pk=page.pk).update(reviewer=person)
    return page


def lines(said: str) -> list[str]:
    """The rows of the list as words."""
    body = said.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = body.split("</tr>")[:-1]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_list_counts_by_page_and_step_the_newest_first(client: Client):
    first, second = live_exercise(1), live_exercise(2)
    told(first, ReaderWord.UNCLEAR, step=2, times=3)
    told(second)
    said = lines(signed_in(client, member(REVIEWERS)).get(reverse("reader_reports")).content.decode())
    assert said[0].startswith("Stretch 2 1 It hurt, or I felt unwell The whole page")
    assert "Stretch 1 3 I could not follow it Step 2: Lean in." in said[1]


def test_list_and_its_file_cost_the_same_for_few_and_many(client: Client):
    signed_in(client, member(REVIEWERS))
    page, costs = live_exercise(1), []
    for steps in (range(1, 3), range(3, 60)):
        for step in steps:
            told(page, step=step)
        for address in (reverse("reader_reports"), f"{reverse('reader_reports')}?export=csv"):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                said = b"".join(client.get(address))
            costs.append((address, len(asked)))
    assert len(set(costs)) == 2, costs
    assert said.decode().count("\n") == 60
    assert said.decode().splitlines()[0].startswith("Page,Step,")
    assert ',"It hurt, or I felt unwell",1,' in said.decode()
    assert len(lines(client.get(reverse("reader_reports")).content.decode())) == 50


def test_desk_of_a_reviewer_counts_what_waits_of_their_pages_and_of_nobodys(client: Client):
    reviewer, another = member(REVIEWERS, "reviewer"), member(REVIEWERS, "another")
    gone = member(REVIEWERS, "gone")
    told(of_reviewer(reviewer, 1), times=2)
    told(of_reviewer(another, 2), ReaderWord.UNCLEAR, times=4)
    told(of_reviewer(gone, 3), ReaderWord.UNCLEAR)
    gone.is_active = False
    gone.save()
    for person, number in ((reviewer, 3), (another, 5)):
        said = desk(client, person)
        assert f"{number} reports wait" in said
        assert ("2 of them: it hurt." in said) == (person == reviewer)
    assert "Told by readers" not in desk(client, member(PRACTITIONERS))
    own = client.force_login(reviewer) or lines(client.get(f"{reverse('reader_reports')}?whose=own").content.decode())
    assert [line[:9] for line in own] == ["Stretch 3", "Stretch 1"]


def test_dealing_with_a_page_closes_what_was_read_and_goes_on_record(client: Client):
    reviewer, page = member(REVIEWERS, "reviewer"), live_exercise(1)
    told(page, times=2)
    address = reverse("reader_reports_page", args=[page.pk])
    said = signed_in(client, reviewer).get(address).content.decode()
    read_to = re.search(r'name="read_to" value="(\d+)"', said)[1]
    told(page, ReaderWord.BROKEN)
    assert "2 reports are dealt with." in client.post(address, {"read_to": read_to}, follow=True).content.decode()
    assert list(ReaderReport.objects.waiting().values_list("what", flat=True)) == ["broken"]
    entry = AuditEntry.objects.get(action=AuditAction.DEALT_WITH)
    assert (entry.by, entry.content_key, entry.details["told"]) == (reviewer, page.content_key, {"hurt": 2})
    dealt = lines(client.get(f"{reverse('reader_reports')}?state=dealt").content.decode())
    assert len(dealt) == 1
    for nonsense in ("", "x", "9" * 30, "²"):
        client.post(address, {"read_to": nonsense})
    assert ReaderReport.objects.waiting().count() == 1


def test_whoever_does_not_review_reads_and_closes_nothing(client: Client):
    page: Any = live_exercise(1)
    told(page)
    signed_in(client, member(PRACTITIONERS))
    address = reverse("reader_reports_page", args=[page.pk])
    assert client.get(address).status_code == client.post(address, {"read_to": "99999"}).status_code == 302
    assert ReaderReport.objects.waiting().count() == 1
