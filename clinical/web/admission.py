"""Readers wait for nobody: how long a request may wait for the database, and how many may at once.

Each worker keeps two threads that never wait for the database or for a lock. Whatever is stopped, they say that the
process is alive, send static files, and tell everybody else at once that it is not possible now, in words.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse

from clinical.serving.capacity import room
from clinical.serving.waiting import WAITED, Busy, Patience, is_not_now, waiting_at_most
from clinical.web.not_now import not_now

logger = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

#: What a reader's request may wait for the database, all its questions together, in seconds.
READER_SECONDS = 3.0
#: What one question of somebody who works here may take, in seconds.
WRITER_SECONDS = 5.0
#: What a request may wait for files that are kept on another machine, all of them together, in seconds.
READER_FILES_SECONDS, WRITER_FILES_SECONDS = 3.0, 20.0
#: How long a request may wait for a lock of the database itself, in seconds.
READER_LOCK_SECONDS, WRITER_LOCK_SECONDS = 1.0, 2.0


def without_database(view: View) -> View:
    """Mark a view that asks the database nothing: it is answered however many wait."""
    view.needs_no_database = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def is_urgent(view: View, user: Any = None) -> bool:
    """Whether a view takes something off the site or ends a link: such a one is never sent away.

    Asked with a ``user``, it is urgent only for somebody who may do it; else anybody could make others give way.
    """
    permissions = getattr(getattr(view, "view_class", view), "urgent_for", ())
    return bool(permissions) if user is None else any(user.has_perm(permission) for permission in permissions)


class BoundedWaits:
    """The outermost: within it no question waits for ever. What has gone into the room comes out here."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Pass the request on, with the patience it may have."""
        request.is_in_room = False
        try:
            with waiting_at_most(_patience_of(request)):
                response: Any = self.get_response(request)
            if response.streaming and not isinstance(response, FileResponse):
                response.streaming_content = _in_pieces(response.streaming_content, _patience_of(request))
            return response
        finally:
            if request.is_in_room:
                room.leave()


def _in_pieces(pieces: Iterable[bytes], allowed: Patience) -> Iterator[bytes]:
    """What is made while it is sent, such as a long download: each piece is waited for no longer than this."""
    remaining = iter(pieces)
    while True:
        with waiting_at_most(allowed):
            piece = next(remaining, None)
        if piece is None:
            return
        yield piece


def _patience_of(request: HttpRequest) -> Patience:
    if request.path.startswith(reverse("wagtailadmin_home")):
        return Patience(each=WRITER_SECONDS, lock=WRITER_LOCK_SECONDS, files=WRITER_FILES_SECONDS)
    together = READER_SECONDS - request.META.get(WAITED, 0.0)
    return Patience(READER_SECONDS, READER_LOCK_SECONDS, together, READER_FILES_SECONDS, takes_turns=True)


class AsksForRoom:
    """Goes into the room before the view asks the database anything; what cannot be done now is said in words.

    It stands behind the check of where a form comes from: what a form of ours held may be shown again, no other.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: Any, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer at once where there is no room."""
        if getattr(view, "needs_no_database", False):
            return None
        request.is_in_room = room.enter(urgent=is_urgent(view) and request.method == "POST")
        return None if request.is_in_room else in_words(request, Busy("No room."))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 where database or storage cannot now; leave every other exception alone."""
        return in_words(request, exception)


def in_words(request: HttpRequest, exception: BaseException | None) -> HttpResponse | None:
    """The answer to a request that cannot be met now; none to any other exception."""
    if exception is None or not is_not_now(exception):
        return None
    logger.warning("Answered “not now”: %s: %s", type(exception).__name__, exception)
    return not_now(request, exception)
