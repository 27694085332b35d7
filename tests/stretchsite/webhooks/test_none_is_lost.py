"""However much is withdrawn and published at once, each message is sent once, in each language, and asked for once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from clinical.background import queue
from clinical.background.mail import send_message
from clinical.background.retries import deadline_of
from clinical.models import NoteTarget, SafetyNote, Withdrawal
from clinical.withdrawal.withdrawing import withdraw
from clinical.words.choices import AuditAction, NoteKind, Tier
from exercises.models import ExercisePage
from stretchsite.changes_feed import MOST
from stretchsite.models import ToldChange
from stretchsite.webhooks.sending_changes import hear, send_change, tell_changes
from testing import factories
from tests.stretchsite.webhooks.receiving import Receiver, told


@pytest.fixture
def waiting(receiver: Receiver, settings: Any) -> Any:
    """How many looks were asked for; nobody does them."""
    settings.TASKS = {**settings.TASKS, "later": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return lambda: [queue.about(task) for task in queue.unfinished()].count("Look what is to be told by webhook")


def many_warnings(number: int) -> None:
    """So many were published a moment ago."""
    locale, now = Locale.get_default(), timezone.now()
    words = {"live": True, "kind": NoteKind.STOP, "tier": Tier.DO_NOT, "source": "A textbook"}
    moments = {"first_published_at": now, "last_published_at": now}
    rows = [SafetyNote(text=f"{each}", locale=locale, **words, **moments) for each in range(number)]
    SafetyNote.objects.bulk_create(rows)


def test_more_than_the_feed_lists_are_all_sent(
    exercise: ExercisePage, receiver: Receiver, committed: Any, django_assert_max_num_queries: Any
):
    factories.publish(exercise)
    since = timezone.now().isoformat()
    withdraw(exercise, by=factories.UserFactory.create(), reason="Two people fell.")
    many_warnings(MOST + 5)
    with committed():
        tell_changes.call(about="x", since=since)
    kinds = [message["type"] for message in told(receiver)]
    assert (kinds.count("warning.new"), kinds.count("page.withdrawn")) == (MOST + 5, 1)
    with django_assert_max_num_queries(12):
        tell_changes.call(about="Again", since=since)


def test_every_language_of_a_page_is_sent(exercise: ExercisePage, receiver: Receiver, committed: Any):
    other = exercise.copy_for_translation(Locale.objects.create(language_code="cy"), copy_parents=True)
    factories.publish(exercise)
    factories.publish(other)
    with committed():
        withdraw(exercise, by=factories.UserFactory.create(), reason="Two people fell.")
    assert {message["data"]["language"] for message in told(receiver)} == {"en-gb", "cy"}
    assert len({headers["webhook-id"] for _path, headers, _body in receiver.sent}) == 2
    name = f"{exercise.content_key}:{Withdrawal.objects.get().in_force_at:%Y%m%dT%H%M%S%f}"
    assert set(ToldChange.objects.values_list("name", flat=True)) == {name, f"{name}:cy"}


def test_one_look_is_asked_for_by_each_transaction(
    home_page: Any, waiting: Any, django_capture_on_commit_callbacks: Any
):
    for expected in (1, 2):
        with django_capture_on_commit_callbacks(execute=True):
            for _each in range(3):
                hear(AuditAction.PUBLISHED, SafetyNote())
        assert waiting() == expected


def test_a_part_that_is_undone_takes_no_look_of_the_rest_away(home_page: Any, waiting: Any):
    with transaction.atomic():
        hear(AuditAction.PUBLISHED, SafetyNote())
        transaction.set_rollback(True)
    assert waiting() == 0
    hear(AuditAction.PUBLISHED, SafetyNote())
    assert waiting() == 1


def test_a_note_that_is_withdrawn_is_no_news(home_page: Any, waiting: Any, django_capture_on_commit_callbacks: Any):
    with django_capture_on_commit_callbacks(execute=True):
        note = factories.note_at(NoteTarget(everywhere=True), kind=NoteKind.CHECK_FIRST, tier=Tier.CHECK_FIRST)
    before = waiting()
    withdraw(note, by=factories.UserFactory.create(), reason="It was wrong.")
    assert Withdrawal.objects.open().count() == 1
    assert waiting() == before


def test_a_letter_goes_before_messages_and_a_message_is_given_half_a_minute(settings: Any, db: None):
    settings.TASKS = {**settings.TASKS, "later": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    send_change.enqueue(about="A message", to="x", name="y", message={})
    tell_changes.enqueue(about="A look", since=timezone.now().isoformat())
    send_message.enqueue(about="A letter", message={})
    order = [queue.about(queue.claim("w")) for _number in range(3)]
    assert order[2] == "A message"
    assert deadline_of(send_change.func) == timedelta(seconds=30)
