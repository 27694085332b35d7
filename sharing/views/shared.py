"""What a patient is answered under ``/s/<token>/``. Reading changes nothing, however often and by whatever (SL7).

That somebody looked is counted for the routine, in memory, and written later by nobody's request (``counting``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from clinical.outputs.answers import AskedWrongly, data_answer, file_answer, one_of, refusal_answer
from clinical.safety.parts import alone
from clinical.serving.networks import network_of_request
from exercises.dosage_words import clock
from exercises.keeping import to_keep
from exercises.models.redrawing import on_paper
from routines.outputs import handout as handouts
from routines.outputs.calendar import calendar, sessions_asked, suggested_times, suggested_weeks
from routines.outputs.paper import Paper, paper_asked
from routines.outputs.sheet_data import routine_sheet_data
from sharing.choices import ShareState
from sharing.counting import count_opening
from sharing.guessing import seconds_to_wait
from sharing.models import ShareLink, opened_by
from sharing.sheet import SharedSheet
from sharing.tokens import is_token

SharedView = Callable[[HttpRequest, ShareLink], HttpResponse]


def by_token(view: SharedView) -> Callable[..., HttpResponse]:
    """Open the link before the view is asked; where there is none to open, say what to do instead."""

    @csrf_exempt
    @require_safe
    @sensitive_variables("token", "kwargs")
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        link = opened_by(token) if is_token(token) else None
        if link is None:
            return _miss(request)
        with translation.override(_language(link)):
            state = link.state()
            if state is not ShareState.LIVE:
                return render(request, "sharing/share_ended.html", {"state": state}, status=410)
            return view(request, link, **kwargs)

    return opened


def _language(link: ShareLink) -> str:
    """The language it was given in, while the site still speaks it."""
    return link.language if link.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _miss(request: HttpRequest) -> HttpResponse:
    """404, or 429 for a network that keeps trying."""
    seconds = seconds_to_wait(network_of_request(request))
    if not seconds:
        return render(request, "sharing/share_unknown.html", status=404)
    response = render(request, "sharing/share_too_many.html", status=429)
    response["Retry-After"] = str(seconds)
    return response


@by_token
def page(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """The routine as it was given, safety first."""
    shared = link.shared_sheet()
    kept = alone("offer to keep it", lambda: _to_keep(shared, link), "")
    answer = render(request, "sharing/shared_page.html", {**page_context(shared), "to_keep": kept})
    count_opening(request, link.routine_id)
    return answer


def _to_keep(shared: SharedSheet, link: ShareLink) -> str:
    return to_keep(
        title=shared.sheet.title,
        language=shared.sheet.language,
        exercises=[item.exercise for item in shared.sheet.items],
        handout="handout.pdf",
        ends=link.expires_at,
    )


def page_context(shared: SharedSheet) -> dict[str, Any]:
    """What the page is made of: the shared sheet and nothing else."""
    today = timezone.localdate()
    return {
        "shared": shared,
        "sheet": shared.sheet,
        "today": today,
        "times": suggested_times(shared.sheet),
        "weeks": suggested_weeks(shared.sheet),
        "freshness": shared.sheet.provenance.freshness(today),
        "page_language": shared.sheet.language,
    }


@by_token
def follow(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """The same to follow along, exercise by exercise."""
    sheet = link.shared_sheet().sheet
    context = {
        "sheet": sheet,
        "items": sheet.items,
        "total_words": clock(sheet.total_seconds),
        "back": "../",
        "data_address": "../sheet.json",
        "freshness": sheet.provenance.freshness(timezone.localdate()),
        "page_language": sheet.language,
    }
    return render(request, "sharing/shared_follow.html", context)


@by_token
def handout_pdf(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """The same on paper, with the note and the day the link ends. Made for this answer and kept nowhere."""
    shared = link.shared_sheet()
    try:
        asked = paper_asked(request.GET, shared.sheet.language)
    except AskedWrongly as refusal:
        return refusal_answer(request, refusal, "./")
    paper = Paper(
        address=_address_of_page(request),
        printed_on=timezone.localdate(),
        site_name=settings.WAGTAIL_SITE_NAME,
        asked=asked,
        note=shared.note,
        ends_on=shared.valid_until,
    )
    return file_answer(handouts.handout(shared.sheet, paper, on_paper), "application/pdf", "routine.pdf")


@by_token
def routine_ics(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """Its sessions as a calendar file; the link stands in it only where the reader asked for that."""
    sheet, today = link.shared_sheet().sheet, timezone.localdate()
    try:
        sessions = sessions_asked(request.GET, request.GET.getlist("time"), sheet, today)
        has_link = one_of(request.GET, "link", {"1": True, "0": False}, "0")
    except AskedWrongly as refusal:
        return refusal_answer(request, refusal, "./")
    made = calendar(sheet, sessions, today, _address_of_page(request) if has_link else "")
    return file_answer(made, "text/calendar; charset=utf-8", "routine.ics")


def _address_of_page(request: HttpRequest) -> str:
    """The whole address of the page this output stands under."""
    return request.build_absolute_uri("./")


@by_token
def sheet_json(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """The same as data."""
    return data_answer(routine_sheet_data(link.shared_sheet().sheet, timezone.localdate()))
