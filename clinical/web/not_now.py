"""Answers for whoever tried to read or save when it was not possible: nothing was written, nothing typed is lost.

Made of code and of what was sent alone: the database may be what is missing.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _

from clinical.serving.waiting import GaveWay, StorageAway, is_full, is_locked, is_read_only
from clinical.web.plain_answers import TRY_AGAIN_SECONDS, plain_page, unavailable

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
#: What is never shown again, not even to whoever typed it.
_SECRET = "password"  # noqa: S105  (part of the names of fields)


def not_now(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503, in the way it was asked: a page, the form to send again, data for the editor's own saving, a dialog."""
    answer: Any = _answer(request, error)
    # Whoever answers has said it to the log. Django would say it again, as an error, by e-mail, each time.
    answer._has_been_logged = True
    return answer


def _answer(request: HttpRequest, error: BaseException) -> HttpResponse:
    if request.method in _SAFE_METHODS or not request.path.startswith(reverse("wagtailadmin_home")):
        return unavailable(request)
    words = _words(error)
    if request.headers.get("Accept", "").startswith("application/json"):
        # Of the platform's codes this is the one whose words its editor shows; it keeps the form and saves on.
        said = {"success": False, "error_code": "locked", "error_message": words}
        return _not_kept(JsonResponse(said, status=503))
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return _not_kept(JsonResponse({"problem": words}, status=503))
    return _not_kept(_form_again(request, words))


def _words(error: BaseException) -> str:
    if isinstance(error, StorageAway):
        return _("Nothing was saved: pictures and documents cannot be kept right now.")
    if isinstance(error, GaveWay):
        return _("Nothing was saved: it took too long, or somebody had to take something off the site meanwhile.")
    if is_locked(error):
        return _("Nothing was saved: somebody else is saving right now.")
    if is_read_only(error):
        return _("Nothing can be saved right now: the database can only be read. Tell whoever looks after the site.")
    if is_full(error):
        return _("Nothing can be saved right now: there is no room left. Tell whoever looks after the site.")
    return _("Nothing was saved: the database does not answer right now.")


def _form_again(request: HttpRequest, words: str) -> HttpResponse:
    """Everything that was sent, ready to be sent again; a file has to be chosen again, and a password typed."""
    kept = [
        (name, text)
        for name, texts in request.POST.lists()
        if name != "csrfmiddlewaretoken" and _SECRET not in name.lower()
        for text in texts
    ]
    return plain_page(
        "clinical/admin/not_now.html",
        503,
        words,
        kept=kept,
        address=request.get_full_path(),
        token=get_token(request),
        has_more=bool(request.FILES) or any(_SECRET in name.lower() for name in request.POST),
    )


def _not_kept(answer: HttpResponse) -> HttpResponse:
    answer["Retry-After"] = str(TRY_AGAIN_SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer
