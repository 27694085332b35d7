"""One slow search cannot hold the site: how long a search may take, how many may be at once, and what is said then.

A search is the readers' own, what is offered while one types, and every list, chooser and finder of the admin that is
asked for words. However it is asked, each of its questions is ended by the database when it takes too long, and all of
them when they do together: on PostgreSQL by the client then, which gives the connection up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import reverse

from clinical.notes.board import urgent_number
from clinical.serving.capacity import room
from clinical.serving.waiting import is_not_now, waiting_less
from clinical.web.plain_answers import TRY_AGAIN_SECONDS, plain_page
from clinical.words.characters import readable
from stretchsite.finding.help_first import has_a_cramp, is_in_despair, needs_help
from stretchsite.finding.matches import content_language
from stretchsite.finding.question import LONGEST_READ, both_ends
from stretchsite.finding.room_to_search import places
from stretchsite.finding.stems import without_unseen
from stretchsite.site_links import safety_address_last_known

_logger = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

#: The readers' searches, and that of programs, by the names of their addresses.
_SEARCH, _SUGGESTIONS, _API = "search", "search_suggestions", "api_search"
#: PostgreSQL is to end a question itself, and has so long to say so before the connection is given up, in seconds.
GRACE_SECONDS = 0.25
#: Searches take at most one in so many of the threads that may be in database work, and as many may wait.
ONE_THREAD_IN = 3


class BoundedSearches:
    """Behind ``AsksForRoom``: whoever waits for a place is counted among those who wait."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Pass the request on; whatever came of it, the place is given back and the connection as it was."""
        with ExitStack() as held:
            request.search_held = held
            return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Begin a search, if there is a place for it."""
        request.is_search = _is_search(request)
        if not request.is_search:
            return None
        if not places.take(_most_at_once(request), settings.SEARCH_WAIT_SECONDS):
            _logger.warning("A search was turned away: too many at once.")
            return _busy(request)
        request.search_held.callback(places.leave)
        own: Any = connection  # one of clinical.databases
        try:
            request.search_held.enter_context(own.ending_after(settings.SEARCH_SECONDS))
        except Exception as exception:  # Django asks nobody about what is raised here
            answer = self.process_exception(request, exception)
            if answer is None:
                raise
            return answer
        request.search_held.enter_context(waiting_less(settings.SEARCH_SECONDS + GRACE_SECONDS))
        return None

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """Answer in words where a search was ended; leave every other exception alone."""
        if not getattr(request, "is_search", False) or not is_not_now(exception):
            return None
        _logger.warning("A search was ended: %s", type(exception.__cause__ or exception).__name__)
        return _busy(request)


def _is_search(request: HttpRequest) -> bool:
    """Whether something is looked for. Whoever writes is no search, though the address says what was looked for."""
    if request.method not in {"GET", "HEAD"} or not request.GET.get("q", "").strip():
        return False
    return _is_desk(request) or _name(request) in {_SEARCH, _SUGGESTIONS, _API}


def _is_desk(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))


def _name(request: HttpRequest) -> str | None:
    return request.resolver_match.url_name if request.resolver_match else None


def _most_at_once(request: HttpRequest) -> int:
    """How many places there are; one more for whoever works here, so that readers do not take them all."""
    most: int = settings.SEARCHES_AT_ONCE
    if room.most is not None:
        most = min(most, max(1, room.most // ONE_THREAD_IN))
    return most + _is_desk(request)


def _busy(request: HttpRequest) -> HttpResponse:
    """Made of code alone. What the script shows while one types is left as it is; the admin's scripts show words."""
    is_script = _is_desk(request) and request.headers.get("X-Requested-With") == "XMLHttpRequest"
    if _name(request) in {_SUGGESTIONS, _API}:
        answer: Any = HttpResponse(status=503)
    elif is_script:
        # Of an answer that is not 200 the platform's lists and choosers show nothing.
        answer = HttpResponse(loader.render_to_string("stretchsite/admin/search_busy.html"))
    else:
        answer = plain_page("stretchsite/search_busy.html", 503, **_said(request))
    answer["Retry-After"] = str(TRY_AGAIN_SECONDS)
    answer["Cache-Control"] = "no-store"
    # Django would say it again, as an error, by e-mail, each time.
    answer._has_been_logged = True
    return answer


def _said(request: HttpRequest) -> dict[str, Any]:
    """What the page says: first when to get help, where the words ask for it, as the search itself does."""
    language = content_language()
    unsearched = request.GET.copy()
    del unsearched["q"]
    rest = urlencode(list(unsearched.lists()), doseq=True)
    query = readable(without_unseen(request.GET["q"]))
    read = both_ends(query, language)
    return {
        "needs_help": any(needs_help(part, language) for part in read),
        "in_despair": any(is_in_despair(part, language) for part in read),
        "has_a_cramp": not _is_desk(request) and any(has_a_cramp(part, language) for part in read),
        "query": query[:LONGEST_READ],
        "urgent_number": urgent_number(language),
        "safety": safety_address_last_known(),
        "again": request.get_full_path(),
        "unsearched": (f"{request.path}?{rest}" if rest else request.path) if _is_desk(request) else "",
    }
