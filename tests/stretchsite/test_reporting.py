"""Reporting a page as unsafe: who may, who is told, what is kept of it, and what ends it."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinical.models import AuditEntry
from clinical.withdrawal.withdrawing import withdraw
from clinical.words.choices import AuditAction
from exercises.models import ExercisePage
from stretchsite.group_permissions import MANAGERS, PRACTITIONERS, SAFETY_OFFICERS
from stretchsite.report_screen import MOST_NAMED
from stretchsite.reporting import OF_ACCOUNT, open_reports, reported_pages
from stretchsite.reporting import report as write_report
from tests.stretchsite.test_desk import desk, draft_of, live_exercise, member, signed_in

pytestmark = pytest.mark.usefixtures("set_up_site", "db")

WHAT = "Two patients have felt their heel tendon give way in the second step."


def opened(client: Client, page: ExercisePage) -> dict[str, str]:
    """What the form sends along, as it was opened."""
    said = client.get(reverse("report_page", args=[page.pk])).content.decode()
    return dict(re.findall(r'name="(read_to)" value="(\d*)"', said))


def report(client: Client, page: ExercisePage, what: str = WHAT, form: dict[str, str] | None = None) -> str:
    """What the screen says after a report or an answer was sent."""
    sent = {"what": what, **(opened(client, page) if form is None else form)}
    return client.post(reverse("report_page", args=[page.pk]), sent, follow=True).content.decode()


def test_report_reaches_the_officers_desk_and_mail_and_the_audit_and_ends_with_an_answer(client: Client):
    giver, officer = member(PRACTITIONERS, "giver"), member(SAFETY_OFFICERS, "officer")
    page = live_exercise()
    listed = signed_in(client, giver).get(reverse("exercises:index")).content.decode()
    assert reverse("report_page", args=[page.pk]) in listed
    assert "The safety officers are told." in report(client, page)
    entry = AuditEntry.objects.get(action=AuditAction.REPORTED)
    assert (entry.by, entry.reason, entry.content_key) == (giver, WHAT, page.content_key)
    assert [letter.to for letter in mail.outbox] == [[officer.email]]
    said = desk(client, officer)
    assert WHAT in said
    assert WHAT not in desk(client, giver)
    told = report(signed_in(client, officer), page, "The second step is rewritten today.")
    assert "Answered." in told
    assert not open_reports().exists()
    assert [letter.to for letter in mail.outbox][-1] == [giver.email]
    assert AuditEntry.objects.get(action=AuditAction.ANSWERED).details["reports"] == [entry.pk]


def test_answer_closes_only_what_was_read_and_never_becomes_a_report(client: Client):
    giver, officer = member(PRACTITIONERS, "giver"), member(SAFETY_OFFICERS, "officer")
    page = live_exercise()
    empty = opened(signed_in(client, officer), page)
    report(signed_in(client, giver), page)
    form = opened(signed_in(client, officer), page)
    report(signed_in(client, giver), page, "A third patient has felt it.")
    told = report(signed_in(client, officer), page, "It is rewritten today.", form)
    assert "Read it above" in told
    assert "A third patient has felt it." in told
    assert "It is rewritten today.</textarea>" in told
    assert open_reports().count() == 2
    assert "The safety officers are told." in report(client, page, "My own: it hurts the knee.", empty)
    assert open_reports().count() == 3
    form = opened(client, page)
    assert "Answered." in report(client, page, "It is rewritten today.", form)
    told = report(signed_in(client, member(SAFETY_OFFICERS, "another")), page, "It is taken off.", form)
    assert "Nothing waits for an answer any more" in told
    assert "It is taken off.</textarea>" in told
    assert not open_reports().exists()


def test_many_reports_of_one_page_are_one_line_that_hides_no_other(client: Client):
    givers, officer = [member(PRACTITIONERS, f"giver {number}") for number in range(7)], member(SAFETY_OFFICERS)
    often, last = live_exercise(1), live_exercise(2)
    for giver in givers[:6]:
        write_report(often, by=giver, what=WHAT)
    write_report(last, by=givers[6], what="It hurts the knee.")
    said = desk(client, officer)
    assert said.count(WHAT) == 1
    assert "6 reports, the first from giver 0" in " ".join(said.split())
    assert "It hurts the knee." in said
    for number in range(3, 3 + MOST_NAMED):
        write_report(live_exercise(number), by=givers[0], what="It is too fast.")
    every = reverse("reported_pages")
    assert every in desk(client, officer)
    text = client.get(every).content.decode()
    assert text.count(reverse("report_page", args=[1])[:-2]) == MOST_NAMED + 2
    with CaptureQueriesContext(connection) as asked:
        assert len(reported_pages()) == MOST_NAMED + 2
    assert len(asked) == 2


def test_nobody_buries_what_others_report(client: Client):
    giver, page = member(PRACTITIONERS, "giver"), live_exercise()
    for number in range(OF_ACCOUNT.most):
        write_report(page, by=giver, what=f"{WHAT} {number}")
    told = report(signed_in(client, giver), page, "Once more.")
    assert "this was not sent. Call a safety officer, or send it again in 60 minutes" in told
    assert "Once more.</textarea>" in told
    assert "The safety officers are told." in report(signed_in(client, member(PRACTITIONERS, "another")), page)


def test_withdrawal_ends_what_was_reported(client: Client):
    giver, officer = member(PRACTITIONERS, "giver"), member(SAFETY_OFFICERS, "officer")
    page = live_exercise()
    report(signed_in(client, giver), page)
    withdraw(page, by=officer, reason="It can tear a healing tendon.")
    assert not open_reports().exists()


def test_deletion_ends_what_was_reported_once_no_page_says_it_any_more(client: Client):
    giver, officer = member(PRACTITIONERS, "giver"), member(SAFETY_OFFICERS, "officer")
    page, other = live_exercise(1), live_exercise(2)
    ExercisePage.objects.filter(pk=page.pk).update(content_key=other.content_key)
    report(signed_in(client, giver), ExercisePage.objects.get(pk=page.pk))
    ExercisePage.objects.get(pk=page.pk).delete()
    assert reverse("report_page", args=[other.pk]) in desk(client, officer)
    ExercisePage.objects.get(pk=other.pk).delete()
    assert not open_reports().exists()
    assert WHAT not in desk(client, officer)


@pytest.mark.parametrize("what", ["", "  ", "Mrs Jane Porter fell.", "Call her on 07700 900123."])
def test_report_says_something_and_names_nobody(client: Client, what: str):
    page = live_exercise()
    signed_in(client, member(PRACTITIONERS))
    assert "The safety officers are told." not in report(client, page, what)
    assert not AuditEntry.objects.filter(action=AuditAction.REPORTED).exists()


def test_managers_report_nothing_and_nobody_reports_a_draft(client: Client):
    giver = member(PRACTITIONERS)
    report(signed_in(client, giver), draft_of(giver))
    report(signed_in(client, member(MANAGERS)), live_exercise())
    assert not AuditEntry.objects.filter(action=AuditAction.REPORTED).exists()
