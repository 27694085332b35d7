"""A browser somebody has signed in with, so that they still get in while strangers are guessing their password.

The cookie is for the admin alone: readers never get one. It opens nothing. It says, signed, which accounts signed in
here; guesses from here are then counted for this browser, and what others tried elsewhere stands in nobody's way. A
new password ends it everywhere, since each entry holds a digest of the session's own.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

#: What its secrets are made with. Cookies that browsers hold depend on it: another, and nobody is known any more.
SALT = "clinical.known_devices"

COOKIE = "known_device"
SECONDS_KNOWN = 180 * 24 * 60 * 60
#: Several people may share a computer; who has not signed in for longest is forgotten first.
MOST_PEOPLE = 8


def remember(request: HttpRequest, response: HttpResponse, person: Any) -> None:
    """Let this browser be known as one of this person's, who has just shown that it is."""
    held = _read(request)
    people = {key: mark for key, mark in held.get("people", {}).items() if key != str(person.pk)}
    people = {**dict(list(people.items())[1 - MOST_PEOPLE :]), str(person.pk): _mark(person)}
    response.set_cookie(
        COOKIE,
        signing.dumps({"device": held.get("device") or secrets.token_hex(8), "people": people}, salt=SALT),
        max_age=SECONDS_KNOWN,
        path=reverse("wagtailadmin_home"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_shown(request: HttpRequest) -> bool:
    """Whether a browser says that it is known, to somebody."""
    return bool(_read(request))


def device_of(request: HttpRequest, person: Any) -> str:
    """What to count this person's guesses from here under; nothing where this browser is not known to be theirs."""
    held = _read(request)
    mark = held.get("people", {}).get(str(person.pk), "")
    return f"{held['device']}:{person.pk}" if mark and constant_time_compare(mark, _mark(person)) else ""


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        held: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS_KNOWN)
    except signing.BadSignature:
        return {}
    return held


def _mark(person: Any) -> str:
    return salted_hmac(SALT, person.get_session_auth_hash(), algorithm="sha256").hexdigest()[:16]
