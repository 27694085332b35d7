"""A move that was killed is called a move, by what visitors, programs and commands are told; nothing opens its site."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import Error
from django.test import Client
from django.utils import timezone

from stretchsite import closed, readiness
from stretchsite.models import Restoration


@pytest.fixture(autouse=True)
def asked_each_time(monkeypatch: pytest.MonkeyPatch, set_up_site: None, db: None) -> Iterator[None]:
    """Each request asks whether the site is closed."""
    for name in ("OPEN_SECONDS", "CLOSED_SECONDS"):
        monkeypatch.setattr(closed, name, 0.0)
    monkeypatch.setattr(readiness, "REMEMBERED_SECONDS", 0.0)
    monkeypatch.setattr(closed, "_remembered", closed._Remembered())
    yield
    readiness.forget()


def test_a_move_that_was_not_finished_is_called_one():
    Restoration.objects.create(backup_made_at=timezone.now(), is_move=True)
    answer = Client().get("/exercises/")
    assert answer.status_code == 503
    assert "is being moved to another database" in answer.text
    assert "backup" not in answer.text
    assert Client().get("/readyz").json()["why"] == "move"
    for command in ("publish_scheduled", "run_tasks", "send_review_reminders"):
        with pytest.raises(CommandError, match="move into this database was not finished: run move_database again"):
            call_command(command, stdout=StringIO())


def test_what_opens_a_site_after_a_restore_opens_none_that_is_not_moved_yet():
    Restoration.objects.create(backup_made_at=timezone.now(), is_move=True)
    with pytest.raises(CommandError, match="No backup was brought back here: a move"):
        call_command("replay_journal", "--open-anyway", stdout=StringIO())
    assert closed.why_closed() == "move"


def test_a_table_of_before_the_migrations_keeps_the_site_closed(monkeypatch: pytest.MonkeyPatch):
    def is_any(condition: str) -> bool:
        if "is_move" in condition:
            raise Error("no such column: is_move")
        return True

    monkeypatch.setattr(closed, "_is_any", is_any)
    assert closed.why_closed() == "replay"
