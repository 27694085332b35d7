"""The tasks that wait, run or have failed: rows of the database, written in the transaction that asks for them.

The table and the writing of a row are django-tasks-db's. It knows neither a second attempt nor what becomes of a task
whose worker has died; both are here. What a task was given is removed when it is done, and no task is given a secret.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from clinical.background.retries import GIVEN_UP_FOR_DEAD_AFTER, LATE_AFTER, wait_after
from clinical.serving.write_lock import write_lock

#: The backend of what may wait, as the settings name it. The platform's own tasks run at once, on the other.
LATER = "later"
#: What was given to a task that is done.
_NOTHING: dict[str, Any] = {"args": [], "kwargs": {}}
_KEPT_WHEN_DONE = timedelta(days=1)
_KEPT_WHEN_FAILED = timedelta(days=30)


@dataclass(frozen=True)
class QueueState:
    """How it stands with what waits: ``late`` should have been begun long ago, ``failed`` is not tried any more."""

    waiting: int
    late: int
    failed: int

    @property
    def is_well(self) -> bool:
        """Whether nobody has to look."""
        return not self.late and not self.failed


def tasks() -> Any:
    """Every task that may wait, the next one first."""
    return DBTaskResult.objects.filter(backend_name=LATER)


def unfinished() -> Any:
    """What waits, runs or has failed, the oldest first."""
    return tasks().exclude(status=TaskResultStatus.SUCCESSFUL).order_by("enqueued_at")


def state() -> QueueState:
    """In one query, however much waits."""
    since = timezone.now() - LATE_AFTER
    is_waiting = Q(status=TaskResultStatus.READY)
    # A task that was given no moment has the last day there is, and could have been begun when it was asked for.
    could_have_begun = Q(run_after__lte=since) | Q(run_after=get_date_max(), enqueued_at__lte=since)
    counts = {
        "waiting": Count("pk", filter=is_waiting),
        "late": Count("pk", filter=is_waiting & could_have_begun),
        "failed": Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
    }
    return QueueState(**tasks().aggregate(**counts))


def claim(worker: str) -> DBTaskResult | None:
    """The next task, now this worker's; none when nothing waits or another worker was quicker."""
    task = tasks().ready().first()
    if task is None:
        return None
    task.status, task.started_at = TaskResultStatus.RUNNING, timezone.now()
    task.worker_ids = [*task.worker_ids, worker]
    with write_lock():
        claimed = tasks().filter(pk=task.pk, status=TaskResultStatus.READY)
        mine = claimed.update(status=task.status, started_at=task.started_at, worker_ids=task.worker_ids)
    return task if mine else None


def is_done(task: DBTaskResult) -> None:
    """Write that it is done, and forget what it was given, which may be somebody's letter."""
    _write(task, status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), args_kwargs=_NOTHING, traceback="")


def has_failed(task: DBTaskResult, problem: str) -> datetime | None:
    """Write why, and when it is tried again; none when that was the last time, and a person is asked."""
    wait = wait_after(len(task.worker_ids))
    now = timezone.now()
    if wait is None:
        _write(task, status=TaskResultStatus.FAILED, finished_at=now, traceback=problem)
        return None
    _write(task, status=TaskResultStatus.READY, run_after=now + wait, traceback=problem)
    return now + wait


def _write(task: DBTaskResult, **values: Any) -> None:
    """Only as long as the task is still this worker's: it may have been given up for dead."""
    mine = tasks().filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    with write_lock():
        mine.update(**values)


def take_back() -> int:
    """Let what a dead worker had begun be tried again. It counts as an attempt: the task may have killed it."""
    running = tasks().filter(status=TaskResultStatus.RUNNING)
    abandoned = list(running.filter(started_at__lte=timezone.now() - GIVEN_UP_FOR_DEAD_AFTER))
    for task in abandoned:
        has_failed(task, _("The worker ended in the middle of it."))
    return len(abandoned)


def purge() -> int:
    """Remove what is over: done for a day, failed for thirty."""
    now = timezone.now()
    done = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lte=now - _KEPT_WHEN_DONE)
    failed = Q(status=TaskResultStatus.FAILED, finished_at__lte=now - _KEPT_WHEN_FAILED)
    over = tasks().filter(done | failed)
    if not over.exists():
        return 0
    with write_lock():
        return int(over.delete()[0])


def try_again(*keys: Any) -> int:
    """Try these at once, or all there are, with all their attempts before them; how many that are."""
    chosen = _idle().filter(pk__in=_known(keys)) if keys else _idle()
    with write_lock():
        # Waiting since now: otherwise it would be late at once.
        return int(
            chosen.update(status=TaskResultStatus.READY, run_after=timezone.now(), finished_at=None, worker_ids=[])
        )


def remove(key: str) -> int:
    """Have one not done at all that is not being done at this moment; how many that are."""
    with write_lock():
        return int(_idle().filter(pk__in=_known([key])).delete()[0])


def _idle() -> Any:
    return tasks().filter(status__in=[TaskResultStatus.FAILED, TaskResultStatus.READY])


def _known(keys: Iterable[Any]) -> list[UUID]:
    """Of what somebody sent, what can be the number of a task."""
    known = []
    for key in keys:
        with suppress(ValueError):
            known.append(UUID(str(key)))
    return known


def about(task: DBTaskResult) -> str:
    """What a task is for, in the words of whoever asked for it."""
    return str(task.args_kwargs["kwargs"].get("about", "")) or task.task_name
