"""After a restore the site is closed: what a backup brings back may have been withdrawn, or ended, since it was made.

So it is while it is moved to another database, which holds no more than ``migrate`` has made until the move is done.

Every address then answers 503 in words, with the stop signs and the emergency line, the admin included: whoever was
shut out after the backup could sign in. Only whether the process lives, and why it is not ready, is said as ever.

Each process asks the database at most every few seconds, and past Django's count of questions, which belongs to pages.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management.base import CommandError
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from clinical.web.plain_answers import unavailable
from stretchsite.models import Restoration

View = Callable[..., HttpResponse]

#: How long the answer is remembered, in seconds: that it is open, and that it is closed.
OPEN_SECONDS, CLOSED_SECONDS = 5.0, 1.0
#: When a program may ask again, in seconds.
TRY_AGAIN_SECONDS = 60


#: Why it is closed, as one word each.
REPLAY, MOVE = "replay", "move"


@dataclass
class _Remembered:
    why: str = ""
    asked_at: float = float("-inf")


_remembered = _Remembered()


def is_closed() -> bool:
    """Whether a backup was brought back and the journal not replayed yet, or a move not finished."""
    return bool(why_closed())


def why_closed() -> str:
    """Why it is closed; empty while it is open.

    Where the database cannot say, what was last known: the view itself then says what is the matter.
    """
    now = time.monotonic()
    if now - _remembered.asked_at >= (CLOSED_SECONDS if _remembered.why else OPEN_SECONDS):
        try:
            _remembered.why = _ask()
        except Error:
            return _remembered.why
        _remembered.asked_at = now
    return _remembered.why


def refuse_while_closed() -> None:
    """For commands that show or send something. Raises ``CommandError`` while the site is closed.

    Where the database cannot say, the command itself finds out what is the matter.
    """
    try:
        why = _ask()
    except Error:
        why = ""
    if why == MOVE:
        raise CommandError("The move into this database was not finished: run move_database again.")
    if why:
        raise CommandError("The site was brought back from a backup and is closed: run replay_journal first.")


def refuse_unfinished_move() -> None:
    """For commands that would open the site. Raises ``CommandError`` where there is nothing yet to be opened."""
    try:
        is_move = _ask() == MOVE
    except Error:  # the command itself finds out what is the matter
        is_move = False
    if is_move:
        raise CommandError(
            "No backup was brought back here: a move into this database was not finished, and nothing is in it yet. "
            "Run move_database again, or name the old database in DATABASE_URL."
        )


def forget() -> None:
    """Ask anew."""
    _remembered.why, _remembered.asked_at = "", float("-inf")


def _ask() -> str:
    """A table of before the migrations tells no move from a restore; that the site is closed it tells all the same."""
    if not _is_any("replayed_at IS NULL"):
        return ""
    try:
        return MOVE if _is_any("replayed_at IS NULL AND is_move") else REPLAY
    except Error:
        return REPLAY


def _is_any(condition: str) -> bool:
    table = connection.ops.quote_name(Restoration._meta.db_table)
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        question = f"SELECT 1 FROM {table} WHERE {condition} LIMIT 1"  # noqa: S608  (our own table and words)
        return connection.connection.execute(question).fetchone() is not None


def answered_when_closed(view: View) -> View:
    """Mark a view that says how the site is, and shows nothing of it."""
    view.is_answered_when_closed = True  # type: ignore[attr-defined]  # a mark on a function
    return view


class ClosedUntilReplayed:
    """Answers everything while the site is closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """503 in words, but for what asks the database nothing."""
        marks = ("needs_no_database", "is_answered_when_closed")
        if any(getattr(view, mark, False) for mark in marks) or not (why := why_closed()):
            return None
        answer: Any = unavailable(request, _said(why), TRY_AGAIN_SECONDS)
        answer._has_been_logged = True  # else Django would log each as an error, by e-mail
        return answer


def _said(why: str) -> str:
    """What visitors read."""
    if why == MOVE:
        return _(
            "This site is being moved to another database. It opens again when everything is there. "
            "Please come back later."
        )
    return _(
        "This site has just been brought back from a backup. It opens again when everything that was withdrawn "
        "since then is off it again. Please come back later."
    )
