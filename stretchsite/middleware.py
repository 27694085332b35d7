"""What is done to every request: its language, what may keep the answer, and what a browser may load for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.request import split_domain_port
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from sharing.middleware import UNDER_S

Answer = Callable[[HttpRequest], HttpResponse]

#: The admin shows pictures before they are uploaded, and frames its own previews. Its scripts and styles are files too.
ADMIN_POLICY = {
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}

#: What a message, a sentence or a messenger program hangs on to the end of an address. None of ours ends so.
STRAY = ")]}>.,;:!?*'\"\u00bb\u2019\u201d\u2026\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff "


class StrayCharacters:
    """An address that was copied with the bracket, full stop or invisible character behind it leads to the page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the same address without what is stray. The admin's own addresses stay as they are."""
        bare = request.path.removesuffix("/")
        clean = bare.rstrip(STRAY)
        if clean in {bare, ""} or request.method not in {"GET", "HEAD"} or bare.startswith("/admin/"):
            return self.get_response(request)
        address, query = escape_leading_slashes(quote(clean)), request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)


#: Asked by machines, by whatever name they know this one.
HEALTH = ("/healthz", "/readyz", "/metrics")
#: Below it a secret of one's own stands in the address, as behind a share link.
CHOOSE_PASSWORD = "/admin/password_reset/confirm/"  # noqa: S105  (an address)
#: What the pages at those addresses load: from another host a browser would take none of it.
LOADED = ("/figures/", "/clinic/", "/static/", "/media/", "/documents/", "/sw.js", "/manifest.webmanifest")
#: The port nobody writes.
HTTPS_PORT = "443"
#: How long a browser goes by the way it was led, in seconds.
LED_SECONDS = 60 * 60


class CanonicalHost:
    """Every page has one address: who asks another of the allowed hosts for it is led to the site's own.

    Never who holds a link or types its code, whose address must not stand in one more answer, and never what is sent.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Lead to the same address at ``BASE_URL``, or answer."""
        if not settings.CANONICAL_HOST or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        path = request.path_info
        if path in HEALTH or UNDER_S.match(path) or path.startswith((CHOOSE_PASSWORD, *LOADED)):
            return self.get_response(request)
        if _is_canonical(request.get_host()):
            return self.get_response(request)
        led = HttpResponsePermanentRedirect(settings.WAGTAILADMIN_BASE_URL + request.get_full_path())
        # Not for good: who moves BASE_URL to another name, and back, would send browsers round in circles.
        patch_cache_control(led, max_age=LED_SECONDS)
        return led


def _is_canonical(asked: str) -> bool:
    """Whether this is the site's own host. A host without a port may have lost it on the way, in a proxy."""
    name, port = split_domain_port(asked)
    own, own_port = split_domain_port(settings.CANONICAL_HOST)
    return name == own and (not port or port == (own_port or HTTPS_PORT))


class LanguageFromAddress:
    """The address alone says the language: no cookie, no header, so that every answer can be kept for everybody."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the first part of the address, or the site's own."""
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return self.get_response(request)


class PublicCaching:
    """What a reader is sent may be kept but must be asked for each time; what somebody signed in sees may not.

    Every answer to a reader is the same for all readers: it sets no cookie and does not vary by one.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say who may keep the answer, unless the view has said so."""
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            patch_cache_control(response, private=True, no_store=True)
        elif request.method in {"GET", "HEAD"} and response.status_code in {200, 304}:
            patch_cache_control(response, no_cache=True)
        return response


#: No page stands below these, and no link's token or code is looked up in another table than its own.
_NO_PAGES = ("/admin/", "/s/", "/code/", "/static/", "/media/")


class RenamedPages(RedirectMiddleware):
    """A page that has another address now is still found at its old one: on printed sheets, in QR codes, in notes.

    An administrator may lead an unused address to another by hand, but never off this site.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Send on whoever asks for an address a page had; everybody else gets the answer as it is."""
        if request.method not in {"GET", "HEAD"} or request.path_info.startswith(_NO_PAGES):
            return response
        led = super().process_response(request, response)
        if led is response or url_has_allowed_host_and_scheme(led.url, {request.get_host()}, require_https=False):
            return led
        return response


class ContentSecurityPolicy:
    """The admin and what is framed by it get the admin's policy; everything else, signing in too, the strict one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Loosen the policy where the platform's own screens need it: nowhere for scripts or styles in a page."""
        response: Any = self.get_response(request)
        if request.path.startswith("/admin/") and not _is_before_signing_in(request):
            pictures = [*settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"], "blob:"]
            response._csp_replace = {**ADMIN_POLICY, "img-src": pictures}
        elif getattr(request, "is_preview", False):
            response._csp_replace = {"frame-ancestors": ADMIN_POLICY["frame-ancestors"]}
        return response


def _is_before_signing_in(request: HttpRequest) -> bool:
    """Whether this is a screen for signing in, or on the way to a new password."""
    asked = request.resolver_match
    return asked is not None and (asked.url_name or "").startswith(
        ("wagtailadmin_login", "wagtailadmin_password_reset")
    )
