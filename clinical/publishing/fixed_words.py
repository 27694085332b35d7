"""In the editor's forms: what one person may not change alone is shown, cannot be typed over, and says what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _


class FixedWordsMixin(forms.ModelForm):
    """For the form of shared words: while they are in use they are fixed, and a link leads to a proposal.

    Whatever is sent for a fixed field is ignored, so that a crafted request changes nothing either.
    """

    #: Fields that cannot even be proposed, by name, with what to do instead.
    NEVER: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None and self.instance.takes_two():
            self._fix()

    def _fix(self) -> None:
        sort, key = self.instance._meta.model_name, self.instance.pk
        how = format_html(
            '{} <a href="{}">{}</a>',
            _("In use, so readers see it."),
            reverse("clinical_propose", kwargs={"sort": sort, "pk": key}),
            _("Propose other words; a colleague confirms them."),
        )
        said = {**dict.fromkeys(self.instance.WORDS, how), **self.NEVER}
        for name in said.keys() & self.fields.keys():
            self.fields[name].disabled = True
            self.fields[name].help_text = said[name]
