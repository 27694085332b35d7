"""Whose role takes a second factor does nothing in the admin before it is set up (``SECOND_FACTOR_REQUIRED_FOR``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from clinical.people.second_factor import SHOWN, has_second_factor

#: What somebody may open who has to set one up: that, signing in and out, and what a page of the admin is drawn with.
OPEN = frozenset(
    {
        "clinical_second_factor_set_up",
        "clinical_sign_in_code",
        "clinical_single_sign_on",
        "openid_connect_callback",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_sprite",
    }
)


def must_have_second_factor(person: Any) -> bool:
    """Whether a role of this person takes one. At most one query; none where no role does."""
    asked: frozenset[str] = settings.SECOND_FACTOR_REQUIRED_FOR
    if not asked:
        return False
    return (person.is_superuser and "superusers" in asked) or person.groups.filter(name__in=asked).exists()


class SecondFactorFirst:
    """Leads whoever must have a second factor and has none to where it is set up, whatever they asked for.

    A session from before it was set up elsewhere ends. A script that asks is told that nobody is signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Before any view of the admin, and before what a request writes is begun."""
        if not settings.SECOND_FACTOR_REQUIRED_FOR or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        asked = request.resolver_match
        if (asked is not None and asked.view_name in OPEN) or not request.user.is_authenticated:
            return None
        if request.session.get(SHOWN) or not must_have_second_factor(request.user):
            return None
        is_set_up = has_second_factor(request.user)
        if is_set_up:
            logout(request)
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"account": ""}, status=403)
        return HttpResponseRedirect(reverse("wagtailadmin_login" if is_set_up else "clinical_second_factor_set_up"))
