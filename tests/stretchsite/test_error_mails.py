"""An error mail holds no reader's address, nothing a reader sent, and no address of a webhook."""

from __future__ import annotations

import logging
import sys
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from clinical.background import worker
from exercises.models import ExercisePage
from stretchsite.logs import RedactingFormatter, RedactingMail, RedactingReporter
from stretchsite.reader_reports import telling_form
from stretchsite.webhooks.sending_changes import digest_of, send_change

#: As the proxies and platforms there are pass it on, each in a header of its own.
READER = {
    "REMOTE_ADDR": "203.0.113.9",
    "HTTP_X_FORWARDED_FOR": "203.0.113.9, 10.0.0.1",
    "HTTP_FORWARDED": "for=203.0.113.9",
    "HTTP_X_REAL_IP": "203.0.113.9",
    "HTTP_CF_CONNECTING_IP": "203.0.113.9",
    "HTTP_HEADER_OF_TOMORROW": "203.0.113.9",
}
HOOK = "https://hooks.invalid/path-of-theirs?key=very-hidden"


@pytest.fixture(autouse=True)
def mailed(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors are told of by mail, here and not in a thread of its own."""
    settings.ADMINS = [("Somebody", "somebody@stretch.example")]
    monkeypatch.setattr(RedactingMail, "_start", RedactingMail._tell_next)


def test_what_a_reader_told_is_in_no_error_mail_nor_where_they_are(
    exercise: ExercisePage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(telling_form, "keep_report", lambda *told: 1 / 0)
    sent = {"what": "unclear", "where": "all"}
    answer = Client(raise_request_exception=False).post(f"/exercises/{exercise.slug}/tell/", sent, **READER)
    assert answer.status_code == 500
    (letter,) = mail.outbox
    body = str(letter.body)
    assert "division by zero" in body
    assert "REQUEST_METHOD = 'POST'" in body
    assert "No POST data" in body
    for hidden in ("203.0.113.9", "10.0.0.1", "unclear", "very-hidden"):
        assert hidden not in f"{letter.subject}\n{body}"


def test_what_was_sent_in_the_admin_is_told(rf: Any):
    try:
        raise ValueError("It failed.")
    except ValueError:
        told = RedactingReporter(rf.post("/admin/pages/1/", {"title": "Calf"}), *sys.exc_info()).get_traceback_text()
    assert "title = 'Calf'" in told


def test_addresses_of_webhooks_are_in_no_error_mail_and_no_log(db: None, settings: Any, caplog: Any):
    """Neither among the settings, nor when a message to one was given up."""
    settings.WEBHOOK_ADDRESSES, settings.WEBHOOK_SECRETS = [HOOK], []
    console = RedactingFormatter("%(message)s")
    try:
        send_change.call(about="Webhook to hooks.invalid: x", to=digest_of(HOOK), name="a:1", message={})
    except Exception:
        record = logging.LogRecord(worker.__name__, logging.ERROR, "x.py", 1, "Given up", (), sys.exc_info())
    RedactingMail().handle(record)
    reporter = RedactingReporter(None, *record.exc_info, is_email=True)
    told = [str(mail.outbox[0].body), console.format(record), reporter.get_traceback_html()]
    assert "WEBHOOK_ADDRESSES" in told[0]
    assert "hooks.invalid is not known" in told[1]
    for each in told:
        assert "very-hidden" not in each
        assert "path-of-theirs" not in each
