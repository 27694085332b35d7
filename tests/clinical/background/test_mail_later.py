"""X4: a mail server that is away undoes nothing and keeps nobody waiting; the mail goes when it is back, once."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTP
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clinical.background import queue, worker
from clinical.background.mail import as_data, from_data
from clinical.models import User
from clinical.review.reviewing import usual_review_due
from exercises.models import ExerciseIndexPage, ExercisePage
from stretchsite import logs
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests import mail_server

LATER = {**site_settings.TASKS, "later": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture(scope="module")
def server() -> Iterator[mail_server.MailServer]:
    with mail_server.mail_server() as answering:
        yield answering


@pytest.fixture
def away(server: mail_server.MailServer, settings: Any) -> mail_server.MailServer:
    """The site as it is when it is served, and a mail server that hangs."""
    server.does, server.taken = mail_server.HANGS, []
    settings.TASKS = LATER
    settings.EMAIL_BACKEND = "clinical.background.mail.MailLater"
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 0.3
    return server


@pytest.fixture
def nobody_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """No request may reach for the mail server at all, however quickly it would answer."""

    def called(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("the mail server was called while somebody waited")

    monkeypatch.setattr("django.core.mail.backends.smtp.EmailBackend.open", called)


def work() -> None:
    """What a worker does with what is due now."""
    while task := queue.claim("a worker"):
        worker.attempt(task)


def later(monkeypatch: pytest.MonkeyPatch, **passed: float) -> None:
    moment = timezone.now() + timedelta(**passed)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def waiting_text() -> str:
    return json.dumps(list(queue.tasks().values("args_kwargs", "traceback")), default=str)


def test_submitting_approving_inviting_and_resetting_call_no_mail_server(
    db: None, away: mail_server.MailServer, nobody_calls: None, client: Client
):
    call_command("setup_site", verbosity=0)
    User.objects.create_superuser("chief", email="chief@example.org")
    people = {}
    for group in ("Practitioners", "Reviewers", "Managers"):
        people[group] = factories.UserFactory.create(
            username=group, email=f"{group.lower()}@example.org", password="a-b-c"
        )
        people[group].groups.add(Group.objects.get(name=group))
    draft = factories.draft_exercise(title="Calf", slug="calf", live=False, owner=people["Practitioners"])
    page = ExerciseIndexPage.objects.get().add_child(instance=draft)
    page.save_revision(user=people["Practitioners"])

    client.force_login(people["Practitioners"])
    posted = {**page_as_posted(ExercisePage.objects.get(pk=page.pk), people["Practitioners"]), "action-submit": "1"}
    assert client.post(edit_address(page), posted).status_code == 302
    step = ExercisePage.objects.get(pk=page.pk).current_workflow_task_state
    assert step is not None

    client.force_login(people["Reviewers"])
    seen = {"seen": step.specific.fingerprint(), "review_due": usual_review_due().isoformat()}
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", step.pk])
    assert client.post(address, seen).status_code in {200, 302}
    assert ExercisePage.objects.get(pk=page.pk).live

    client.force_login(people["Managers"])
    sent = {"email": "new@example.org", "name": "New", "group": Group.objects.get(name="Reviewers").pk}
    assert client.post(reverse("clinical_invite"), sent).status_code == 302
    assert Client().post(reverse("wagtailadmin_password_reset"), {"email": "managers@example.org"}).status_code == 302

    subjects = sorted(queue.about(task) for task in queue.tasks())
    assert "Invitation → new@example.org" in subjects
    assert "New password → managers@example.org" in subjects
    assert any("reviewers@example.org" in subject for subject in subjects)  # something waits for their word
    assert any("chief@example.org" in subject for subject in subjects)  # somebody has submitted something
    assert any("practitioners@example.org" in subject for subject in subjects)  # it was approved


@pytest.mark.parametrize("does", [mail_server.HANGS, mail_server.HAS_NO_TLS, mail_server.BREAKS_OFF, "refuses"])
def test_mail_goes_once_when_the_server_is_back(
    db: None, away: mail_server.MailServer, settings: Any, monkeypatch: pytest.MonkeyPatch, does: str
):
    away.does = does
    settings.EMAIL_USE_TLS = does == mail_server.HAS_NO_TLS
    if does == "refuses":
        settings.EMAIL_PORT = 1
    mail.send_mail("A review is due", "Read it again.", None, ["author@example.org"])
    work()
    (task,) = queue.tasks()
    assert (task.status, away.taken) == ("READY", [])
    assert task.traceback
    assert task.run_after > timezone.now()

    settings.EMAIL_USE_TLS, settings.EMAIL_PORT, away.does = False, away.port, mail_server.WELL
    work()
    assert away.taken == []  # not before its time
    later(monkeypatch, minutes=2)
    work()
    later(monkeypatch, hours=3)
    work()
    (letter,) = away.taken
    assert f"Message-ID: <{task.pk}@" in letter


def test_letter_the_server_has_taken_is_not_sent_again_because_the_good_bye_failed(
    db: None, away: mail_server.MailServer
):
    away.does = mail_server.BREAKS_OFF_AFTER_TAKING_IT
    mail.send_mail("A review is due", "Read it again.", None, ["author@example.org"])
    work()
    assert len(away.taken) == 1
    assert queue.tasks().get().status == "SUCCESSFUL"


def test_mail_asked_for_in_a_transaction_that_is_undone_was_never_asked_for(db: None, away: mail_server.MailServer):
    with transaction.atomic():
        mail.send_mail("Submitted", "Look.", None, ["reviewer@example.org"])
        assert queue.tasks().count() == 1
        transaction.set_rollback(True)
    assert queue.tasks().count() == 0


@pytest.mark.parametrize("asked", ["invitation", "reset"])
def test_secret_of_a_letter_is_in_no_row_and_made_when_it_is_sent(
    db: None, away: mail_server.MailServer, monkeypatch: pytest.MonkeyPatch, client: Client, asked: str
):
    person = factories.UserFactory.create(username="anna", email="anna@example.org", password="slow-green-river")
    made = []
    make = default_token_generator.make_token
    monkeypatch.setattr(default_token_generator, "make_token", lambda user: made.append(make(user)) or made[-1])
    if asked == "reset":
        assert client.post(reverse("wagtailadmin_password_reset"), {"email": person.email}).status_code == 302
    else:
        from clinical.people.inviting import send_invitation

        send_invitation.enqueue(about="Invitation → anna@example.org", account=person.pk)
    work()  # fails, and what failed is kept
    assert not [token for token in made if token in waiting_text()]
    away.does = mail_server.WELL
    later(monkeypatch, hours=5)  # a link lives for one hour
    work()
    (letter,) = away.taken
    letter = letter.replace("=\r\n", "").replace("=3D", "=")
    address = re.search(r"https?://[^/]+(/admin/password_reset/\S+)", letter).group(1)
    assert client.get(address).status_code == 302  # the platform hides the token, and shows the form
    assert not [token for token in made if token in waiting_text()]


def test_nobody_writes_to_an_account_that_was_closed_meanwhile(db: None, away: mail_server.MailServer, client: Client):
    person = factories.UserFactory.create(username="anna", email="anna@example.org", password="slow-green-river")
    client.post(reverse("wagtailadmin_password_reset"), {"email": person.email})
    User.objects.update(is_active=False)
    away.does = mail_server.WELL
    work()
    assert (away.taken, queue.tasks().get().status) == ([], "SUCCESSFUL")


def test_what_a_letter_said_is_forgotten_when_it_is_sent(db: None, away: mail_server.MailServer):
    away.does = mail_server.WELL
    mail.send_mail("A subject", "Some words.", None, ["anna@example.org"])
    assert "Some words." in waiting_text()
    work()
    assert "Some words." not in waiting_text()
    assert "anna@example.org" not in waiting_text()


def test_message_comes_out_as_it_went_in():
    message = mail.EmailMultiAlternatives(
        "Grüße", "Words", "a@example.org", ["b@example.org"], bcc=["c@example.org"], cc=["d@example.org"],
        reply_to=["e@example.org"], headers={"Auto-Submitted": "auto-generated", "Message-ID": "<1@example.org>",
        "Date": "Mon, 1 Jan 2029 10:00:00 -0000"},
    )  # fmt: skip
    message.attach_alternative("<p>Words</p>", "text/html")
    again = from_data(json.loads(json.dumps(as_data(message))))
    assert again.recipients() == message.recipients()
    boundary = re.compile(rb"===============\d+==")
    as_sent = [boundary.sub(b"", each.message().as_bytes()) for each in (message, again)]
    assert as_sent[0] == as_sent[1]
    plain = mail.EmailMessage("x", "<b>y</b>", to=["b@example.org"])
    plain.content_subtype = "html"
    assert from_data(as_data(plain)).message().get_content_type() == "text/html"
    plain.attach("x.txt", "words", "text/plain")
    with pytest.raises(ValueError, match="attachments"):
        as_data(plain)


def test_error_mail_never_raises(db: None, away: mail_server.MailServer, monkeypatch: pytest.MonkeyPatch):
    def full(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError("read-only")

    monkeypatch.setattr(DBTaskResult.objects, "create", full)
    assert mail.send_mail("x", "y", None, ["a@example.org"], fail_silently=True) == 0
    with pytest.raises(DatabaseError):
        mail.send_mail("x", "y", None, ["a@example.org"])


def test_the_trial_server_is_one(server: mail_server.MailServer):
    server.does, server.taken = mail_server.WELL, []
    with SMTP("127.0.0.1", server.port, timeout=5) as connection:
        connection.sendmail("a@example.org", ["b@example.org"], "Subject: x\r\n\r\ny")
    assert len(server.taken) == 1


def test_error_mail_is_asked_for_by_a_thread_of_its_own_and_never_in_the_way(settings: Any, monkeypatch: Any):
    settings.ADMINS = [("Somebody", "somebody@stretch.example")]
    told = threading.Event()
    held = threading.Event()

    def slow(_handler: Any) -> None:
        held.wait(30)
        told.set()

    monkeypatch.setattr(logs.RedactingMail, "_tell", slow)
    handler = logs.RedactingMail()
    for number in range(100):
        handler.handle(logging.LogRecord("x", logging.ERROR, __file__, 1, f"error {number}", (), None))
    assert not told.is_set()
    assert handler._told.qsize() == logs.MOST_ERRORS_WAITING
    held.set()


def test_error_while_an_error_is_told_of_stays_in_the_log(settings: Any, monkeypatch: Any, caplog: Any):
    settings.ADMINS = [("Somebody", "somebody@stretch.example")]

    def away() -> None:
        raise DatabaseError("read-only")

    monkeypatch.setattr(queue, "state", away)
    monkeypatch.setattr(logs.RedactingMail, "_start", logs.RedactingMail._tell_next)
    logs.RedactingMail().handle(logging.LogRecord("x", logging.ERROR, __file__, 1, "error", (), None))
    assert "could not be told of by mail: read-only" in caplog.text
