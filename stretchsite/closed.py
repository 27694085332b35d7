"""After a restore the site is closed: what a backup brings back may have been withdrawn, or ended, since it was made.

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


@dataclass
class _Remembered:
    is_closed: bool = False
    asked_at: float = float("-inf")


_remembered = _Remembered()


def is_closed() -> bool:
    """Whether a backup was brought back and the journal not replayed yet.

    Where the database cannot say, what was last known: the view itself then says what is the matter.
    """
    now = time.monotonic()
    if now - _remembered.asked_at >= (CLOSED_SECONDS if _remembered.is_closed else OPEN_SECONDS):
        try:
            _remembered.is_closed = _ask()
        except Error:
            return _remembered.is_closed
        _remembered.asked_at = now
    return _remembered.is_closed


def refuse_while_closed() -> None:
    """For commands that show or send something. Raises ``CommandError`` while the site is closed.

    Where the database cannot say, the command itself finds out what is the matter.
    """
    try:
        is_open = not _ask()
    except Error:
        is_open = True
    if not is_open:
        raise CommandError("The site was brought back from a backup and is closed: run replay_journal first.")


def forget() -> None:
    """Ask anew."""
    _remembered.is_closed, _remembered.asked_at = False, float("-inf")


def _ask() -> bool:
    table = connection.ops.quote_name(Restoration._meta.db_table)
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        question = f"SELECT 1 FROM {table} WHERE replayed_at IS NULL LIMIT 1"  # noqa: S608  (our own table)
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
        if any(getattr(view, mark, False) for mark in marks) or not is_closed():
            return None
        answer: Any = unavailable(
            request,
            _(
                "This site has just been brought back from a backup. It opens again when everything that was withdrawn "
                "since then is off it again. Please come back later."
            ),
            TRY_AGAIN_SECONDS,
        )
        answer._has_been_logged = True  # else Django would log each as an error, by e-mail
        return answer
