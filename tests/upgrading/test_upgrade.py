"""A site of an earlier version is upgraded, and what two people agreed to there goes on holding, to the letter.

The stored database is of version 0.2.0, made from ``2da8f2c``: its starter library live, half of it approved by two
people; drafts over it, one of them approved for a later day; links, overrides, withdrawals, a closed page and a note
whose time is over.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks_db.models import DBTaskResult, get_date_max
from wagtail.models import Page, Site

from clinical.background.queue import LATER
from clinical.conflicts.overrides import Override, overrides_in_force
from clinical.models import Approval, PublishRefused, SafetyNote, User
from clinical.people import known_devices
from clinical.people.attempts import OF_ACCOUNT
from clinical.publishing import approvals
from clinical.publishing.approvals import approval_of
from clinical.review.live_audit import findings, gated_models
from clinical.words.choices import ApprovalBasis
from exercises import drawings
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models import ShareLink
from stretchsite import routing
from tests.sharing.share_links import address
from tests.upgrading import packing

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what is stored is an SQLite file"),
    # So that one worker upgrades it, and not each.
    pytest.mark.slow,
    pytest.mark.xdist_group("upgraded"),
]

#: One address in so many is opened, and one thing in so many saved, of each kind.
ONE_IN = 10


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """What is known of the stored site, upgraded as ``docs/deployment.md`` says, in place of the tests' database."""
    path = tmp_path_factory.mktemp("upgrade") / "site.sqlite3"
    known = packing.unpack(path)
    _leave_tasks_waiting(path)
    with django_db_blocker.unblock():
        before = _take_the_place(None, str(path))
        try:
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
            call_command("setup_site", verbosity=0)
            call_command("publish_scheduled", verbosity=0)
            # The links were made long ago; that they have ended since is not what is tried.
            now = timezone.now()
            ShareLink.objects.update(created_at=now, expires_at=now + timedelta(days=30))
            yield known
        finally:
            connection.close()
            _take_the_place(*before)


#: Every function of 0.2.0 that a task could wait for.
TASKS = (
    "clinical.background.mail.send_message",
    "clinical.models.one_time_links.send_invitation",
    "clinical.models.one_time_links.find_accounts",
    "clinical.models.one_time_links.send_reset",
    "exercises.models.drawing_anew.redraw_later",
)


def _leave_tasks_waiting(path: Path) -> None:
    """What was asked for when the mail server was away, as the version before kept it."""
    row = {
        "args_kwargs": '{"args": [1], "kwargs": {}}',
        "priority": 0,
        "queue_name": "default",
        "backend_name": LATER,
        "run_after": str(get_date_max()),
        "enqueued_at": "2026-11-01 00:00:00",
        "exception_class_path": "",
        "traceback": "",
        "worker_ids": "[]",
        "status": "READY",
    }
    with closing(sqlite3.connect(path)) as stored, stored:
        for task in TASKS:
            values = {**row, "id": uuid4().hex, "task_path": task}
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            stored.execute(
                f"INSERT INTO django_tasks_database_dbtaskresult ({names}) VALUES ({marks})", [*values.values()]
            )


