"""How the API answers: JSON that may be asked for again by its ETag, and refusals that name the field.

A network may ask so often a minute and no more (``API_MOST_A_MINUTE``). What the page cache answers is not counted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from clinical.outputs.answers import with_own_tag
from clinical.outputs.safety_data import SheetData
from clinical.serving.networks import network_of_request
from clinical.serving.rate_limits import Limit, take
from stretchsite.api.data import ProblemData, RefusalData
from stretchsite.api.parameters import Refused
from stretchsite.page_cache.frame_keys import is_seen_here

CONTENT_TYPE = "application/json"
_READ = ("GET", "HEAD")
_MINUTE = 60
_View = Callable[..., HttpResponse]


def answered(view: _View) -> _View:
    """An address of the API: only read, counted, and refused in words. Nothing can be sent to it."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in _READ:
            refused = problem("method", _("this is only read: ask with GET."), 405)
            refused["Allow"] = ", ".join(_READ)
            return refused
        seconds = take((Limit("api", settings.API_MOST_A_MINUTE, _MINUTE), network_of_request(request)))
        if seconds:
            return _too_often(seconds)
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return refusal(refused, 400)

    return answer


def kept(view: _View) -> _View:
    """The same for what is the same for everybody, so that the page cache may keep it until anything is written."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        may_be_kept = is_seen_here()
        response: Any = view(request, *args, **kwargs)
        response.kept_in_front = may_be_kept and response.status_code == 200
        return response

    marked: Any = answered(answer)
    marked.is_kept_in_front = True
    return marked


def json_answer(data: SheetData, status: int = 200) -> HttpResponse:
    """Data as an answer, which crawlers are asked not to list."""
    response: Any = HttpResponse(data.model_dump_json(), content_type=CONTENT_TYPE, status=status)
    response["X-Robots-Tag"] = "noindex"
    if status != 200:
        response["Cache-Control"] = "no-store"
        response._has_been_logged = True  # Django would write a warning for each, and this is somebody's program
    return with_own_tag(response)


def refusal(refused: Refused, status: int) -> HttpResponse:
    """Everything that was asked for wrongly, by name."""
    problems = tuple(ProblemData(field=field, message=message) for field, message in refused.problems)
    return json_answer(RefusalData(problems=problems), status)


def problem(field: str, message: str, status: int) -> HttpResponse:
    """The same of one thing."""
    return refusal(Refused([(field, message)]), status)


def _too_often(seconds: int) -> HttpResponse:
    response = problem("", _("too many requests: wait %d seconds.") % seconds, 429)
    response["Retry-After"] = str(seconds)
    return response
