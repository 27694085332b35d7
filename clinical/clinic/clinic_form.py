"""The form of a clinic's settings: besides its fields, a file to make the logo of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from clinical.clinic.clinic_logo import Logo, logo_of
from clinical.clinic.clinic_widgets import LogoInput


class ClinicSettingsForm(WagtailAdminModelForm):
    """The platform's form, with the logo."""

    logo_file = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        widget=LogoInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/avif,image/heic"}),
        help_text=gettext_lazy(
            "Stands in place of the name, so best with the name in it; on dark pages on white. Choose none to leave it."
        ),
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Remove the logo"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Shows the logo there is."""
        super().__init__(*args, **kwargs)
        self.fields["logo_file"].widget.row = self.instance

    def clean_logo_file(self) -> Logo | None:
        """The logo made of the file. Refuses what no picture may be."""
        file = self.cleaned_data.get("logo_file")
        if not file:
            return None
        if file.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
            most = filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
            raise ValidationError(_("This file is too large: at most %s.") % most)
        return logo_of(file.read())

    def save(self, commit: bool = True) -> Any:
        """With the new logo, without one, or with the one there is."""
        logo = self.cleaned_data.get("logo_file")
        if logo or self.cleaned_data.get("remove_logo"):
            self.instance.take_logo(logo)
        return super().save(commit)
