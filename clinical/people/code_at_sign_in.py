"""The page between the password and the admin that asks for a second factor, and what is remembered meanwhile.

Whoever gave the right password is not signed in by that. The session holds who it was, for ten minutes and only as
long as the password stays what it is; a new number for the session comes with each of the two steps.
"""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from clinical.audit.audit_entries import record
from clinical.people.accounts import User
from clinical.people.attempts import count_code
from clinical.people.known_devices import remember
from clinical.people.passkeys import is_own_passkey, options_to_show
from clinical.people.second_factor import SHOWN, ShownBy, has_second_factor, recovery_codes_left, shown_by
from clinical.people.sign_ins import count_failed_sign_in
from clinical.serving import rate_limits
from clinical.words.choices import AuditAction

_WAITING = "waits_for_code"
SECONDS_TO_ANSWER = 10 * 60


def ask_for_code(request: HttpRequest, person: Any, *, then: str, remembered: bool) -> HttpResponse:
    """Lead somebody who gave the right password to the page that asks for the code; ``then`` is where they were going.

    ``remembered`` is whether they stay signed in when the browser is closed.
    """
    request.session.cycle_key()
    request.session[_WAITING] = {
        "person": person.pk,
        "backend": person.backend,
        "password": person.get_session_auth_hash(),
        "then": then,
        "remembered": remembered,
        "until": time.time() + SECONDS_TO_ANSWER,
    }
    return HttpResponseRedirect(reverse("clinical_sign_in_code"))


class CodeForm(forms.Form):
    """The code, of either sort."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("The six digits your authenticator app shows now, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )


@method_decorator(sensitive_post_parameters("code", "passkey"), name="dispatch")
class SignInCode(FormView):
    """The second step of signing in."""

    template_name = "clinical/admin/sign_in_code.html"
    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever has not given a password, or long ago, does so first."""
        if self.person is not None:
            return super().dispatch(request, *args, **kwargs)
        if request.session.pop(_WAITING, None):
            messages.error(request, _("Your code came too late. Give your password again."))
        return HttpResponseRedirect(reverse("wagtailadmin_login"))

    @cached_property
    def person(self) -> User | None:
        """Whose code is asked for; nobody when the time is over, or the account was changed or closed meanwhile."""
        held = self._held
        if held.get("until", 0) < time.time():
            return None
        found = User.objects.filter(pk=held["person"], is_active=True).first()
        if found is None or not constant_time_compare(held["password"], found.get_session_auth_hash()):
            return None
        return found if has_second_factor(found) else None

    @property
    def _held(self) -> dict[str, Any]:
        held: dict[str, Any] = self.request.session.get(_WAITING, {})
        return held

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser is asked, where there is a passkey."""
        return {**super().get_context_data(**kwargs), "passkey_options": options_to_show(self.person)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A passkey comes from a form of its own. Counted and looked at like a code. Raises ``TooManyAttempts``."""
        if "passkey" not in request.POST:
            return super().post(request, *args, **kwargs)
        tries = count_code(request, self.person)
        if is_own_passkey(self.person, request.POST["passkey"]):
            rate_limits.give_back(*tries)
            return self._sign_in()
        count_failed_sign_in(str(self.person))
        messages.error(request, _("This passkey is not one of yours here. Try again, or give a code."))
        return HttpResponseRedirect(request.path)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Count the try, look at the code, and sign in. Raises ``TooManyAttempts``."""
        tries = count_code(self.request, self.person)
        how = shown_by(self.person, form.cleaned_data["code"])
        if how is None:
            count_failed_sign_in(str(self.person))
            form.add_error(
                "code", _("This code is wrong or was used before. Wait for the next one your app shows, and give that.")
            )
            return self.form_invalid(form)
        rate_limits.give_back(*tries)
        if how is ShownBy.RECOVERY_CODE:
            record(AuditAction.CODE_USED, self.person, by=self.person, left=recovery_codes_left(self.person))
        return self._sign_in()

    def _sign_in(self) -> HttpResponse:
        held = self.request.session.pop(_WAITING)
        setattr(self.request, SHOWN, True)
        login(self.request, self.person, backend=held["backend"])
        self.request.session[SHOWN] = True
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if held["remembered"] else 0)
        response = HttpResponseRedirect(held["then"])
        remember(self.request, response, self.person)
        return response
