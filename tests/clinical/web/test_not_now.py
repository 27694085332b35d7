"""What cannot be done now is said in words, at once and the way it was asked; nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any, cast
from unittest.mock import patch

import pytest
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from clinical.serving.capacity import room
from clinical.serving.waiting import WAITED, Busy, GaveWay, Patience, is_not_now, patience, waiting_at_most
from clinical.web import admission
from clinical.web.admission import WRITER_SECONDS, BoundedWaits
from exercises.models import ExercisePage
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests.clinical.publishing.roads import chief

pytestmark = pytest.mark.usefixtures("everything_is_approved")

TYPED = 'Typed & kept, "to the letter".\r\nOn two lines.'
PATIENT = 'href="tel:999"'
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(chief())
    return client


@pytest.fixture
def page(house: None, db: None) -> ExercisePage:
    page = ExercisePage.objects.get(live=True)
    factories.publish(page, user=chief())
    return ExercisePage.objects.get(pk=page.pk)


@contextmanager
def somebody_else_writes(error: type[Exception] = Busy) -> Iterator[None]:
    with patch("clinical.middleware.write_lock", side_effect=error("Somebody else.")):
        yield


@contextmanager
def no_room() -> Iterator[None]:
    """Every thread that may wait for the database does."""
    with patch.object(room, "most", 0):
        yield


def typed(page: ExercisePage) -> dict[str, Any]:
    return {**page_as_posted(page, chief()), "feel": TYPED}


def newest(page: ExercisePage) -> Any:
    return ExercisePage.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.mark.parametrize(
    "why", [somebody_else_writes, lambda: somebody_else_writes(GaveWay), no_room], ids=["busy", "gave way", "no room"]
)
def test_save_that_has_to_wait_is_told_and_can_be_sent_again(page: ExercisePage, writer: Client, why: Any):
    with why():
        answer = writer.post(edit_address(page), typed(page))
    told = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    assert "Nothing was saved" in told
    assert PATIENT in told
    kept = {unescape(name): unescape(text) for name, text in HIDDEN.findall(told)}
    again = writer.post(edit_address(page), kept)
    assert again.status_code == 302
    assert newest(page).feel.splitlines() == TYPED.splitlines()


def test_autosave_that_has_to_wait_is_told_in_words_its_editor_shows(page: ExercisePage, writer: Client):
    with somebody_else_writes():
        answer = writer.post(edit_address(page), typed(page), headers={"accept": "application/json"})
    assert answer.status_code == 503
    said = answer.json()
    assert said["success"] is False
    assert said["error_code"] == "locked"
    assert "somebody else is saving" in said["error_message"]


def test_dialog_that_has_to_wait_is_told_as_data(page: ExercisePage, writer: Client):
    with somebody_else_writes():
        answer = writer.post(
            reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), headers={"x-requested-with": "XMLHttpRequest"}
        )
    assert answer.status_code == 503
    assert "somebody else is saving" in answer.json()["problem"]


def test_bulk_action_that_has_to_wait_can_be_sent_again(page: ExercisePage, writer: Client):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={page.pk}&next=/admin/"
    with somebody_else_writes():
        answer = writer.post(address, {"include_descendants": "on"})
    assert answer.status_code == 503
    told = answer.content.decode()
    assert f'action="{address.replace("&", "&amp;")}"' in told
    assert '<input type="hidden" name="include_descendants" value="on">' in told


def test_password_is_not_shown_again(writer: Client, db: None):
    with somebody_else_writes():
        answer = writer.post(reverse("wagtailusers_users:add"), {"username": "ruth", "password1": "correct-horse"})
    told = answer.content.decode()
    assert "correct-horse" not in told
    assert 'value="ruth"' in told
    assert "a password typed again" in told


def test_what_did_not_come_from_a_form_of_ours_is_never_shown_again(page: ExercisePage):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(chief())
    with no_room(), somebody_else_writes():
        answer = stranger.post(edit_address(page), typed(page))
    assert answer.status_code == 403
    assert "Typed" not in answer.content.decode()


# Readers


@pytest.mark.parametrize("address", ["/exercises/", "/search/?q=calf", "/s/no-token/", "/nowhere/", "/readyz"])
def test_reader_without_room_is_told_at_once_whom_to_call(page: ExercisePage, client: Client, address: str):
    with no_room():
        answer = client.get(address)
    assert answer.status_code == 503
    assert PATIENT in answer.content.decode()


def test_what_asks_the_database_nothing_needs_no_room(client: Client):
    with no_room():
        for address in ("/healthz", "/robots.txt", "/sw.js", "/manifest.webmanifest"):
            assert client.get(address).status_code == 200


def test_who_was_in_the_room_leaves_it(page: ExercisePage, client: Client):
    with patch.object(room, "most", 2):
        assert [client.get("/exercises/").status_code for _number in range(3)] == [200] * 3


@pytest.mark.parametrize("address", ["/", "/exercises/wall-calf-stretch/", "/exercises/wall-calf-stretch/sheet.json"])
def test_reader_is_told_whom_to_call_when_the_database_does_not_answer(db: None, client: Client, address: str):
    with (
        patch("stretchsite.routing.get_object_or_404", side_effect=OperationalError("gone"), create=True),
        patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError("gone")),
    ):
        answer = client.get(address)
    assert answer.status_code == 503
    assert "999" in answer.content.decode()


def test_somebody_who_works_here_is_told_when_even_the_session_cannot_be_read(db: None, writer: Client):
    writer.raise_request_exception = False
    with patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError("gone")):
        answer = writer.get("/admin/")
    assert answer.status_code == 503


def _error(kind: type[Exception], **code: object) -> Exception:
    error = kind("refused")
    error.__cause__ = type("DriversError", (Exception,), code)()
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (_error(OperationalError, sqlite_errorcode=5), True),
        (_error(OperationalError, sqlite_errorcode=8 | 3 << 8), True),
        (_error(OperationalError, sqlite_errorcode=13), True),
        (_error(OperationalError, sqlite_errorcode=1), False),
        (_error(InternalError, sqlstate="25006"), True),
        (_error(InternalError, sqlstate="25P02"), False),
        (_error(OperationalError, sqlstate="53300"), True),
        (_error(ProgrammingError, sqlstate="42P01"), False),
        (InterfaceError("connection already closed"), True),
        (GaveWay("taken back"), True),
        (ValueError("something else"), False),
        (None, False),
    ],
    ids=str,
)
def test_a_database_that_cannot_now_is_told_from_one_that_is_asked_wrongly(error: Exception | None, expected: bool):
    assert is_not_now(error) is expected


def test_patience_is_used_up_and_ends_with_its_block():
    allowed = Patience(each=10, lock=1, together=3)
    with waiting_at_most(allowed):
        with allowed.spent():
            pass
        assert patience() is allowed
        assert 2 < allowed.left() <= 3
        allowed.together -= 5
        assert allowed.left() == 0
    assert patience() is None


def test_what_was_waited_before_the_page_is_taken_off_a_readers_seconds(rf: RequestFactory):
    left = []
    answering = BoundedWaits(cast("Any", lambda _request: left.append(patience().left()) or HttpResponse()))
    for address, waited in (("/", 0.0), ("/", 2.0), ("/admin/", 2.0)):
        answering(rf.get(address, **{WAITED: waited}))
    assert left == [admission.READER_SECONDS, admission.READER_SECONDS - 2, WRITER_SECONDS]


def test_download_is_waited_for_piece_by_piece_and_no_longer_than_may_be(rf: RequestFactory):
    """Its pieces are made after the request has been answered; each of them has an end, too."""
    waited = []

    def pieces() -> Iterator[bytes]:
        for piece in (b"a", b"b"):
            waited.append(patience())
            yield piece

    answer = BoundedWaits(cast("Any", lambda _request: StreamingHttpResponse(pieces())))(rf.get("/admin/reports/"))
    assert b"".join(answer) == b"ab"
    assert [each.each for each in waited] == [WRITER_SECONDS] * 2
    assert patience() is None
