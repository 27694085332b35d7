"""One's own second factor, from the screen of one's account: setting it up, other recovery codes, taking it away.

Each asks for the current password, and what is set up already for a code as well: whoever sits down at an open browser
can neither lock its owner out nor get in later. Recovery codes stand in the answer that made them and nowhere else.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin.views import account
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinical.outputs.qr_code import qr_inline
from clinical.people.accounts import SignedInRequest
from clinical.people.attempts import count_code, is_own_password
from clinical.people.code_at_sign_in import CodeForm
from clinical.people.passkeys import passkeys_of, remove_passkey
from clinical.people.second_factor import (
    SHOWN,
    address_of,
    has_second_factor,
    recovery_codes_left,
    remove_second_factor,
    renew_recovery_codes,
    secret_to_set_up,
    set_up,
    shown_by,
)
from clinical.people.second_factor_duty import must_have_second_factor
from clinical.serving import rate_limits


class OwnCodeForm(CodeForm):
    """The current password, and a code."""

    current_password = forms.CharField(
        label=gettext_lazy("Current password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order: tuple[str, ...] = ("current_password", "code")

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["code"].widget.attrs.pop("autofocus")

    def clean_current_password(self) -> str:
        """Counted before it is looked at."""
        given: str = self.cleaned_data["current_password"]
        if not is_own_password(self.person, given):
            raise forms.ValidationError(_("This is not your current password."))
        return given


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class OwnFactorView(WagtailAdminTemplateMixin, FormView):
    """A screen about one's own second factor."""

    request: SignedInRequest

    form_class = OwnCodeForm
    header_icon = "lock"
    page_title = gettext_lazy("Second factor")
    success_url = reverse_lazy("clinical_second_factor")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below one's account."""
        own = {"url": reverse("wagtailadmin_account"), "label": _("Account")}
        return [*self.breadcrumbs_items, own, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose password is asked for."""
        return {**super().get_form_kwargs(), "person": self.request.user}

    def shows_code(self, form: OwnCodeForm) -> bool:
        """Whether the code given is right, counted before it is looked at; else said. Raises ``TooManyAttempts``."""
        tries = count_code(self.request, self.request.user)
        if shown_by(self.request.user, form.cleaned_data["code"]) is None:
            form.add_error("code", _("This code is wrong or was used before. Wait for the next one your app shows."))
            return False
        rate_limits.give_back(*tries)
        return True

    def with_codes(self, codes: list[str]) -> HttpResponse:
        """The recovery codes, to be written down."""
        self.page_title = gettext_lazy("Your recovery codes")
        context = {**self.get_context_data(), "codes": codes}
        return TemplateResponse(self.request, "clinical/admin/recovery_codes.html", context)


class SetUpSecondFactor(OwnFactorView):
    """Reading the code with an app, and showing that it worked."""

    template_name = "clinical/admin/second_factor_set_up.html"
    page_title = gettext_lazy("Set up a second factor")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever has one is told so instead."""
        if has_second_factor(request.user):
            return HttpResponseRedirect(self.success_url)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The secret, as a picture and as letters to type."""
        secret = secret_to_set_up(self.request)
        address = address_of(self.request.user, secret)
        said = _("QR code for your authenticator app. The same stands below in letters.")
        in_fours = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        shown = {"qr": qr_inline(address, said), "secret": in_fours}
        return {**super().get_context_data(**kwargs), **shown, "must": must_have_second_factor(self.request.user)}

    def form_valid(self, form: OwnCodeForm) -> HttpResponse:
        """Keep it, and show the recovery codes."""
        codes = set_up(self.request, self.request.user, form.cleaned_data["code"])
        if not codes:
            form.add_error("code", _("This is not the code your app should show now. Check the clock of your device."))
            return self.form_invalid(form)
        return self.with_codes(codes)


class OwnSecondFactor(OwnFactorView):
    """Whether there is one, how many recovery codes are left, and what can be done with it."""

    template_name = "clinical/admin/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How it stands."""
        person = self.request.user
        is_set_up = has_second_factor(person)
        left = recovery_codes_left(person) if is_set_up else 0
        return {
            **super().get_context_data(**kwargs),
            "is_set_up": is_set_up,
            "left": left,
            "passkeys": passkeys_of(person),
        }

    def form_valid(self, form: OwnCodeForm) -> HttpResponse:
        """Do what was asked. Raises ``TooManyAttempts``."""
        person = self.request.user
        if not self.shows_code(form):
            return self.form_invalid(form)
        decision, _sign, key = self.request.POST.get("decision", "").partition(" ")
        kept = self.request.session.session_key
        if decision == "renew":
            return self.with_codes(renew_recovery_codes(person, kept=kept))
        if decision == "remove_passkey" and (name := remove_passkey(person, key, kept=kept)):
            messages.success(self.request, _("The passkey “%s” is removed.") % name)
        if decision == "remove":
            remove_second_factor(person, by=person, kept=kept)
            self.request.session.pop(SHOWN, None)
            messages.success(self.request, _("Your second factor is removed: your password alone signs you in."))
        return HttpResponseRedirect(self.success_url)


class SecondFactorPanel(account.BaseSettingsPanel):
    """On the screen of one's account: how it stands, and the way there."""

    name = "second_factor"
    title = gettext_lazy("Second factor")
    order = 350
    template_name = "clinical/panels/second_factor.html"

    def get_form(self) -> forms.Form:
        """Nothing is filled in here."""
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        """How it stands."""
        return {"is_set_up": has_second_factor(self.user), "address": reverse("clinical_second_factor")}


def second_factor_panel(request: HttpRequest, user: Any, profile: Any) -> SecondFactorPanel:
    """For the platform's hook."""
    return SecondFactorPanel(request, user, profile)
