"""What readers told reaches whoever reviews: counted by page and step, on the desk, as a file, and dealt with."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from clinical.models import AuditEntry, User
from clinical.words.choices import AuditAction
from exercises.models import ExercisePage
from stretchsite.group_permissions import PRACTITIONERS, REVIEWERS
from stretchsite.models import ReaderReport
from stretchsite.reader_reports.choices import ReaderWord
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


def test_list_counts_by_page_and_step_where_it_hurt_first_then_the_newest(client: Client):
    first, second = live_exercise(1), live_exercise(2)
    told(first, ReaderWord.UNCLEAR, step=2, times=3)
    told(second)
    told(second, ReaderWord.WRONG)
    told(live_exercise(3), ReaderWord.WRONG)
    said = lines(signed_in(client, member(REVIEWERS)).get(reverse("reader_reports")).content.decode())
    assert [line[:9] for line in said] == ["Stretch 2", "Stretch 2", "Stretch 3", "Stretch 1"]
    assert said[0].startswith("Stretch 2 The whole page It hurt, or I felt unwell on its own page 1 time, last on")
    assert "Stretch 1 Step 2: Lean in. I could not follow it on its own page 3 times, last on" in said[3]


def test_list_page_and_file_say_where_it_was_told_and_the_file_where_it_is_read(client: Client):
    page, routine = live_exercise(1), live_exercise(2)
    for told_on, of in (("page", None), ("routine", routine), ("link", None)):
        ReaderReport.objects.create(page=page, what=ReaderWord.UNCLEAR, told_on=told_on, routine=of)
    signed_in(client, member(REVIEWERS))
    said = ("on its own page", "in the routine “Stretch 2”", "given by link, where the dose may differ")
    address = reverse("reader_reports")
    for path in (address, reverse("reader_reports_page", args=[page.pk]), f"{address}?export=csv"):
        shown = b"".join(client.get(path)).decode()
        assert [words for words in said if words not in shown] == [], path
    assert f"{page.full_url},whole page," in shown


def test_foot_of_the_list_counts_reports_as_the_desk_does(client: Client):
    reviewer = member(REVIEWERS, "reviewer")
    told(of_reviewer(reviewer, 1), step=1, times=3)
    told(of_reviewer(reviewer, 2), times=2)
    assert "5 reports wait</a>." in desk(client, reviewer)
    listed = client.get(f"{reverse('reader_reports')}?whose=own").content.decode()
    foot = listed.partition('class="pagination__end"')[2].partition("</div>")[0]
    assert foot.strip(" >\n") == "5 reports"
    assert "There are 5 matches" in listed


def test_list_and_its_file_cost_the_same_for_few_and_many(client: Client):
    signed_in(client, member(REVIEWERS))
    pages, costs = [live_exercise(number) for number in range(1, 4)], []
    for steps in (range(1, 2), range(2, 60)):
        for step in steps:
            told(pages[step % 3], step=step)
        for address in (reverse("reader_reports"), f"{reverse('reader_reports')}?export=csv"):
            b"".join(client.get(address))
            with CaptureQueriesContext(connection) as asked:
                said = b"".join(client.get(address))
            costs.append((address, len(asked)))
    assert len(set(costs)) == 2, costs
    assert said.decode().count("\n") == 60
    assert said.decode().splitlines()[0].startswith("Page,Address,Step,")
    assert ',"It hurt, or I felt unwell",on its own page,1,' in said.decode()
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
    assert [line[:9] for line in own] == ["Stretch 1", "Stretch 3"]


def test_dealing_with_a_page_closes_what_was_read_and_goes_on_record(client: Client):
    reviewer = member(REVIEWERS, "reviewer")
    page = of_reviewer(reviewer, 1)
    told(page, times=2)
    own = signed_in(client, reviewer).get(f"{reverse('reader_reports')}?whose=own").content.decode()
    address = f"{reverse('reader_reports_page', args=[page.pk])}?whose=own"
    assert f'href="{address}"' in own
    said = client.get(address).content.decode()
    assert "I have dealt with these 2 reports" in said
    read_to = re.search(r'name="read_to" value="(\d+)"', said)[1]
    told(page, ReaderWord.BROKEN)
    answer = client.post(address, {"read_to": read_to}, follow=True)
    assert answer.redirect_chain == [(f"{reverse('reader_reports')}?whose=own", 302)]
    assert "2 reports are dealt with." in answer.content.decode()
    assert list(ReaderReport.objects.waiting().values_list("what", flat=True)) == ["broken"]
    entry = AuditEntry.objects.get(action=AuditAction.DEALT_WITH)
    assert (entry.by, entry.content_key, entry.details["told"]) == (reviewer, page.content_key, {"hurt": 2})
    dealt = lines(client.get(f"{reverse('reader_reports')}?state=dealt").content.decode())
    assert len(dealt) == 1
    done = f"Dealt with by {reviewer.get_full_name() or reviewer.username} on {date_format(localdate(), 'j M Y')}"
    assert done in dealt[0]
    assert done in client.get(address).content.decode()
    as_file = b"".join(client.get(f"{reverse('reader_reports')}?state=dealt&export=csv")).decode()
    assert as_file.splitlines()[0].endswith("Dealt with by,Dealt with on")
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
