"""One's own public profile, on the screen of one's account: what readers are told of whoever wrote or checked a page.

Managers make a profile, since it says who somebody is; from then on whoever it is about may change its words. They are
one person's, and every change is on record.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import account

from clinical.people.accounts import Practitioner


class OwnProfileForm(forms.ModelForm):
    """The words of it; whose it is, and the photo, are for managers."""

    class Meta:
        model = Practitioner
        fields = ("name", "role", "registration_body", "registration_number", "biography")


class OwnProfilePanel(account.BaseSettingsPanel):
    """Beside name and e-mail address, for whoever has one."""

    name = "public_profile"
    title = _("Your public profile")
    help_text = _("What readers see where you wrote or checked a page. Ask a manager for another photo.")
    order = 150

    def is_active(self) -> bool:
        """Only where there is a profile of this account."""
        return self._own is not None

    def get_form(self) -> forms.ModelForm:
        """The one form of this request."""
        return self._form

    @cached_property
    def _own(self) -> Practitioner | None:
        return Practitioner.objects.filter(account=self.user).first()

    @cached_property
    def _form(self) -> forms.ModelForm:
        sent = {"data": self.request.POST} if self.request.method == "POST" else {}
        return OwnProfileForm(instance=self._own, prefix=self.name, **sent)


def own_profile_panel(request: HttpRequest, user: Any, profile: Any) -> OwnProfilePanel:
    """For the platform's hook."""
    return OwnProfilePanel(request, user, profile)
