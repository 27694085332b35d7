"""What may wait is done at once in tests, after the transaction that asked for it; a failure fails the test."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend


class AtOnceAfterCommit(ImmediateBackend):
    """Takes the place of the backend ``later``."""

    def _execute_task(self, task_result: Any) -> None:
        transaction.on_commit(lambda: self._do(task_result))

    def _do(self, task_result: Any) -> None:
        super()._execute_task(task_result)
        assert not task_result.errors, task_result.errors[0].traceback
