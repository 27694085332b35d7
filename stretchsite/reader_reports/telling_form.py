"""Where a reader tells that something hurt or was unclear: ``…/tell/`` of an exercise, a routine or a share link.

A form and nothing else: no cookie, no script, no words of one's own. It says nothing of who sends it, so there is no
token to hold a form against; a browser that says another site has sent it is asked to send it from here. Whoever says
that it hurt is first told when to stop and whom to call, and that nobody reads it at once.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from clinical.models import ClinicalPage
from exercises.sheet import ExerciseSheet
from routines.sheet import RoutineSheet
from sharing.models import ShareLink
from sharing.views.code_form import SeeOther
from sharing.views.shared import by_token
from stretchsite.reader_reports.choices import ReaderWord
from stretchsite.reader_reports.keeping_reports import keep_report, seconds_to_wait
from stretchsite.reader_reports.places_told_of import Place, place_called, places_in, seen_of

METHODS = ["GET", "HEAD", "POST"]
#: What a browser says of a form that was sent from a page of ours, or by hand.
_FROM_HERE = {"", "same-origin", "none"}


@csrf_exempt  # nothing is known of the sender, and there is no cookie that a token in the form could be held against
@require_http_methods(METHODS)
def tell_of_page(request: Any, model: type[ClinicalPage], slug: str) -> HttpResponse:
    """Of a page everybody may see; one that was there leads to where it says itself what became of it."""
    pages = model.objects.filter(slug=slug, locale__language_code=request.LANGUAGE_CODE)
    page = pages.shown().order_by("pk").first()
    if page is None:
        if pages.filter(first_published_at__isnull=False).exists():
            return HttpResponseRedirect("../")
        raise Http404
    with translation.override(page.language):
        return _answer(request, page.sheet(), page)


@sensitive_variables("link", "sheet")
def _tell_of_link(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """Of what one patient was given: only what stands on pages of the site can be pointed at; of the link nothing."""
    return _answer(request, link.shared_sheet().sheet, None)


tell_of_link = by_token(_tell_of_link, methods=METHODS)


def _answer(request: HttpRequest, sheet: ExerciseSheet | RoutineSheet, page: ClinicalPage | None) -> HttpResponse:
    """The form, or what comes of it; ``page`` is none where the reader was given a link."""
    context: dict[str, Any] = {
        "sheet": sheet,
        "is_shared": page is None,
        "page_language": sheet.language,
        "words": ReaderWord.choices,
        "groups": places_in(sheet),
    }
    context["seen"] = seen_of(context["groups"])
    if request.method == "POST":
        return _uncached(_take(request, context, page))
    context["sent"] = request.GET.get("sent", "") if request.GET.get("sent") in ReaderWord.values else ""
    place = _chosen(context, request.GET)
    stops = place and context["what"] == ReaderWord.HURT
    return render(request, "stretchsite/tell.html", {**context, "stops": stops, "place": place})


def _chosen(context: dict[str, Any], asked: QueryDict) -> Place | None:
    """What was chosen of the lists goes into the context, whatever else was sent does not; the place that was meant."""
    what, place = asked.get("what", ""), place_called(context["groups"], asked.get("where", ""))
    context |= {"what": what if what in ReaderWord.values else "", "where": place.value if place else ""}
    return place


def _take(request: HttpRequest, context: dict[str, Any], page: ClinicalPage | None) -> HttpResponse:
    """Ask again where something is missing; say when to stop before a report that it hurt is taken; then take it."""
    place = _chosen(context, request.POST)
    if problem := _not_from_this_page(request, context["seen"]):
        return _again(request, context, problem)
    if not context["what"]:
        return _again(request, context, _("Choose what you want to tell."), at="what")
    if place is None:
        return _again(request, context, _("Choose what it is about."), at="where")
    word = ReaderWord(context["what"])
    if word == ReaderWord.HURT and request.POST.get("read") != "signs":
        # A page of its own, to which a browser can go back after a call: what a form was answered with it cannot show.
        return SeeOther(f"./?what={word.value}&where={place.value}")
    if seconds := seconds_to_wait(request, word):
        answer = render(request, "stretchsite/tell.html", {**context, "is_too_much": True}, status=429)
        answer["Retry-After"] = str(seconds)
        return answer
    if not keep_report(place, word, context["sheet"].language, page):
        return _again(request, context, _("This is no longer on the site. Go back to the page to see why."))
    return SeeOther(f"./?sent={word.value}")


def _not_from_this_page(request: HttpRequest, seen: str) -> str:
    """What is wrong where the form stood on another site, or on this page before it changed; else nothing.

    By what the browser says of the site; an older one names it, or none.
    """
    origin = request.headers.get("Origin", "")
    is_ours = origin in {"", "null"} or urlsplit(origin).netloc == request.get_host()
    if not is_ours or request.headers.get("Sec-Fetch-Site", "") not in _FROM_HERE:
        return _("This was not sent from here. Look at what is chosen, and send it again.")
    if request.POST.get("seen", seen) != seen:
        return _("The page has changed since you opened it. Look at what is chosen, and send it again.")
    return ""


def _again(request: HttpRequest, context: dict[str, Any], problem: str, at: str = "") -> HttpResponse:
    return render(request, "stretchsite/tell.html", {**context, "problem": problem, "problem_at": at}, status=400)


def _uncached(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
