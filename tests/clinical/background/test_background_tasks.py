"""X4: a task that fails is tried again, waiting longer each time, up to an end; a dead worker's is taken back."""

from __future__ import annotations

import time
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from clinical.background import queue, retries, worker
from clinical.background.retries import (
    DEADLINE,
    GIVEN_UP_FOR_DEAD_AFTER,
    LONGEST_DEADLINE,
    MOST_ATTEMPTS,
    deadline_of,
    takes_up_to,
    wait_after,
)
from testing import factories

LATER = {**site_settings.TASKS, "later": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
done: list[str] = []


@task(backend="later")
def write_down(about: str) -> None:
    if about == "fails":
        raise RuntimeError("no")
    if about == "hangs":
        time.sleep(5)
    done.append(about)


@pytest.fixture
def kept(db: None, settings: Any) -> None:
    """Tasks stay in the database until a worker comes."""
    settings.TASKS = LATER
    done.clear()


def asked_for(about: str) -> Any:
    write_down.enqueue(about=about)
    return queue.tasks().latest("enqueued_at")


def at(monkeypatch: pytest.MonkeyPatch, moment: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def run_once() -> None:
    call_command("run_tasks", "--once")


def test_waits_grow_and_end_after_two_days():
    waits = [wait_after(attempt) for attempt in range(1, MOST_ATTEMPTS + 1)]
    assert waits[-1] is None
    known = [wait for wait in waits if wait]
    assert known == sorted(known)
    assert known[0] == timedelta(minutes=1)
    assert timedelta(hours=46) < sum(known, timedelta()) < timedelta(hours=50)
    assert DEADLINE < GIVEN_UP_FOR_DEAD_AFTER / 2
    assert LONGEST_DEADLINE < GIVEN_UP_FOR_DEAD_AFTER


def test_tasks_are_done_in_turn_and_one_that_fails_keeps_no_other(kept: None):
    for about in ("one", "fails", "two"):
        asked_for(about)
    run_once()
    assert done == ["one", "two"]
    assert queue.state() == queue.QueueState(waiting=1, late=0, failed=0)
    run_once()
    assert done == ["one", "two"]


def test_task_that_always_fails_is_given_up_and_can_be_tried_again(kept: None, monkeypatch: Any, caplog: Any):
    task_asked_for = asked_for("fails")
    moment = timezone.now()
    for _attempt in range(MOST_ATTEMPTS):
        at(monkeypatch, moment)
        claimed = queue.claim("a worker")
        worker.attempt(claimed)
        moment += timedelta(hours=1, minutes=1)
    assert queue.state().failed == 1
    assert "Given up: “fails”." in caplog.text
    assert queue.claim("a worker") is None
    assert queue.try_again(task_asked_for.pk) == 1
    assert queue.claim("a worker").worker_ids == ["a worker"]


def test_task_that_hangs_is_left_at_its_deadline(kept: None, monkeypatch: Any):
    asked_for("hangs")
    monkeypatch.setattr(retries, "DEADLINE", timedelta(seconds=1))
    run_once()
    assert done == []
    assert "longer than 1 seconds" in queue.tasks().get().traceback


def test_what_a_task_calls_may_be_given_longer_but_never_so_long_that_it_is_taken_for_dead():
    assert deadline_of(lambda: None) == DEADLINE
    assert deadline_of(takes_up_to(timedelta(minutes=3))(lambda: None)) == timedelta(minutes=3)
    assert deadline_of(takes_up_to(timedelta(hours=3))(lambda: None)) == LONGEST_DEADLINE


def test_task_of_a_dead_worker_is_taken_back_and_the_dead_change_nothing_any_more(kept: None, monkeypatch: Any):
    asked_for("one")
    dead = queue.claim("killed")
    assert queue.take_back() == 0
    at(monkeypatch, timezone.now() + GIVEN_UP_FOR_DEAD_AFTER + timedelta(seconds=1))
    assert queue.take_back() == 1
    assert queue.tasks().get().status == "READY"
    at(monkeypatch, timezone.now() + timedelta(minutes=2))
    alive = queue.claim("another")
    queue.is_done(dead)
    queue.has_failed(dead, "late news")
    assert queue.tasks().get().status == "RUNNING"
    worker.attempt(alive)
    assert (done, queue.tasks().get().status) == (["one"], "SUCCESSFUL")


def test_two_workers_never_have_one_task(kept: None, monkeypatch: Any):
    asked_for("one")
    first = queue.tasks().ready().first()
    assert queue.claim("quick") is not None
    monkeypatch.setattr("django_tasks_db.models.DBTaskResultQuerySet.first", lambda _self: first)
    assert queue.claim("slow") is None


def test_code_that_is_gone_is_a_failure_and_no_end(kept: None):
    asked_for("one")
    queue.tasks().update(task_path="clinical.background.mail.no_such_task")
    run_once()
    assert "no_such_task" in queue.tasks().get().traceback


def test_database_that_is_away_ends_no_worker(kept: None, monkeypatch: Any, caplog: Any):
    looked = []

    def away(_name: str) -> Any:
        looked.append(1)
        if len(looked) < 3:
            raise ConnectionError("the database is away")
        working.is_stopping = True

    working = worker.Worker()
    monkeypatch.setattr(worker.queue, "claim", away)
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_LOOKS", 0)
    working.run()
    assert len(looked) == 3


def test_worker_ends_with_the_process_that_started_it(kept: None):
    asked_for("one")
    worker.Worker(parent=1).run()
    assert done == []


def test_what_is_over_is_removed(kept: None, monkeypatch: Any):
    asked_for("one")
    run_once()
    failed = asked_for("fails")
    queue.tasks().filter(pk=failed.pk).update(status="FAILED", finished_at=timezone.now())
    now = timezone.now()
    at(monkeypatch, now + timedelta(days=2))
    assert queue.purge() == 1
    at(monkeypatch, now + timedelta(days=31))
    assert queue.purge() == 1


def test_command_says_what_waits_and_ends_with_an_error_when_somebody_has_to_look(kept: None, monkeypatch: Any):
    said = StringIO()
    asked_for("one")
    call_command("list_tasks", stdout=said)
    assert "READY one" in said.getvalue()
    at(monkeypatch, timezone.now() + timedelta(minutes=11))
    with pytest.raises(CommandError, match="Somebody has to look"):
        call_command("list_tasks")
    call_command("list_tasks", "--try-again", stdout=said)
    run_once()
    assert done == ["one"]


def test_ready_site_says_that_no_worker_is_running(kept: None, client: Client, monkeypatch: Any):
    asked_for("one")
    assert "tasks" not in client.get("/readyz").json()
    at(monkeypatch, timezone.now() + timedelta(minutes=11))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["tasks"]) == (200, "late")


@pytest.fixture
def manager(set_up_site: None, kept: None, client: Client) -> Client:
    person = factories.UserFactory.create(username="manager")
    person.groups.add(Group.objects.get(name="Managers"))
    client.force_login(person)
    return client


def test_manager_is_warned_sees_why_tries_again_and_removes(manager: Client, monkeypatch: Any):
    first, second = asked_for("fails"), asked_for("Letter → <b>anna</b>@example.org")
    front, screen = reverse("wagtailadmin_home"), reverse("clinical_tasks")
    assert "no worker" not in manager.get(front).text
    at(monkeypatch, timezone.now() + timedelta(minutes=11))
    assert "2 background tasks, such as e-mails, should have been done long ago" in manager.get(front).text
    worker.attempt(queue.claim("a worker"))
    queue.tasks().filter(pk=first.pk).update(status="FAILED")
    assert "failed again and again and was given up" in manager.get(front).text
    shown = manager.get(screen).text
    assert "Given up after 1 attempt" in shown
    assert "Step" not in shown, "what the platform calls a task, a step of a review, is none of these"
    assert "RuntimeError: no" in shown
    assert "Letter → &lt;b&gt;anna" in shown
    assert manager.post(screen, {"try": str(first.pk)}).status_code == 302
    assert queue.tasks().get(pk=first.pk).status == "READY"
    assert manager.post(screen, {"remove": str(first.pk)}).status_code == 302
    assert [task.pk for task in queue.tasks()] == [second.pk]
    queue.claim("a worker")
    for sent in ({"remove": str(second.pk)}, {"remove": "all"}, {"try": "nonsense"}, {}):
        assert manager.post(screen, sent).status_code == 302
    assert queue.tasks().get().status == "RUNNING"
    assert "Being done" in manager.get(screen).text


@pytest.mark.parametrize("many", [1, 30])
def test_list_of_tasks_asks_no_more_when_more_wait(manager: Client, django_assert_max_num_queries: Any, many: int):
    for number in range(many):
        asked_for(f"task {number}")
    manager.get(reverse("clinical_tasks"))
    with django_assert_max_num_queries(14):
        manager.get(reverse("clinical_tasks"))


def test_what_became_of_a_task_is_written_when_the_database_is_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_TRIES", 0)
    monkeypatch.setattr(worker, "_drop_dead_connections", lambda: None)
    away = [OperationalError("away"), InterfaceError("away")]

    def write(words: str) -> str:
        if away:
            raise away.pop()
        return words

    assert worker._firmly(write, "done") == "done"


@pytest.mark.parametrize("raised", [InterruptedError, KeyboardInterrupt, ValueError])
def test_worker_that_is_told_to_stop_at_once_does_not_go_on_writing(
    raised: type[BaseException], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(worker, "_drop_dead_connections", lambda: None)
    tried = []

    def write() -> None:
        tried.append("")
        raise raised

    with pytest.raises(raised):
        worker._firmly(write)
    assert tried == [""]
