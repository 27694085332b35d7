"""Adding a passkey to one's second factor, from its screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.people.passkeys import MOST_CHARACTERS, add_passkey, options_to_add
from clinical.people.second_factor import has_second_factor
from clinical.people.second_factor_screens import OwnCodeForm, OwnFactorView
from clinical.words.legible import legible_line


class PasskeyForm(OwnCodeForm):
    """What to call it, password and code; what the browser says is put in by a script."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        validators=[legible_line],
        help_text=gettext_lazy("Such as “My phone”, so that you know which it is."),
    )
    passkey = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MOST_CHARACTERS)
    field_order = ("name", "current_password", "code")


class AddPasskey(OwnFactorView):
    """For whoever has set up an app: a passkey stands beside it."""

    template_name = "clinical/admin/passkey.html"
    form_class = PasskeyForm
    page_title = gettext_lazy("Add a passkey")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An app comes first."""
        if not has_second_factor(request.user):
            return HttpResponseRedirect(str(self.success_url))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser is asked."""
        return {**super().get_context_data(**kwargs), "options": options_to_add(self.request.user)}

    def form_valid(self, form: PasskeyForm) -> HttpResponse:
        """Look at the code, then keep the passkey. Raises ``TooManyAttempts``."""
        person, given = self.request.user, form.cleaned_data
        if not self.shows_code(form):
            return self.form_invalid(form)
        if not add_passkey(person, given["name"], given["passkey"], kept=self.request.session.session_key):
            form.add_error(None, _("Your browser made no passkey. Nothing was changed; try again."))
            return self.form_invalid(form)
        messages.success(self.request, _("Done: the passkey “%s” signs you in after your password.") % given["name"])
        return HttpResponseRedirect(str(self.success_url))
