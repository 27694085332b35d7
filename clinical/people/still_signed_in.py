"""Whether somebody is still signed in, asked by a form that has been open for long, and the way back to that form.

A session ends while somebody writes, or somebody else signs in at the same browser. A form that sends itself then loses
what was typed, or saves it in another's name. So it asks first, and gets a fresh token with the answer: the old one is
void since the last sign-in.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

from clinical.people.accounts import SignedInRequest, User


def who_is_signed_in(request: HttpRequest) -> JsonResponse:
    """Account, name and token of whoever works here; 403 with nothing where nobody does."""
    person = request.user
    if not isinstance(person, User) or not person.has_perm("wagtailadmin.access_admin"):
        return JsonResponse({"account": ""}, status=403)
    name = person.get_full_name() or person.get_username()
    return JsonResponse({"account": str(person.pk), "name": name, "token": get_token(request)})


def signed_in_again(request: SignedInRequest) -> HttpResponse:
    """Where signing in leads to, in the window beside a form: back to that form."""
    return render(request, "clinical/admin/signed_in_again.html")
