"""Answers for when something fails: made of code alone, so that nothing else can fail with them.

No request, no session and no database is asked. Each says when to stop and whom to call, since somebody may be in the
middle of an exercise; what a program reads instead of a person says the same as data or as plain lines.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.notes.board import emergency_number
from clinical.people.attempts import (
    OF_CODE,
    OF_NETWORK,
    OF_OWN_PASSWORD,
    PAGES_OF_NETWORK,
    RESETS_OF_ADDRESS,
    SINGLE_SIGN_ONS_OF_NETWORK,
    TooManyAttempts,
)
from clinical.safety.sheet import EmergencyNumber, MissingSafety

#: So many seconds from now it is worth asking again, unless somebody knows better.
TRY_AGAIN_SECONDS = 5


def plain_page(template: str, status: int, explanation: str = "", **more: object) -> HttpResponse:
    """An error page with the stop signs and the emergency line; ``more`` is for its template alone."""
    number = _number()
    context = {"emergency_number": number, "site_name": settings.WAGTAIL_SITE_NAME, "explanation": explanation, **more}
    try:
        content = loader.get_template(template).render(context)
    except ValueError:
        # The style sheet is not where it should be. A page without style is better than none.
        content = _("Something went wrong. Stop exercising. In an emergency call %s.") % number.number
    return HttpResponse(content, status=status)


def unavailable(request: HttpRequest, explanation: str = "", retry_after: int = TRY_AGAIN_SECONDS) -> HttpResponse:
    """503: not now. As a page; as data where the address ends in ``.json``; as plain lines for every other file."""
    path = request.path_info
    if path.endswith(".json"):
        answer: HttpResponse = JsonResponse(_as_data(explanation), status=503)
    elif "." in path.rpartition("/")[2]:
        said = _as_data(explanation)
        lines = [said["problem"], said["stop_if"], f"{_('Emergency: call')} {said['emergency_number']}"]
        answer = HttpResponse("\n".join(lines) + "\n", status=503, content_type="text/plain; charset=utf-8")
    else:
        answer = plain_page("503.html", 503, explanation)
    answer["Retry-After"] = str(retry_after)
    answer["Cache-Control"] = "no-store"
    return answer


def too_many_attempts(request: HttpRequest, refusal: TooManyAttempts) -> HttpResponse:
    """429: wrong passwords, or requests for new ones, have been too many. Says for how long, and what helps meanwhile.

    The same whether or not there is such an account.
    """
    wait = _in_minutes(refusal.seconds)
    explanation = _explanation(refusal, wait)
    if request.headers.get("Accept", "").startswith("application/json"):
        answer: HttpResponse = JsonResponse({"problem": explanation}, status=429)
    else:
        answer = plain_page("429.html", 429, explanation)
    answer["Retry-After"] = str(refusal.seconds)
    answer["Cache-Control"] = "no-store"
    return answer


def _explanation(refusal: TooManyAttempts, wait: str) -> str:
    if refusal.limit == RESETS_OF_ADDRESS:
        said = _(
            "Links for a new password have been asked for too often. If this address has an account, the links of the "
            "last hour are in its mailbox and still work. Otherwise try again in %s, or ask a manager."
        )
    elif refusal.limit == PAGES_OF_NETWORK:
        said = _("Too many passwords were tried for this page. Try again in %s, or ask whoever gave you the password.")
    elif refusal.limit == OF_CODE:
        said = _(
            "Too many wrong codes, so signing in to this account is paused for %s. A manager can let you try again. If "
            "it was not you who tried, somebody knows your password: choose a new one at once."
        )
    elif refusal.limit == OF_NETWORK:
        said = _(
            "Too many passwords and codes are being tried, so your code was not looked at. Try again in %s, or at once "
            "with a browser you have signed in with before."
        )
    elif refusal.limit == SINGLE_SIGN_ONS_OF_NETWORK:
        said = _("Single sign-on was tried too often from here. Try again in %s, or give a password.")
    elif refusal.limit == OF_OWN_PASSWORD:
        said = _("Your current password was wrong too often, so nothing was changed. Try again in %s.")
    else:
        said = _(
            "Too many wrong passwords, so signing in from here is paused for %s. You get in at once with a browser you "
            "have signed in with before, or by a link for a new password. A manager can also let you try again."
        )
    return said % wait


def _in_minutes(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if minutes > 120:
        return ngettext("%d hour", "%d hours", -(-minutes // 60)) % -(-minutes // 60)
    return ngettext("%d minute", "%d minutes", minutes) % minutes


def _as_data(explanation: str) -> dict[str, str]:
    return {
        "problem": explanation or _("This cannot be shown right now. Please try again in a moment."),
        "stop_if": _("Stop if you feel pain, numbness, weakness or dizziness."),
        "emergency_number": _number().number,
    }


def _number() -> EmergencyNumber:
    """The site's own number. Where even that cannot be made, it is read as it is written: this answer has no other."""
    try:
        return emergency_number(settings.LANGUAGE_CODE)
    except MissingSafety:
        return EmergencyNumber(str(settings.EMERGENCY_NUMBERS.get(settings.LANGUAGE_CODE, "")))
