"""Answers for when something fails: made of code alone, so that nothing else can fail with them.

No request, no session and no database is asked. Each says when to stop and whom to call, since somebody may be in the
middle of an exercise; what a program reads instead of a person says the same as data or as plain lines.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _

from clinical.models.boards import emergency_number

#: So many seconds from now it is worth asking again, unless somebody knows better.
TRY_AGAIN_SECONDS = 5


def plain_page(template: str, status: int, explanation: str = "", **more: object) -> HttpResponse:
    """An error page with the stop signs and the emergency line; ``more`` is for its template alone."""
    number = emergency_number(settings.LANGUAGE_CODE)
    context = {"emergency_number": number, "site_name": settings.WAGTAIL_SITE_NAME, "explanation": explanation, **more}
    try:
        content = loader.get_template(template).render(context)
    except ValueError:
        # The style sheet is not where it should be. A page without style is better than none.
        content = _("Something went wrong. Stop exercising. In an emergency call %s.") % number.number
    return HttpResponse(content, status=status)


def unavailable(request: HttpRequest, explanation: str = "", retry_after: int = TRY_AGAIN_SECONDS) -> HttpResponse:
    """503: not now. As a page; as data where the address ends in ``.json``; as plain lines for papers and calendars."""
    path = request.path_info
    if path.endswith(".json"):
        answer: HttpResponse = JsonResponse(_as_data(explanation), status=503)
    elif path.endswith((".pdf", ".ics", ".png", ".svg")):
        said = _as_data(explanation)
        lines = [said["problem"], said["stop_if"], f"{_('Emergency: call')} {said['emergency_number']}"]
        answer = HttpResponse("\n".join(lines) + "\n", status=503, content_type="text/plain; charset=utf-8")
    else:
        answer = plain_page("503.html", 503, explanation)
    answer["Retry-After"] = str(retry_after)
    answer["Cache-Control"] = "no-store"
    return answer


def _as_data(explanation: str) -> dict[str, str]:
    return {
        "problem": explanation or _("This cannot be shown right now. Please try again in a moment."),
        "stop_if": _("Stop if you feel pain, numbness, weakness or dizziness."),
        "emergency_number": emergency_number(settings.LANGUAGE_CODE).number,
    }
