"""The contract addresses, served straight from the page they name.

The platform's own routing asks for the site, its root, the root's own class, every level on the way and the page's own
class. An address of the contract already says the class and the place, so one query finds the page; hooks and view
restrictions still run, and anything not found this way takes the platform's road (other languages, previews, 404).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from clinical.models import ClinicalPage, is_restricted, is_withdrawn
from clinical.platform import remember_route
from stretchsite.observing.seen import PAGE
from stretchsite.page_cache.frame_keys import is_seen_here, of_this_generation


# Nothing can be sent to a page, so there is nothing to protect: whoever tries is told 405, not of a missing cookie.
@csrf_exempt
def contract_page(request: Any, model: Any, section: str = "", slug: str = "", output: str = "") -> HttpResponse:
    """Answer with the live page of this class at ``/section/slug/``, or with the output of it that has this name.

    A withdrawn page is found too: it says that it is.
    """
    if not output:
        request.META[PAGE] = 0  # said by what serves it
    path = "".join(f"{part}/" for part in (section, slug) if part)
    may_be_kept = is_seen_here()
    if request.LANGUAGE_CODE == settings.LANGUAGE_CODE:
        found = page_at(request, model, path)
        if found is not None:
            remember_route(request, found.route(request, [output]) if output else RouteResult(found))
            answer: Any = serve(request, path + output)
            # Read by the page cache in front; it makes sure of the rest itself.
            answer.kept_in_front = may_be_kept and not found.is_restricted
            return answer
    return serve(request, path + output)


contract_page.is_kept_in_front = True  # type: ignore[attr-defined]  # a mark on a function


def page_at(request: HttpRequest, model: Any, path: str) -> Any:
    """The page of this class below the site's front page, live or withdrawn, or nothing; it knows which. One query."""
    return _pages(model).filter(url_path=_root_of(request) + path).first()


@cache
def _pages(model: type[Page]) -> Any:
    """Pages of this class that have an answer, each with whether it is restricted and whether it is withdrawn.

    With a clinical page come the names of those who stand behind it. Only the question is remembered, never an answer.
    """
    pages = model.objects.annotate(is_restricted=is_restricted()).order_by("pk")
    if not issubclass(model, ClinicalPage):
        return pages.filter(live=True)
    pages = pages.annotate(is_withdrawn_now=is_withdrawn(), **ClinicalPage.public_names())
    return pages.filter(Q(live=True) | Q(is_withdrawn_now=True))


def _root_of(request: HttpRequest) -> str:
    """Where the site of this host begins in the page tree, such as ``/home/``. Only the place, never the page."""
    key = of_this_generation(f"root:{request.get_host()}")
    return str(caches["process"].get_or_set(key, lambda: _find_root(request)))


def _find_root(request: HttpRequest) -> str:
    site = Site.find_for_request(request)
    return site.root_page.url_path if site else "/"


def forget_roots() -> None:
    """Look the roots up again at once; called by ``setup_site``, and by tests that build their own tree."""
    caches["process"].clear()
