"""The platform's screens for signing in and for a new password, with every guess and every request counted.

After each of them this browser is known as that person's. A link from one's own mailbox shows that as well as a
password does; so whoever is kept out because strangers guess at their account gets in by asking for a new one.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail import views as wagtail_views
from wagtail.admin.views import account

from clinical.people.attempts import count_page_password, count_reset
from clinical.people.code_at_sign_in import ask_for_code
from clinical.people.inviting import ask_for_reset
from clinical.people.known_devices import remember
from clinical.people.second_factor import has_second_factor


class SignIn(account.LoginView):
    """Signing in; the guesses are counted by ``clinical.people.attempts``, for this road and all others."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the clinic's own provider is called, where there is one."""
        named = settings.OIDC_NAME if settings.OIDC_ISSUER else ""
        return {**super().get_context_data(**kwargs), "single_sign_on": named, "is_only_way": settings.OIDC_ONLY}

    def form_valid(self, form: Any) -> HttpResponse:
        """Remember the browser; but ask for the code first where there is a second factor."""
        person = form.get_user()
        if has_second_factor(person):
            remembered = bool(form.cleaned_data.get("remember"))
            return ask_for_code(self.request, person, then=self.get_success_url(), remembered=remembered)
        response = super().form_valid(form)
        remember(self.request, response, person)
        return response


class AskForNewPassword(account.PasswordResetView):
    """Asking for a link: answered alike, and as fast, for addresses that have an account and those that have none."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Count it, and have the link sent."""
        address = form.cleaned_data["email"]
        count_reset(self.request, address)
        ask_for_reset(address)
        return HttpResponseRedirect(self.get_success_url())


class ChooseNewPassword(account.PasswordResetConfirmView):
    """Choosing a password by the link from an invitation or a reset. The link itself cannot be guessed."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remember the browser."""
        response = super().form_valid(form)
        remember(self.request, response, form.user)
        return response


def password_for_a_page(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """The platform's form for pages with a password of their own. Our editor offers none; a program may make one."""
    if request.method == "POST":
        count_page_password(request)
    return wagtail_views.authenticate_with_password(request, page_view_restriction_id, page_id)
