"""Pictures with what must be known before showing one: what it shows, whose it is, who agreed to be in it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet

from clinical.models.legible import Legible
from clinical.models.shared_words import SharedWords, SharedWordsQuerySet


class Consent(models.TextChoices):
    """Whether anybody recognisable is shown, and whether they agreed in writing. Nobody asks twice if it is said."""

    NOBODY_SHOWN = "nobody_shown", _("Nobody is shown")
    GIVEN = "given", _("The person shown agreed in writing")


class PictureQuerySet(SharedWordsQuerySet, ImageQuerySet):
    """The platform's questions about pictures; their words change by two."""


class Picture(SharedWords, Legible, AbstractImage):
    """A picture with its alternative text, source, licence and consent.

    Once it is in use what it shows stays: another file is another picture. Its words change only by two people.
    """

    WORDS = ("title", "alternative_text", "is_decorative", "source", "licence")

    alternative_text = models.CharField(
        max_length=255,
        blank=True,
        help_text=_("What a reader who cannot see it must know. Never “image of”."),
    )
    is_decorative = models.BooleanField(
        default=False, help_text=_("It tells a reader nothing; screen readers skip it.")
    )
    source = models.CharField(max_length=255, help_text=_("Who made it, and where it comes from."))
    licence = models.CharField(max_length=120, help_text=_("Such as “Own work” or “CC BY 4.0”."))
    consent = models.CharField(max_length=20, choices=Consent.choices)

    objects = PictureQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "alternative_text",
        "is_decorative",
        "source",
        "licence",
        "consent",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]
        constraints = [
            models.CheckConstraint(
                name="clinical_picture_described",
                condition=Q(is_decorative=True) | ~Q(alternative_text=""),
                violation_error_message=_("Write the alternative text, or tick “decorative”."),
            ),
        ]

    @property
    def default_alt_text(self) -> str:
        """The alternative text; empty for a decorative picture, never the file's name."""
        return "" if self.is_decorative else self.alternative_text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raises ``ValidationError`` where another file would take the place of one readers see."""
        stored = type(self)._base_manager.filter(pk=self.pk).values_list("file", flat=True).first() if self.pk else None
        if stored and stored != self.file.name and self.takes_two():
            raise ValidationError({"file": _("It is in use: upload this as a new picture, and choose it on the page.")})
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Ask for the alternative text where it is missing."""
        super().clean()
        if not self.is_decorative and not self.alternative_text.strip():
            raise ValidationError({"alternative_text": _("Write what the picture shows, or tick “decorative”.")})


class PictureRendition(AbstractRendition):
    """One size of a picture, made when a page that shows it is published."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="clinical_rendition_once"),
        ]
