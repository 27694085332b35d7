"""Signing in by the clinic's own provider (OpenID Connect), into accounts there are already (AU2).

The steps between here and the provider (state, PKCE, tokens) are allauth's. What comes of them is ours: the e-mail
address the provider has verified is that of one active account, or nobody is signed in. No account is made, and nothing
of the provider is kept. Where the account has a second factor here, its code is asked for as well; else the provider's
own counts as one, since what it asks for is the clinic's to say.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from requests import RequestException

from clinical.people.accounts import accounts_with
from clinical.people.attempts import count_single_sign_on
from clinical.people.code_at_sign_in import ask_for_code
from clinical.people.known_devices import remember
from clinical.people.second_factor import SHOWN, has_second_factor

logger = logging.getLogger(__name__)

_PROVIDER = "openid_connect"
#: Where Microsoft's provider is; its members may write any address into their own profile.
ENTRA_ID = "login.microsoftonline.com"
#: What asking the provider may raise: it is away, or what it says lacks something or is of another kind. A name
#: (``sub``) that is too long is a wrong setting to allauth.
_AMISS = (
    *(RequestException, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError),
    ImproperlyConfigured,
)


class OurAccountsOnly(DefaultSocialAccountAdapter):
    """Takes over from allauth when the provider has answered: none of its pages is ever shown."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Sign somebody in, or nobody. Always raises ``ImmediateHttpResponse``."""
        given = [found for found in sociallogin.email_addresses if found.email]
        verified = {found.email for found in given if found.verified or _is_of_own_domain(sociallogin)}
        then = sociallogin.state.get("next") or reverse("wagtailadmin_home")
        if given and not verified:
            said = _("%s has not verified your address. Have that done there, or give a password.")
            raise ImmediateHttpResponse(_refused(request, "the address is not verified", said))
        raise ImmediateHttpResponse(_sign_in(request, verified, then))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Say so above the password. Always raises ``ImmediateHttpResponse``."""
        logger.warning("Signing in by the provider failed: %s %s", kwargs.get("error"), kwargs.get("exception"))
        raise ImmediateHttpResponse(
            _nobody(request, _("Signing in with %s did not work. Try again, or give a password."))
        )

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No account is made."""
        return False


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the provider; ``next`` is where somebody was going. Raises ``TooManyAttempts``."""
    then = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(then, {request.get_host()}, request.is_secure()):
        then = reverse("wagtailadmin_home")
    provider = _provider(request)
    count_single_sign_on(request)
    try:
        answer: HttpResponse = provider.redirect(request, process="login", next_url=then)
    except _AMISS as error:
        return _away(request, error)
    return answer


@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider leads back to. Raises ``TooManyAttempts``."""
    from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
    from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

    if provider_id != _provider(request).app.provider_id:
        raise Http404
    count_single_sign_on(request)
    view = OAuth2CallbackView.adapter_view(OpenIDConnectOAuth2Adapter(request, provider_id))
    try:
        answer: HttpResponse = view(request)
    except _AMISS as error:
        return _away(request, error)
    return answer


def _provider(request: HttpRequest) -> Any:
    if not settings.OIDC_ISSUER:
        raise Http404
    return OurAccountsOnly(request).get_provider(request, _PROVIDER)


def _sign_in(request: HttpRequest, verified: set[str], then: str) -> HttpResponse:
    people = {person.pk: person for address in verified for person in accounts_with(address)}
    if len(people) != 1 or not (person := next(iter(people.values()))).is_active:
        named = ", ".join(str(key) for key in sorted(people))
        why = "account %s is not active" if len(people) == 1 else "accounts %s have the same address"
        said = _("Nobody here has the address %s gave for you. Ask a manager to invite you.")
        return _refused(request, why % named if people else "no account has the address", said)
    person.backend = settings.AUTHENTICATION_BACKENDS[0]
    if has_second_factor(person):
        return ask_for_code(request, person, then=then, remembered=False)
    login(request, person)
    request.session[SHOWN] = True
    request.session.set_expiry(0)
    response = HttpResponseRedirect(then)
    remember(request, response, person)
    return response


def _is_of_own_domain(sociallogin: Any) -> bool:
    """Whether Entra ID, which says nothing else of an address, says that its domain is proven to be the clinic's."""
    if urlsplit(settings.OIDC_ISSUER).hostname != ENTRA_ID:
        return False
    token = sociallogin.account.extra_data.get("id_token") or {}
    return str(token.get("xms_edov")).lower() in {"1", "true"}


def _refused(request: HttpRequest, why: str, said: str) -> HttpResponse:
    """Nobody is signed in whom the provider vouches for; the log says why, by numbers of accounts and no address."""
    logger.warning("Nobody is signed in by the provider: %s.", why)
    return _nobody(request, said)


def _nobody(request: HttpRequest, said: str) -> HttpResponse:
    messages.error(request, said % settings.OIDC_NAME)
    return HttpResponseRedirect(reverse("wagtailadmin_login"))


def _away(request: HttpRequest, error: Exception) -> HttpResponse:
    is_odd = not isinstance(error, RequestException)
    logger.warning("The provider does not answer as it should: %s: %s", type(error).__name__, error, exc_info=is_odd)
    return _nobody(request, _("%s does not answer right now. Try again, or give a password."))
