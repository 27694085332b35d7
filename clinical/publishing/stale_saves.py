"""What a form was opened with, for things that keep no versions: a save says so, and is refused when it changed."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from clinical.publishing.fingerprints import state_of

#: The form's hidden field.
OPENED = "opened_state"


class OpenedStateForm(WagtailAdminModelForm):
    """The editor's form of something without versions; it carries the fingerprint of what it was opened with."""

    opened_state = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[OPENED] = state_of(self.instance) if self.instance.pk else ""
