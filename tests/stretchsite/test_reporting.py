"""Reporting a page as unsafe: who may, who is told, what is kept of it, and what ends it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from clinical.models import AuditEntry
from clinical.withdrawal.withdrawing import withdraw
from clinical.words.choices import AuditAction
from exercises.models import ExercisePage
from stretchsite.reporting import open_reports
from stretchsite.setting_up import MANAGERS, PRACTITIONERS, SAFETY_OFFICERS
from tests.stretchsite.test_desk import desk, draft_of, live_exercise, member, signed_in

pytestmark = pytest.mark.usefixtures("set_up_site", "db")

WHAT = "Two patients have felt their heel tendon give way in the second step."


def report(client: Client, page: ExercisePage, what: str = WHAT) -> str:
    """What the screen says after a report was sent."""
    return client.post(reverse("report_page", args=[page.pk]), {"what": what}, follow=True).content.decode()


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
