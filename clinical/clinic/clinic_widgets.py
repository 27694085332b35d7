"""What a clinic's settings are typed into: a colour with a sample of it, a logo with the one there is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clinical.clinic.clinic_colours import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    ON_DARK,
    ON_LIGHT,
    OWN_DARK,
    OWN_LIGHT,
    is_written,
)


class ColourInput(forms.TextInput):
    """The colour as it is written, with a sample of a link and a button; ``colours.js`` adds the browser's own picker.

    Where nothing is written the sample shows the site's own colour.
    """

    class Media:
        js = (Script("clinical/colours.js", type="module"),)

    def __init__(self, picker: str | Promise, ground: str, written: str, own: str) -> None:
        """What the picker is called, on which ground links stand, what is written on a button, and the site's own."""
        super().__init__()
        self.picker = picker
        self.sample = {"ground": ground, "written": written, "own": own}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """With the sample; of what is no colour yet, in the site's own."""
        written = super().render(name, value, attrs, renderer)
        said = str(value or "").strip().lower()
        sample = {**self.sample, "colour": said if is_written(said) else self.sample["own"]}
        return render_to_string(
            "clinical/widgets/colour_input.html", {"field": written, "sample": sample, "picker": self.picker}
        )


def colour_on_light() -> ColourInput:
    """For light pages."""
    return ColourInput(_("Choose the colour on light pages"), LIGHT_GROUNDS[0], ON_LIGHT, OWN_LIGHT[0])


def colour_on_dark() -> ColourInput:
    """For dark pages."""
    return ColourInput(_("Choose the colour on dark pages"), DARK_GROUNDS[0], ON_DARK, OWN_DARK[0])


class LogoInput(forms.FileInput):
    """The file, below the logo there is, as the header shows it."""

    #: The row whose logo is shown.
    row: Any = None

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """With the address and the size of the logo."""
        field = super().render(name, value, attrs, renderer)
        logo = {}
        if self.row is not None and self.row.logo_digest:
            width, height = self.row.logo_size
            address = reverse("clinic_logo", args=[self.row.logo_digest])
            logo = {"address": address, "width": width, "height": height}
        return render_to_string("clinical/widgets/logo_input.html", {"field": field, "logo": logo})
