"""Small views of the site: search, health, robots, and the pages for when something is not there."""

from __future__ import annotations

import secrets
import sys

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from clinical.addresses import whole_address
from clinical.audit import journal
from clinical.background import queue
from clinical.background.heartbeats import to_look_at
from clinical.safety.sheet import MissingSafety
from clinical.serving import storage_health
from clinical.web.admission import in_words, without_database
from clinical.web.plain_answers import plain_page, unavailable
from stretchsite import __version__
from stretchsite.closed import answered_when_closed
from stretchsite.readiness import why_not_ready
from stretchsite.reserved import SAFETY_SLUG
from stretchsite.search import search_everything, suggestions


@csrf_exempt
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that answers, the best first; of one sort where the address says so. ``/search/?q=&kind=``."""
    found = search_everything(request.GET)
    context = {
        "query": found.query,
        "problem": found.problem,
        "is_cut": found.is_cut,
        "catalogue": found.catalogue,
        "read_as": found.read_as,
        "is_partly": found.is_partly,
        "has_most": found.has_most,
        "needs_help": found.needs_help,
        "in_despair": found.in_despair,
        "kinds": found.kinds,
        "right_now": found.right_now,
        "breadcrumb": [(_("Search"), "")],
    }
    return render(request, "stretchsite/search.html", context, status=400 if found.is_refused else 200)


@csrf_exempt
@require_safe
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """What is offered while a question is typed, as a piece of a page. ``/search/suggestions/?q=``."""
    context = {"suggested": suggestions(request.GET), "safety_slug": SAFETY_SLUG}
    response = render(request, "stretchsite/suggestions.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@without_database
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive. Asks nothing of anything else."""
    return _uncached(JsonResponse({"alive": True}))


@answered_when_closed
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Able to serve: the database answers, has every migration, and can be written to.

    Also says which version answers, when nobody does what may wait, which regular commands are late or failed, when the
    journal or a file cannot be written, and how many people a review takes. A storage that is away takes nobody off the
    site: pages are made without it, and every machine that shares it would be taken off at once.
    """
    why = why_not_ready()
    if why:
        return _uncached(JsonResponse({"ready": False, "why": why, "version": __version__}, status=503))
    told: dict[str, str] = {"tasks": "late"} if queue.state().late else {}
    if silent := to_look_at():
        told["commands"] = ", ".join(silent)
    if journal.is_failing():
        told["journal"] = "failing"
    if storage_health.is_failing():
        told["storage"] = "failing"
    told |= {"version": __version__, "review_policy": settings.REVIEW_POLICY}
    return _uncached(JsonResponse({"ready": True, **told}))


@without_database
@answered_when_closed
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What a Prometheus reads, for whoever knows ``METRICS_TOKEN``. Without one in the settings there is nothing here.

    It asks how the background tasks stand, for a second at most, and says the rest where the database does not answer.
    """
    if not settings.METRICS_TOKEN:
        return page_not_found(request, Http404())
    said = request.headers.get("Authorization", "").encode()
    if not secrets.compare_digest(said, f"Bearer {settings.METRICS_TOKEN}".encode()):
        answer = HttpResponse("Not without the token.\n", status=401, content_type="text/plain; charset=utf-8")
        answer["WWW-Authenticate"] = "Bearer"
    else:
        from stretchsite.observing.metrics import as_text

        answer = as_text()
    answer["Cache-Control"] = "no-store"
    return answer


@without_database
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything public. The admin is not worth their time."""
    sitemap = whole_address(request, reverse("sitemap"))
    return HttpResponse(f"User-agent: *\nDisallow: /admin/\nSitemap: {sitemap}\n", content_type="text/plain")


def _uncached(response: JsonResponse) -> JsonResponse:
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return plain_page("400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return plain_page("403.html", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was not sent from here, or was open too long."""
    return plain_page("403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the way back to the lists."""
    try:
        return render(request, "404.html", status=404)
    except MissingSafety:
        return unavailable(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 where something on the way to the view needed a database that cannot now."""
    return in_words(request, sys.exc_info()[1]) or plain_page("500.html", 500)
