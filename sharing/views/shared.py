"""What a patient is answered under ``/s/<token>/``, or with a code to type in the token's place.

Reading changes nothing, however often and by whatever (SL7).

That somebody looked is counted for the routine, in memory, and written later by nobody's request (``counting``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from clinical.addresses import whole_address
from clinical.clinic.clinic_known import logo_for_paper
from clinical.models import clinic
from clinical.outputs.answers import AskedWrongly, made_answer, refusal_answer
from clinical.safety.parts import alone
from clinical.serving.networks import network_of_request
from exercises.keeping import to_keep
from exercises.models.redrawing import on_paper
from exercises.outputs.output import Asked, FileOutput, Output, offline_paths
from routines.outputs.calendar_choices import calendar_choices
from routines.outputs.registry import OUTPUTS
from routines.sheet import RoutineSheet
from sharing import code_keys, codes
from sharing.choices import ShareState
from sharing.counting import count_opening
from sharing.guessing import seconds_to_wait
from sharing.models import ShareLink, opened_by
from sharing.sheet import SharedSheet

SharedView = Callable[..., HttpResponse]


def by_token(view: SharedView, methods: Sequence[str] = ("GET", "HEAD")) -> Callable[..., HttpResponse]:
    """Open the link before the view is asked; where there is none to open, say what to do instead."""

    @csrf_exempt
    @require_http_methods(list(methods))
    @sensitive_variables("token", "kwargs")
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        link = opened_by(token)
        if link is None:
            return miss(request)
        with translation.override(_language(link)):
            state = link.state()
            if state is not ShareState.LIVE:
                return render(request, "sharing/share_ended.html", {"state": state}, status=410)
            return view(request, link, **kwargs)

    return opened


def _language(link: ShareLink) -> str:
    """The language it was given in, while the site still speaks it."""
    return link.language if link.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def miss(request: HttpRequest) -> HttpResponse:
    """404, or 429 for a network that keeps trying, whatever it tries."""
    seconds = seconds_to_wait(network_of_request(request))
    if not seconds:
        return render(request, "sharing/share_unknown.html", {"has_codes": code_keys.are_on()}, status=404)
    response = render(request, "sharing/share_too_many.html", status=429)
    response["Retry-After"] = str(seconds)
    return response


@by_token
def page(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """The routine as it was given: what the practitioner says, the list of today, then the card, then the exercises."""
    shared = link.shared_sheet()
    kept = alone("offer to keep it", lambda: _to_keep(shared, link), "")
    answer = render(request, "sharing/shared_page.html", {**page_context(shared), "to_keep": kept})
    if link.routine_id:  # of a programme nothing is counted: it is one patient's
        count_opening(request, link.routine_id)
    return answer


def _to_keep(shared: SharedSheet, link: ShareLink) -> str:
    return to_keep(
        title=shared.sheet.title,
        language=shared.sheet.language,
        exercises=[item.exercise for item in shared.sheet.items],
        outputs=offline_paths(tuple(output for output in OUTPUTS if output.on_links)),
        ends=link.expires_at,
    )


def page_context(shared: SharedSheet) -> dict[str, Any]:
    """What the page is made of: the shared sheet and nothing else."""
    today = timezone.localdate()
    return {
        "shared": shared,
        "sheet": shared.sheet,
        "choices": calendar_choices(shared.sheet, today),
        "downloads": [output for output in OUTPUTS if output.on_links and output.label],
        "freshness": shared.sheet.provenance.freshness(today),
        "page_language": shared.sheet.language,
    }


@by_token
def follow(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """The same to follow along, exercise by exercise."""
    sheet = link.shared_sheet().sheet
    context = {
        "sheet": sheet,
        "rows": sheet.rows,
        "total_words": sheet.minutes_words,
        "back": "../",
        "data_address": "../sheet.json",
        "freshness": sheet.provenance.freshness(timezone.localdate()),
        "page_language": sheet.language,
    }
    return render(request, "sharing/shared_follow.html", context)


@by_token
def file(request: HttpRequest, link: ShareLink, output: FileOutput[RoutineSheet]) -> HttpResponse:
    """An output of the sheet as its bytes. Made for this answer and kept nowhere."""
    shared, whose = link.shared_sheet(), clinic()
    asked = Asked(
        query=request.GET,
        today=timezone.localdate(),
        now=timezone.localtime().time(),
        address=whole_address(request, "./"),
        site_name=whose.name,
        imprint=whose.on_paper,
        licence=whose.licence,
        logo=logo_for_paper,
        drawing_of=on_paper,
        is_shared=True,
        note=shared.note,
        ends_on=shared.valid_until,
        mark=shared.mark,
        code=codes.in_groups(link.code),
        code_address=code_address(request) if link.code else "",
    )
    try:
        made = output.make(shared.sheet, asked)
    except AskedWrongly as refusal:
        return refusal_answer(request, refusal, "./")
    return made_answer(made, output.content_type, f"routine{output.file_ending}" if output.file_ending else "")


def code_address(request: HttpRequest) -> str:
    """Where a code is typed, as somebody types it: without what every browser puts before it."""
    return whole_address(request, reverse("code")).partition("://")[2]


#: The outputs that are no files, by their names.
OWN_VIEWS = {"": page, "follow": follow}


def address_of(output: Output[RoutineSheet]) -> URLPattern:
    """Where a link has this output, and what answers there."""
    where, name = f"s/<str:token>/{output.path}", output.url_name("shared")
    if isinstance(output, FileOutput):
        return path(where, file, {"output": output}, name=name)
    return path(where, OWN_VIEWS[output.name], name=name)
