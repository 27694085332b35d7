"""The journal: what takes something away is told outside the database, on the disk before anybody is answered."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from clinical.audit import journal
from clinical.models import AuditEntry, User, Withdrawal, record
from clinical.people.inviting import deactivate, reactivate
from clinical.withdrawal.withdrawing import ask_to_lift, lift, withdraw
from clinical.words.choices import AuditAction
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models import ShareLink
from testing import factories


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    settings.JOURNAL_FILE = tmp_path / "journal.jsonl"
    journal._unwritten.clear()
    return settings.JOURNAL_FILE


def lines(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def people() -> list[User]:
    return [factories.UserFactory.create(username=f"somebody-{number}") for number in range(3)]


def test_what_takes_away_and_what_gives_back_is_told_by_ids_alone(
    routine: RoutinePage, exercise: ExercisePage, file: Path, django_capture_on_commit_callbacks
):
    officer, colleague, leaver = people()
    issued = factories.link_to(routine, by=officer)
    with django_capture_on_commit_callbacks(execute=True):
        issued.link.replace(officer)
        ShareLink.objects.get(revoked_at=None).revoke(officer)
        held = withdraw(exercise, by=officer, reason="It hurts knees.")
        ask_to_lift(held, by=officer, reason="It does not.")
        lift(held, by=colleague)
        deactivate(leaver, by=officer, reason="Has left.")
        reactivate(leaver, by=officer)
        leaver.delete()
    told = lines(file)
    assert [line["action"] for line in told] == [
        *("link_replaced", "link_revoked", "withdrawn", "lifted", "deactivated", "reactivated", "account_deleted")
    ]
    assert (told[0]["link"], told[2]["content"]) == (issued.link.digest, str(exercise.content_key))
    assert told[2]["kind"] == "exercises.exercisepage"
    assert told[3]["second"] == journal.account_id(colleague)
    assert {line["account"] for line in told[4:]} == {told[4]["account"]}
    known = [entry.details.get("journal") for entry in AuditEntry.objects.order_by("pk")]
    assert [line["id"] for line in told] == [each for each in known if each]
    kept = file.read_text()
    for secret in (issued.token, "somebody", "knees", exercise.title, "left", leaver.email or "@example"):
        assert secret not in kept
    assert file.stat().st_mode & 0o077 == 0


def test_what_was_taken_back_is_not_told(exercise: ExercisePage, file: Path, django_capture_on_commit_callbacks):
    officer = factories.UserFactory.create()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        withdraw(exercise, by=officer, reason="It hurts.")
        transaction.set_rollback(True)
    assert lines(file) == []


def test_other_decisions_are_not_told_nor_any_without_a_journal(
    exercise: ExercisePage, file: Path, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        record(AuditAction.PUBLISHED, exercise)
        settings.JOURNAL_FILE = None
        record(AuditAction.WITHDRAWN, exercise, reason="It hurts.")
    assert lines(file) == []
    assert not AuditEntry.objects.filter(details__has_key="journal").exists()


def test_a_decision_stands_where_the_journal_cannot_be_written_and_is_told_later(
    exercise: ExercisePage, file: Path, settings, caplog, django_capture_on_commit_callbacks
):
    settings.JOURNAL_FILE = file.parent / "gone" / "journal.jsonl"
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(exercise, by=factories.UserFactory.create(), reason="It hurts.")
    assert Withdrawal.objects.open().exists()
    assert "The journal could not be written" in caplog.text
    assert str(exercise.content_key) in caplog.text
    assert Client().get("/readyz").json()["journal"] == "failing"
    settings.JOURNAL_FILE.parent.mkdir()
    assert "journal" not in Client().get("/readyz").json()
    assert [line["content"] for line in lines(settings.JOURNAL_FILE)] == [str(exercise.content_key)]


def test_a_full_disk_leaves_no_half_line(file: Path, monkeypatch: pytest.MonkeyPatch):
    journal.write([{"id": "1", "action": "withdrawn", "at": ""}])
    whole = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: whole(handle, data[:9]))
    journal.write([{"id": "2", "action": "withdrawn", "at": ""}])
    assert len(lines(file)) == 1
    monkeypatch.undo()
    journal.write()
    assert [line["id"] for line in lines(file)] == ["1", "2"]


def test_a_torn_line_spoils_no_other(file: Path):
    journal.write([{"id": "1", "action": "withdrawn", "at": ""}])
    with file.open("a") as torn:
        torn.write('{"id": "2", "act')
    journal.write([{"id": "3", "action": "withdrawn", "at": ""}])
    told = journal.read()
    assert [line["id"] for line in told.lines] == ["1", "3"]
    assert told.unreadable == [2]


def test_a_line_that_was_changed_or_is_anothers_is_none_of_ours(file: Path, settings: Any):
    journal.write([{"id": "1", "action": "withdrawn", "at": "", "content": "one"}])
    written = file.read_text()
    file.write_text(written.replace("one", "two") + '{"id": "2", "action": "withdrawn", "at": ""}\n' + written)
    told = journal.read()
    assert ([line["content"] for line in told.lines], told.unsealed) == (["one"], {1: "1", 2: "2"})
    key, settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = settings.SECRET_KEY, "another", []
    assert list(journal.read().unsealed) == [1, 2, 3]
    assert len(journal.read(any_seal=True).lines) == 3
    settings.SECRET_KEY_FALLBACKS = ["yet another", key]
    assert list(journal.read().unsealed) == [1, 2]
    assert journal.seal_anew() == (1, 2)
    settings.SECRET_KEY_FALLBACKS = []
    told = journal.read()
    assert ([line["content"] for line in told.lines], list(told.unsealed)) == (["one"], [1, 2])


def test_processes_that_write_at_once_lose_no_line(file: Path):
    children = []
    for number in range(3):
        child = os.fork()
        if not child:
            for each in range(10):
                journal.write([{"id": f"{number}-{each}", "action": "withdrawn", "at": "x" * 300}])
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert len({line["id"] for line in lines(file)}) == 30
