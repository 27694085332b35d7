"""The form of a picture, on every screen of the platform that has one (``WAGTAILIMAGES_IMAGE_FORM_BASE``)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from clinical.models.fixed_words import FixedWords


class PictureForm(FixedWords, BaseImageForm):
    """While the picture is in use, its words are changed by two, and what it shows not at all."""

    NEVER = {"file": _("In use: upload it as a new picture, and choose that one on the page.")}
