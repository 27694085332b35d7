"""The cache as a WSGI application in front of Django's: what it keeps is answered before Django wakes.

A page is kept only where its view says that it may be (``kept_in_front``), under the generation that was read *before*
it was made; and answered only while the database says that this is the generation still. Nothing is kept for
somebody signed in, of a share link, of a search, of the admin, or of an address with a query.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.urls import Resolver404, resolve
from django.utils import translation

from clinical.pages.remembering import remembering_in
from clinical.serving.capacity import room
from clinical.serving.waiting import WAITED
from stretchsite.observing.seen import seen_in
from stretchsite.page_cache import list_memory
from stretchsite.page_cache.file_row import FileRow
from stretchsite.page_cache.frame_keys import made_under
from stretchsite.page_cache.generations import Generations
from stretchsite.page_cache.kept_answer import LONGEST, Header, KeptAnswer, may_be_kept
from stretchsite.page_cache.lease import Lease, ServerRow
from stretchsite.page_cache.list_memory import ListMemory
from stretchsite.page_cache.move_triggers import wanted_triggers
from stretchsite.page_cache.settling import settled
from stretchsite.page_cache.shelf import Place, Shelf, Shelves, keep

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

#: Addresses nothing of which is ever kept; asked before anything else, though no view below them allows it either.
NEVER = ("/admin/", "/s/", "/code/", "/search/", "/static/", "/media/", "/documents/", "/figures/")
#: Who asks so wants to be answered in a way that only Django knows.
ASKED_OTHERWISE = frozenset(
    {"HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE"}
)
#: How the addresses end of what may be kept: pages, and sheets as data. Files are made and packed by their views; and
#: whether the process is alive is said without asking the database anything, here either.
KEPT_ENDINGS = ("/", ".json")
#: What one process keeps at most, in bytes; what was asked for longest ago makes room.
MOST_BYTES = 64 * 1024 * 1024
#: What a page is made without, so that it can be sent to everybody.
NOT_PASSED_ON = frozenset({"HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"})
#: How long somebody waits for a page that another is making, in seconds.
MAKING_SECONDS = 3.0


def in_front_of(application: Application) -> Application:
    """The application with the page cache before it, unless it is switched off or the database is in memory."""
    generations = _generations_here() if settings.PAGE_CACHE else None
    return application if generations is None else PageCache(application, generations)


def _generations_here() -> Generations | None:
    connection: Any = connections["default"]
    if connection.vendor == "postgresql":
        return Lease(ServerRow())
    if connection.is_in_memory_db():
        return None
    return FileRow(Path(str(connection.settings_dict["NAME"])), frozenset(wanted_triggers(connection)))


class PageCache:
    """Answers from memory what may be, and passes on everything else. ``clock`` is the one on the wall."""

    def __init__(
        self,
        application: Application,
        generations: Generations,
        *,
        most_bytes: int = MOST_BYTES,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._application, self._generations, self._clock = application, generations, clock
        self._shelves = Shelves(most_bytes, clock)
        self._counts = ListMemory(generations, Shelves(list_memory.MOST_BYTES, clock))
        self._session = settings.SESSION_COOKIE_NAME
        self._told_by = _what_an_address_is_told_by()
        #: How many requests were answered from memory.
        self.answered = 0

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer."""
        place = self._place_of(environ)
        if place is None:
            return settled(self._generations, self._passed_on, environ, start_response)
        begun = time.monotonic()
        generation = self._generations.current()
        environ[WAITED] = time.monotonic() - begun
        if not generation:
            return self._passed_on(environ, start_response)
        shelf = self._shelves.of(generation)
        kept = shelf.get(place)
        if kept is None:
            return self._not_there(shelf, place, environ, start_response)
        self.answered += 1
        return kept.answer(environ, start_response)

    def _place_of(self, environ: Environ) -> Place | None:
        """What the answer would be kept under; nothing where it never is."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("QUERY_STRING"):
            return None
        path = environ["PATH_INFO"]
        if path.startswith(NEVER) or not path.endswith(KEPT_ENDINGS) or self._session in environ.get("HTTP_COOKIE", ""):
            return None
        if not environ.keys().isdisjoint(ASKED_OTHERWISE):
            return None
        return tuple(map(environ.get, self._told_by))

    def _passed_on(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Django's answer, which may be made of numbers that are remembered; not where something may be written."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._application(environ, start_response)
        with remembering_in(self._counts.since(self._clock())):
            return self._application(environ, start_response)

    def _not_there(self, shelf: Shelf, place: Place, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Make it and keep it; one thread for each page, which others wait for if there is room for them to wait."""
        if environ["REQUEST_METHOD"] != "GET" or environ.get("HTTP_COOKIE") or not _is_a_page(environ["PATH_INFO"]):
            return self._passed_on(environ, start_response)
        at_work = shelf.begin_to_make(place)
        if at_work is not None:
            return self._made_by_another(at_work, place, environ, start_response)
        try:
            return self._make(shelf, place, environ, start_response)
        finally:
            shelf.end_to_make(place)

    def _made_by_another(
        self, at_work: threading.Event, place: Place, environ: Environ, start_response: Any
    ) -> Iterable[bytes]:
        if room.enter(urgent=False):
            try:
                at_work.wait(MAKING_SECONDS)
            finally:
                room.leave()
            # Asked anew: it may have changed while the other was at work.
            generation = self._generations.current()
            kept = self._shelves.of(generation).get(place) if generation else None
            if kept is not None:
                self.answered += 1
                return kept.answer(environ, start_response)
        return self._passed_on(environ, start_response)

    def _make(self, shelf: Shelf, place: Place, environ: Environ, start_response: Any) -> Iterable[bytes]:
        asked = {name: value for name, value in environ.items() if name not in NOT_PASSED_ON}
        said: list[Any] = []

        def listen(status: str, headers: list[Header], _error: Any = None) -> None:
            said[:] = [status, headers]

        with made_under(shelf.generation):
            response: Any = self._passed_on(asked, listen)
        status, headers = said
        environ.update(seen_in(asked))
        if not may_be_kept(status, headers, response):
            start_response(status, headers)
            return response
        try:
            answer = KeptAnswer.made_of(headers, b"".join(response), seen_in(asked))
        finally:
            response.close()
        if answer.weight <= LONGEST:
            keep(shelf, place, answer)
        return answer.answer(environ, start_response)


def _what_an_address_is_told_by() -> tuple[str, ...]:
    """Of a request, what the addresses in its answer may be made of; two that differ in any of it share no answer."""
    proxy = [settings.SECURE_PROXY_SSL_HEADER[0]] if settings.SECURE_PROXY_SSL_HEADER else []
    names = ["wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME", "PATH_INFO", *proxy]
    if settings.USE_X_FORWARDED_HOST:
        names.append("HTTP_X_FORWARDED_HOST")
    if settings.USE_X_FORWARDED_PORT:
        names.append("HTTP_X_FORWARDED_PORT")
    return tuple(names)


def _is_a_page(path_info: str) -> bool:
    """Whether the view of this address lets its answers be kept."""
    path = path_info.encode("latin-1").decode("utf-8", "replace")
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            found = resolve(path)
        except Resolver404:
            return False
    return getattr(found.func, "is_kept_in_front", False)
