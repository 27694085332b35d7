"""The drill: what was withdrawn, ended or closed after a backup stays so when it is brought back (H18, R-F17, R-B1)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from clinical.audit.journal import sealed
from clinical.models import AuditEntry, NoteTarget, SafetyNote, User, Withdrawal, record
from clinical.people.inviting import deactivate, reactivate
from clinical.withdrawal.withdrawing import ask_to_lift, confirm, lift, withdraw
from clinical.words.choices import AuditAction
from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite import closed, readiness
from stretchsite.backup.replaying import faults_of_the_journal
from stretchsite.models import Restoration
from testing import factories
from tests.sharing.share_links import address
from tests.stretchsite.backup.test_backup_and_restore import refused, run


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """Each request asks whether the site is closed; the journal stands beside both sites."""
    monkeypatch.setattr(closed, "OPEN_SECONDS", 0.0)
    monkeypatch.setattr(closed, "CLOSED_SECONDS", 0.0)
    monkeypatch.setattr(closed, "_remembered", closed._Remembered())
    monkeypatch.setattr(readiness, "REMEMBERED_SECONDS", 0.0)
    settings.JOURNAL_FILE = tmp_path / "journal.jsonl"


class Decided:
    """What is there before the backup, and what is decided after it."""

    def __init__(self) -> None:
        self.officer, self.colleague = (factories.UserFactory.create(is_superuser=True) for _number in range(2))
        self.leaver, self.back = (factories.UserFactory.create(is_staff=True) for _number in range(2))
        self.routine, self.exercise = RoutinePage.objects.get(), ExercisePage.objects.get()
        self.note = factories.note_at(NoteTarget(region="lower_leg"))
        self.kept, self.revoked, self.replaced = (factories.link_to(self.routine) for _number in range(3))

    def decide(self) -> None:
        """Withdraw a page that is lifted again, a serious note by two; end two links; close two accounts, open one."""
        confirm(withdraw(self.note, by=self.officer, reason="Wrong."), by=self.colleague)
        self.revoked.link.revoke(self.officer)
        self.replaced.link.replace(self.officer)
        lost = factories.link_to(self.routine)
        lost.link.revoke(self.officer)
        ask_to_lift(withdraw(self.exercise, by=self.officer, reason="It hurts."), by=self.officer, reason="No.")
        lift(Withdrawal.objects.get(content_key=self.exercise.content_key), by=self.colleague)
        deactivate(self.leaver, by=self.officer)
        deactivate(self.back, by=self.officer)
        reactivate(self.back, by=self.officer)
        record(AuditAction.FACTOR_TAKEN, self.colleague, by=self.officer, second=self.colleague, reason="Lost.")


def answers(*paths: str) -> list[int]:
    return [Client().get(path).status_code for path in paths]


def test_what_was_decided_after_the_backup_holds_after_the_restore(site, elsewhere, tmp_path: Path, settings):
    copy = tmp_path / "copy"
    with site():
        was = Decided()
        run("backup", copy)
        was.decide()
    links = [address(each.token) for each in (was.kept, was.revoked, was.replaced)]
    with elsewhere("other"):
        run("restore", copy)
        assert answers("/", "/routines/calves/", *links, "/admin/login/", "/healthz") == [503] * 6 + [200]
        said = Client().get(links[0])
        assert "brought back from a backup" in said.text
        assert settings.EMERGENCY_NUMBERS["en-gb"] in said.text
        assert Client().get("/readyz").json()["why"] == "replay"
        journal = settings.JOURNAL_FILE.rename(tmp_path / "elsewhere.jsonl")
        assert "The journal cannot be read" in refused("replay_journal")
        assert answers("/healthz", links[0]) == [200, 503]
        journal.rename(settings.JOURNAL_FILE)
        told = run("replay_journal")
        assert "6 done again, 5 to know. The site is open." in told
        assert Client().get("/readyz").json()["ready"]
        assert answers(*links) == [200, 410, 410]
        assert not User.objects.get(pk=was.leaver.pk).is_active
        assert {held.content_key for held in Withdrawal.objects.open()} == {
            was.note.content_key,
            was.exercise.content_key,
        }
        assert not SafetyNote.objects.get(pk=was.note.pk).live
        assert answers("/exercises/wall-calf-stretch/") == [410]
        assert Restoration.objects.get().replayed_at
        before = AuditEntry.objects.count(), len(settings.JOURNAL_FILE.read_text().splitlines())
        assert "0 done again, 4 to know" in run("replay_journal")
        assert faults_of_the_journal() == []
        first, *others = settings.JOURNAL_FILE.read_text().splitlines(keepends=True)
        settings.JOURNAL_FILE.write_text("".join([first, *others[1:], "{"]))
        assert [fault[:15] for fault in faults_of_the_journal()] == [
            "Line 10 of the ",
            "1 decisions are",
        ]
        settings.JOURNAL_FILE.write_text("".join([first, *others]))
        assert (AuditEntry.objects.count(), len(settings.JOURNAL_FILE.read_text().splitlines())) == before


@pytest.mark.slow
def test_what_cannot_be_done_keeps_the_site_closed_until_somebody_says_so(site, settings, tmp_path: Path):
    line = {"id": "1", "at": "2026-05-03T10:00:00+00:00", "action": "withdrawn", "by": "", "second": ""}
    with site():
        note, other = (factories.note_at(NoteTarget(region="lower_leg"), text=each) for each in ("One.", "Two."))
        factories.UserFactory.create(is_superuser=True)
        Restoration.objects.create(backup_made_at="2026-05-02T00:00:00Z")
        settings.JOURNAL_FILE.write_text(sealed({**line, "content": str(note.content_key)}) + "\n{torn")
        assert "2 could not be done" in refused("replay_journal")
        assert closed.is_closed()
        with settings.JOURNAL_FILE.open("a") as file:
            file.write("\n" + json.dumps({**line, "id": "3", "content": str(other.content_key)}))
        assert "3 could not be done" in refused("replay_journal")
        assert SafetyNote.objects.get(pk=other.pk).live
        for command in ("publish_scheduled", "run_tasks", "send_review_reminders"):
            assert "run replay_journal first" in refused(command)
        run("replay_journal", "--open-anyway")
        assert not closed.is_closed()


@pytest.mark.slow
def test_a_warning_that_was_put_back_is_not_taken_off_by_a_file(site, settings):
    line = {"at": "2026-05-03T10:00:00+00:00", "by": "", "second": ""}
    with site():
        note = factories.note_at(NoteTarget(region="lower_leg"))
        factories.UserFactory.create(is_superuser=True)
        told = [{**line, "id": str(n), "action": each} for n, each in enumerate(("withdrawn", "lifted"))]
        lines = [sealed({**each, "content": str(note.content_key)}) for each in told]
        settings.JOURNAL_FILE.write_text("\n\n".join(lines))
        assert "1 could not be done" in refused("replay_journal")
        assert SafetyNote.objects.get(pk=note.pk).live


@pytest.mark.slow
@pytest.mark.parametrize(
    "more",
    [{"action": "unheard of"}, {"id": []}, {"at": None}, {"kind": "gone.page", "library": "x", "content": "0" * 32}],
)
def test_a_line_that_is_not_understood_keeps_no_other_from_being_carried_out(site, settings, more: Any):
    line = {"id": "1", "at": "2026-05-03T10:00:00+00:00", "action": "withdrawn", "by": "", "second": ""}
    with site():
        exercise = ExercisePage.objects.get()
        factories.UserFactory.create(is_superuser=True)
        good = sealed({**line, "id": "2", "content": str(exercise.content_key)})
        settings.JOURNAL_FILE.write_text(f"{sealed({**line, **more})}\n{good}\n")
        assert "1 could not be done" in refused("replay_journal")
        assert not ExercisePage.objects.get().live


@pytest.mark.slow
@pytest.mark.parametrize("is_loaded", [True, False])
def test_a_withdrawn_record_that_was_loaded_again_is_known_by_its_library(site, settings, is_loaded: bool):
    line = {"id": "1", "at": "2026-05-03T10:00:00+00:00", "action": "withdrawn", "by": "", "second": ""}
    about = {"content": "0" * 32, "library": "wall", "kind": "exercises.exercisepage"}
    with site():
        exercise = ExercisePage.objects.get()
        ExercisePage.objects.filter(pk=exercise.pk).update(library_id="wall" if is_loaded else "")
        factories.UserFactory.create(is_superuser=True)
        settings.JOURNAL_FILE.write_text(sealed({**line, **about}) + "\n")
        run("replay_journal")
        assert ExercisePage.objects.get().live is not is_loaded
        held = Withdrawal.objects.open().get()
        assert (held.content_key == exercise.content_key) is is_loaded
        assert Withdrawal.objects.key_of_record(ExercisePage, "wall", "") == held.content_key
