"""The process that does what may wait, one task after the other, until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any
from uuid import uuid4

from django.db import Error, connections
from django_tasks import TaskContext
from django_tasks_db.models import DBTaskResult

from clinical.background import queue
from clinical.background.retries import deadline_of

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_CLEANING = 30.0
#: How often, and after how many seconds again, what became of a task is written where the database is away.
TRIES_TO_WRITE, SECONDS_BETWEEN_TRIES = 120, 1.0
#: Of an error, so much is kept with the task; the whole of it is in the log.
_MOST_CHARACTERS = 500


class Worker:
    """Does tasks until it is stopped, until nothing waits (``only_what_waits``), or until its ``parent`` has ended."""

    def __init__(self, *, only_what_waits: bool = False, parent: int = 0) -> None:
        self.name = uuid4().hex
        self.only_what_waits = only_what_waits
        self.parent = parent
        self.is_stopping = False
        self._cleaned_at = float("-inf")

    def run(self) -> None:
        """Work. A database that is away is waited for: whoever keeps this process alive need not start it again."""
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            self._go_on()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _go_on(self) -> None:
        while not self.is_stopping and not self._is_orphaned():
            _drop_dead_connections()
            try:
                found = self._look()
            except Exception:  # the database is away or busy; nothing was lost, and it is asked again
                logger.exception("The tasks that wait cannot be read.")
                found = False
            if found:
                continue
            if self.only_what_waits:
                return
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _look(self) -> bool:
        """Do the next task; whether there was one."""
        if time.monotonic() - self._cleaned_at >= SECONDS_BETWEEN_CLEANING:
            queue.take_back()
            queue.purge()
            self._cleaned_at = time.monotonic()
        task = queue.claim(self.name)
        if task is not None:
            attempt(task)
        return task is not None

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """End after the task in hand; told twice, in the middle of it, which counts as an attempt."""
        if self.is_stopping:
            raise InterruptedError("The worker was told to end at once.")
        self.is_stopping = True

    def _is_orphaned(self) -> bool:
        return bool(self.parent) and os.getppid() != self.parent


def _drop_dead_connections() -> None:
    """As Django does between two requests; one with a transaction open is left to whoever opened it."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def attempt(task: Any) -> None:
    """Try a task once, and write how it ended."""
    try:
        call = task.task
        with _within(int(deadline_of(call.func).total_seconds())):
            context = [TaskContext(task_result=task.task_result)] if call.takes_context else []
            call.call(*context, *task.args_kwargs["args"], **task.args_kwargs["kwargs"])
    except Exception as error:  # whatever went wrong, the next task is none the worse for it
        _say_why(task, error)
    else:
        _firmly(queue.is_done, task)


def _say_why(task: DBTaskResult, error: Exception) -> None:
    problem = f"{type(error).__name__}: {error}"[:_MOST_CHARACTERS]
    again = _firmly(queue.has_failed, task, problem)
    if again is None:
        logger.error("Given up: “%s”.", queue.about(task), exc_info=error)
    else:
        logger.warning("“%s” failed, and is tried again at %s: %s", queue.about(task), f"{again:%H:%M} UTC", problem)


def _firmly(write: Callable[..., Any], *values: Any) -> Any:
    """Write how an attempt ended, even when the database is away for two minutes: once is enough for a mail."""
    left = TRIES_TO_WRITE
    while True:
        _drop_dead_connections()
        try:
            return write(*values)
        except Error:
            left -= 1
            if not left:
                raise
        time.sleep(SECONDS_BETWEEN_TRIES)


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    """Raise ``TimeoutError`` when it takes longer."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"It took longer than {seconds} seconds.")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
