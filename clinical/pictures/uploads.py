"""Forms that files come through: pictures are made anew before anything else looks at them, documents are PDF."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from clinical.pictures import intake
from clinical.publishing.fixed_words import FixedWordsMixin

#: How a PDF begins, and what stands within so many bytes of its end.
PDF_START, PDF_END, PDF_END_WITHIN = b"%PDF-", b"%%EOF", 1024


class PictureField(WagtailImageField):
    """The platform's field, which is shown nothing but what was made of the upload."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file it has, where no other can be given."""
        return initial if self.disabled else super().clean(data, initial)

    def to_python(self, data: Any) -> Any:
        """Put what was made of it into the upload itself, so that every road which goes on with it keeps that."""
        upload = forms.FileField.to_python(self, data)
        if upload is not None and not getattr(upload, "is_taken_in", False):
            self.check_image_file_size(upload)
            _take_in(upload)
        return super().to_python(upload)


def _take_in(upload: Any) -> None:
    upload.seek(0)
    made = intake.taken(upload.read())
    upload.file, upload.size = BytesIO(made.content), len(made.content)
    upload.name = f"{PurePath(upload.name or '').stem}.{made.suffix}"
    upload.content_type = "image/png" if made.suffix == "png" else "image/jpeg"
    upload.is_taken_in = True


class PictureForm(FixedWordsMixin, BaseImageForm):
    """The form of a picture, on each of the platform's roads.

    While the picture is in use, its words are changed by two, and what it shows not at all.
    """

    NEVER = {"file": _lazy("In use: upload it as a new picture, and choose that one on the page.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            usual = self.fields["file"]
            said = {name: getattr(usual, name) for name in ("label", "required", "widget", "disabled", "help_text")}
            self.fields["file"] = PictureField(**said)

    def clean_file(self) -> Any:
        """What readers see is what was approved, so another picture is chosen on the page, which is then reviewed."""
        if "file" in self.changed_data and self.instance.takes_two():
            raise ValidationError(
                _("This picture is in use. Upload the new one as another picture, and choose that one on the page.")
            )
        return self.cleaned_data["file"]


class DocumentForm(BaseDocumentForm):
    """The form of a document: a whole PDF, whatever it is called."""

    def clean_file(self) -> Any:
        """Refuse what only bears the name, and what was cut off."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            file.seek(0)
            start = file.read(len(PDF_START))
            file.seek(max(0, file.size - PDF_END_WITHIN))
            is_whole = start == PDF_START and PDF_END in file.read()
            file.seek(0)
            if not is_whole:
                raise ValidationError(_("This is no PDF, or it was cut off. Export it again as PDF, and upload that."))
        return file
