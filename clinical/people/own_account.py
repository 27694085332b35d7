"""One's own account: whoever sits down at an open browser cannot take it over without the password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views import account

from clinical.people.attempts import is_own_password
from clinical.people.known_devices import device_of, remember


class OwnNameForm(NameEmailForm):
    """Name and e-mail address; links for new passwords go to the address, so changing it takes the password."""

    current_password = forms.CharField(
        label=gettext_lazy("Current password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("Needed only to change your e-mail address."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the password where the address changes."""
        answers: dict[str, Any] = super().clean()
        if "email" in self.changed_data and not is_own_password(self.instance, answers.get("current_password", "")):
            self.add_error(
                "current_password", _("This is not your current password. Write it here to change your e-mail address.")
            )
        return answers


class OwnPasswordForm(PasswordChangeForm):
    """A new password; guesses at the old one are counted."""

    def clean_old_password(self) -> str:
        """The platform's question, with a count before it."""
        given: str = self.cleaned_data["old_password"]
        if not is_own_password(self.user, given):
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return given


class _AskedOnceMixin:
    """The platform makes each form anew for each of its uses; each would count, and check, the password again."""

    def get_form(self) -> forms.Form:
        """The one form of this request."""
        return self._form

    @cached_property
    def _form(self) -> forms.Form:
        return super().get_form()  # type: ignore[misc]  # mixed into a panel


class OwnNamePanel(_AskedOnceMixin, account.NameEmailSettingsPanel):
    """The platform's panel with our form."""

    form_class = OwnNameForm


class OwnPasswordPanel(_AskedOnceMixin, account.ChangePasswordPanel):
    """The platform's panel with our form."""

    form_class = OwnPasswordForm


_OURS = {account.NameEmailSettingsPanel: OwnNamePanel, account.ChangePasswordPanel: OwnPasswordPanel}


class OwnAccount(account.AccountView):
    """The platform's screen. A new password ends every other session of the account, and forgets its other browsers.

    The site shows no face of those who write it, but the photo a practitioner agreed to. So none is asked for here, and
    no file comes in this way.
    """

    def get_panels(self) -> list[Any]:
        """Ours in the places of the platform's, and no picture."""
        return self._panels

    @cached_property
    def _panels(self) -> list[Any]:
        panels = super().get_panels()
        return [
            _OURS[type(panel)](panel.request, panel.user, panel.profile) if type(panel) in _OURS else panel
            for panel in panels
            if not isinstance(panel, account.AvatarSettingsPanel)
        ]

    def post(self, request: HttpRequest) -> HttpResponse:
        """A browser that was known before stays known after a new password."""
        was_known = device_of(request, request.user)
        response = super().post(request)
        if was_known and isinstance(response, HttpResponseRedirect):
            remember(request, response, request.user)
        return response


def not_past_the_password(request: HttpRequest, person: Any) -> HttpResponse | None:
    """Those who may change every account change the e-mail address and password of their own where they are asked."""
    if request.method != "POST" or person.pk != request.user.pk:
        return None
    asked = request.POST
    if asked.get("email", person.email) == person.email and not asked.get("password1") and not asked.get("password2"):
        return None
    messages.error(
        request, _("Nothing was changed. Change your own e-mail address and password here, with your current password.")
    )
    return HttpResponseRedirect(reverse("wagtailadmin_account"))