def _tables(database: sqlite3.Connection) -> dict[str, Any]:
    """Tables by their columns and constraints, in whatever order they were added; indexes and triggers as they are."""
    rows = database.execute("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: _parts(sql) if kind == "table" else sql for name, kind, sql in rows}


def _parts(sql: str) -> list[str]:
    body, depth, parts = sql[sql.index("(") + 1 : sql.rindex(")")], 0, [""]
    for piece in re.split(r"""('[^']*'|"[^"]*"|[(),])""", body):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return sorted(part.strip() for part in parts)


def test_the_tables_are_those_of_a_new_site(upgraded: Any, django_db_setup: Path):
    with closing(sqlite3.connect(django_db_setup)) as new:
        assert _tables(connection.connection) == _tables(new)


def _take_the_place(raw: Any, name: str) -> tuple[Any, str]:
    """Put another database in the place of the one there is, forgetting what was remembered of it; returns that one."""
    before = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = raw, name
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    approvals.forget_locales()
    routing.forget_roots()
    return before


@pytest.fixture
def site(upgraded: dict[str, Any], django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The upgraded site for one test; what the test writes is taken back. Figures are drawn elsewhere."""
    monkeypatch.setattr(drawings, "kept", lambda name, draw: '<svg viewBox="0 0 10 10"></svg>')
    with django_db_blocker.unblock(), transaction.atomic():
        yield upgraded
        transaction.set_rollback(True)


def reader() -> Client:
    """Somebody who reads."""
    return Client(headers={"host": "localhost"})


def everything_live() -> Iterator[Any]:
    """Every live page and note that stands before the gate."""
    for model in gated_models():
        yield from model.objects.filter(live=True).order_by("pk")


def test_what_waited_to_be_done_is_found_and_done(site: dict[str, Any]):
    waiting = DBTaskResult.objects.order_by("task_path")
    assert waiting.count() == len(TASKS)
    assert all(result.task for result in waiting)


def test_who_was_signed_in_stays_so_and_whose_browser_was_known_is_known(site: dict[str, Any]):
    wanda = User.objects.get(username="wanda")
    client = Client(headers={"host": "localhost"})
    client.force_login(wanda, backend="clinical.authentication.LimitedBackend")
    assert client.get("/admin/").status_code == 200
    mark = salted_hmac("clinical.known_devices", wanda.get_session_auth_hash(), algorithm="sha256").hexdigest()[:16]
    held = {"device": "d" * 16, "people": {str(wanda.pk): mark}}
    request = RequestFactory().get("/admin/login/")
    request.COOKIES[known_devices.COOKIE] = signing.dumps(held, salt="clinical.known_devices")
    assert known_devices.device_of(request, wanda) == f"{'d' * 16}:{wanda.pk}"


def test_guesses_that_were_counted_are_counted_on():
    digest = salted_hmac("clinical.rate_limits", "wanda", algorithm="sha256").hexdigest()[:32]
    assert OF_ACCOUNT.key("wanda") == f"sign-in-account:{digest}"


def test_nothing_live_should_not_be_live_after_an_upgrade(site: dict[str, Any]):
    assert [(each.title, each.sentences) for each in findings()] == []
    counts = {model._meta.label_lower: model.objects.filter(live=True).count() for model in gated_models()}
    assert {name: counts.get(name, number) for name, number in site["live"].items()} == site["live"]
    gone = SafetyNote.objects.filter(pk__in=[site["withdrawn_note"], site["expired_note"]])
    assert {(note.live, note.expired) for note in gone} == {(False, False), (False, True)}


def test_what_was_approved_by_two_people_goes_on_being_theirs(site: dict[str, Any]):
    found = {(approval_of(thing) or Approval()).basis for thing in everything_live()}
    assert found == {ApprovalBasis.REVIEWED, ApprovalBasis.LIBRARY, ApprovalBasis.CODE}


def test_saves_of_what_is_live_work(site: dict[str, Any]):
    for thing in list(everything_live())[::ONE_IN]:
        thing.save()
        thing.save_revision().publish()


def test_what_was_changed_and_not_approved_stays_so(site: dict[str, Any]):
    drafts = [ExercisePage.objects.get(slug=site[name]) for name in ("saved", "submitted")]
    drafts.append(SafetyNote.objects.get(pk=site["note"]))
    for thing in drafts:
        draft = thing.get_latest_revision().as_object()
        assert approval_of(draft) is None
        with pytest.raises(PublishRefused, match="Submit it for review"), transaction.atomic():
            thing.get_latest_revision().publish()
    later = ExercisePage.objects.get(slug=site["scheduled"]).get_latest_revision_as_object()
    assert approval_of(later).basis == ApprovalBasis.REVIEWED
    later.go_live_at = None  # its day has come
    later.save_revision().publish()
    assert ExercisePage.objects.get(slug=site["scheduled"]).not_feel == "Approved for a later day."


def test_what_waited_for_a_colleague_is_approved_after_the_upgrade(site: dict[str, Any]):
    step = ExercisePage.objects.get(slug=site["submitted"]).current_workflow_task_state.specific
    colleague = User.objects.get(username="colin")
    due = (timezone.localdate() + timedelta(days=300)).isoformat()
    step.task.specific.on_action(step, colleague, "approve", seen=step.fingerprint(), review_due=due)
    page = ExercisePage.objects.get(slug=site["submitted"])
    assert page.not_feel == "A draft that waits for a colleague."
    assert approval_of(page).content_hash.startswith("2$")


def test_pages_open(site: dict[str, Any]):
    pages = [page.get_url() for page in Page.objects.live().public().filter(depth__gt=1)]
    for url in ["/", "/conditions/", "/exercises/", "/routines/", *pages[::ONE_IN]]:
        assert reader().get(url).status_code == 200, url
    assert reader().get(f"/exercises/{site['withdrawn']}/").status_code == 410
    assert reader().get(f"/exercises/{site['lifted']}/").status_code == 200
    assert b"password" in reader().get(f"/exercises/{site['restricted']}/").content


def test_links_open_and_those_that_ended_say_so(site: dict[str, Any]):
    for name, answer in {"open": 200, "noted": 200, "renewed": 200, "revoked": 410, "replaced": 410}.items():
        assert reader().get(address(site["tokens"][name])).status_code == answer, name


def test_overrides_count_as_long_as_their_note_reads_as_it_did(site: dict[str, Any]):
    for page in RoutinePage.objects.filter(content_key__in=Override.objects.values("content_key")):
        assert overrides_in_force(page), page
