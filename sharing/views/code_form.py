"""Where a patient types the code from their paper in place of the link's address: ``/code/``.

A form and nothing else: no cookie, no script, nothing changed. What cannot be a code is told at the field and not
counted, since the code's own last character says so; what can be one and is none counts as a mistyped link does.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from sharing import code_keys, codes
from sharing.models import opened_by
from sharing.views.shared import miss

#: So much of what was typed is shown again: a code with all its spaces, and a few slips.
MOST_SHOWN = 40


class SeeOther(HttpResponseRedirect):
    """To be read under another address, whatever was sent to this one."""

    status_code = 303


@csrf_exempt  # nothing is changed, and there is no cookie that a token in the form could be held against
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@sensitive_variables("typed", "code", "problem")
def code_form(request: HttpRequest) -> HttpResponse:
    """The form; or the way to what the code opens, whatever has become of that."""
    if not code_keys.are_on():
        raise Http404
    if request.method != "POST":
        return _form(request)
    typed = request.POST.get("code", "")
    try:
        code = codes.read(typed)
    except codes.NotACode as problem:
        return _form(request, typed[:MOST_SHOWN], str(problem))
    if opened_by(code) is None:
        return miss(request)
    return SeeOther(reverse("shared", kwargs={"token": code}))


@sensitive_variables("typed", "problem", "context")
def _form(request: HttpRequest, typed: str = "", problem: str = "") -> HttpResponse:
    context = {"typed": typed, "problem": problem, "breadcrumb": [(_("I have a code"), "")]}
    return render(request, "sharing/code_form.html", context, status=400 if problem else 200)
