"""What is done to requests of the admin: they write whole or not at all, and refusals become messages."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.images.models import SourceImageIOError

from clinical.people.attempts import TooManyAttempts
from clinical.publishing.refusals import PublishRefused, remember_refusal, sentences_of
from clinical.safety.parts import watching
from clinical.safety.sheet import MissingSafety
from clinical.serving.before_locking import is_without_write_lock, prepare
from clinical.serving.storage import NotKept
from clinical.serving.waiting import hurry_with_files
from clinical.serving.write_lock import write_lock
from clinical.web.admission import in_words, is_urgent
from clinical.web.plain_answers import plain_page, too_many_attempts, unavailable

_logger = logging.getLogger(__name__)

#: How long a request that holds up other writers may wait for files on another machine, all together, in seconds.
FILES_SECONDS = 2.0
#: How many of the things that stand in the way of a deletion are named.
MOST_NAMED = 5

#: As many digits as the largest number has that the smallest column holds (32,767), or an exponent.
_LONG_NUMBER = re.compile(r"\d{5}|\d[eE]\d{2}")
#: The address of a one-time link, by its name: an invitation's or a reset's.
_SETTING_A_PASSWORD = "wagtailadmin_password_reset_confirm"  # noqa: S105  (the name of an address)
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
#: Requests that write nothing a reader sees, and come often or take long: previews at every pause in typing, signs of
#: life from open editors, signing in, asking for a new password, pictures being read. Names of addresses, and of
#: groups of them.
_NOT_CONTENT = frozenset(
    {
        "preview_on_add",
        "preview_on_edit",
        "clinical_sign_in_code",
        "wagtailadmin_editing_sessions",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_password_reset",
        "wagtailimages",
        "wagtaildocs",
    }
)


class RefusalsAsMessages:
    """One place for every road through the admin: bulk actions, copies, aliases, moderation, deletion, those to come.

    Whatever the road had begun is rolled back with its transaction; the person is sent back to where they were, with
    each reason as a message.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its reasons; leave every other exception alone."""
        return refused(request, exception)


class NothingWithoutSafety:
    """What lacks a safety note, a board or the emergency number is not shown; what lacks any other part is not kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and let nobody remember an answer that is not whole."""
        with watching(request.path) as lost:
            response = self.get_response(request)
        if lost:
            response["Cache-Control"] = "no-store"
            del response["ETag"]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 with the stop signs and the number to call, whatever was asked for."""
        if not isinstance(exception, MissingSafety):
            return None
        _logger.error("%s: not shown, because its safety could not be: %s", request.path, exception, exc_info=exception)
        return unavailable(request, _("Its safety notes cannot be shown right now, so it is not shown either."))


class WritesAreWhole:
    """R-C2: what a request to the admin writes, with the entries in its history, is one transaction, and one at a time.

    Only requests that write: readers never wait for writers. Never ``ATOMIC_REQUESTS``, which would make them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer a request that writes content; the last of the middlewares, since nothing is asked after it.

        Whoever may not work here at all is sent to sign in by the platform, and no writer waits or gives way for them;
        but whoever sets a password by a link does so before signing in.
        """
        if not _writes_content(request) or is_without_write_lock(view) or not _works_here(request):
            return None
        prepare(request)
        hurry_with_files(FILES_SECONDS)
        try:
            with write_lock(urgent=is_urgent(view, request.user)):
                return view(request, *args, **kwargs)
        except Exception as exception:  # everything is taken back by now; what is no refusal is raised again
            answer = refused(request, exception) or in_words(request, exception)
            if answer is None:
                raise
            if isinstance(exception, PublishRefused):
                remember_refusal(exception, by=request.user)
            return answer


def _works_here(request: HttpRequest) -> bool:
    asked = request.resolver_match
    is_for_strangers = asked is not None and asked.url_name == _SETTING_A_PASSWORD
    return is_for_strangers or bool(request.user.has_perm("wagtailadmin.access_admin"))


def _writes_content(request: HttpRequest) -> bool:
    asked = request.resolver_match
    if request.method in _SAFE_METHODS or asked is None or not request.path.startswith(reverse("wagtailadmin_home")):
        return False
    return asked.url_name not in _NOT_CONTENT and not _NOT_CONTENT.intersection(asked.namespaces)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The answer to a refusal within the admin, and to what is no fault of ours anywhere; none to other exceptions.

    That is one guess at a password too many, and a number no database can hold.
    """
    if isinstance(exception, TooManyAttempts):
        return too_many_attempts(request, exception)
    if isinstance(exception, (OverflowError, DataError)) and _asks_for_a_number(request):
        _logger.warning("%s asked for a number no database can hold: %s", request.path, exception)
        return plain_page("400.html", 400)
    reasons = _reasons(exception) if request.path.startswith(reverse("wagtailadmin_home")) else []
    if not reasons:
        return None
    if request.headers.get("Accept", "").startswith("application/json"):
        code = "publish_refused" if isinstance(exception, PublishRefused) else "refused"
        return JsonResponse({"success": False, "error_code": code, "error_message": " ".join(reasons)}, status=400)
    for sentence in reasons:
        messages.error(request, sentence)
    if _is_dialog(request):
        return JsonResponse({"step": "success", "redirect": _back(request)})
    return HttpResponseRedirect(_back(request))


def _asks_for_a_number(request: HttpRequest) -> bool:
    """Whether a number too long for a database was asked for, in the address or as what a field holds.

    Else the fault is ours, and is told as one.
    """
    sent = (text for texts in request.POST.lists() for text in texts[1])
    asked = bool(_LONG_NUMBER.search(unquote(request.get_full_path())))
    return asked or any(_LONG_NUMBER.match(text) and not text.strip("-+.eE0123456789") for text in sent)


def _is_dialog(request: HttpRequest) -> bool:
    """Whether a decision on a review was sent from the platform's dialog, which can only be told where to go."""
    asked = request.resolver_match
    is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return is_script and asked is not None and asked.url_name == "workflow_action"


def _reasons(exception: Exception) -> list[str]:
    """A refusal as sentences for the person who asked; none for an exception that is no refusal."""
    if isinstance(exception, PublishRefused):
        return exception.sentences()
    if isinstance(exception, ValidationError):
        return sentences_of(exception)
    if isinstance(exception, NotKept):
        return [_("The file could not be kept: the server’s storage took none of it. Tell whoever runs the site.")]
    if isinstance(exception, SourceImageIOError):
        return [_("The file of this picture is lost or broken. Upload it again as a new picture.")]
    if isinstance(exception, ProtectedError):
        return [_in_use(exception.protected_objects)]
    if isinstance(exception, RestrictedError):
        return [_in_use(exception.restricted_objects)]
    return []


def _in_use(rows: Iterable[Model]) -> str:
    names = sorted({f"{owner._meta.verbose_name} “{owner}”" for owner in map(_owner, rows)})
    named = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    return _("Nothing was deleted: it is still used by %(owners)s.") % {"owners": named}


def _owner(row: Model) -> Model:
    """What a person knows a row by: the page or note it is part of, or itself."""
    parents = (field.name for field in row._meta.fields if isinstance(field, ParentalKey))
    return next((getattr(row, name) for name in parents), row)


def _back(request: HttpRequest) -> str:
    """Where the person came from, if that is here; else the admin's front page."""
    asked = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return asked
    return reverse("wagtailadmin_home")
