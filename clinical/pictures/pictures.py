"""Pictures with what must be known before showing one: what it shows, whose it is, who agreed to be in it.

Whatever road a file comes, only what ``clinical.pictures.intake`` made of it is kept. The original stays behind the
site; readers are given sizes of it. One whose file is lost or broken is shown as a sign with its alternative text, and
stops nothing.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import DatabaseError, models
from django.db.models import Q
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    ImageQuerySet,
    SourceImageIOError,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from clinical.addresses import address_of_file
from clinical.pictures import intake
from clinical.pictures.consents import ShownByConsentMixin
from clinical.publishing.shared_words import KeptInUseMixin, KeptInUseQuerySet, SharedWordsMixin, SharedWordsQuerySet
from clinical.serving.waiting import StorageAway, storage_away_behind
from clinical.serving.write_lock import write_lock
from clinical.words.legible import LegibleMixin

logger = logging.getLogger(__name__)

#: What the platform calls the picture as it was uploaded.
ORIGINAL = "original"
#: The sign that stands for a picture that cannot be shown, in pixels.
SIGN_WIDTH, SIGN_HEIGHT = 160, 120


class PictureFile(WagtailImageFieldFile):
    """Where every road ends that a file takes: forms, the platform's two-step uploads, a shell."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Keep what was made of it. Raises ``ValidationError`` for what is not taken in."""
        if not getattr(content, "is_taken_in", False):
            content.seek(0)
            made = intake.taken(content.read())
            name = f"{PurePath(name).stem}.{made.suffix}"
            content = ContentFile(made.content, name)
        super().save(name, content, save)


class PictureFileField(WagtailImageField):
    """The file of a picture."""

    attr_class = PictureFile


class PictureQuerySet(KeptInUseQuerySet, SharedWordsQuerySet, ImageQuerySet):
    """The platform's questions about pictures; their words change by two, and none in use is deleted."""

    if TYPE_CHECKING:

        @classmethod
        def as_manager(cls) -> Any:
            """Django's."""


class Picture(KeptInUseMixin, SharedWordsMixin, LegibleMixin, ShownByConsentMixin, AbstractImage):
    """A picture with its alternative text, source, licence and consent.

    Once it is in use what it shows stays: another file is another picture. Its words change only by two people.
    """

    WORDS = ("title", "alternative_text", "is_decorative", "author", "source", "licence")

    file = PictureFileField(verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height")

    alternative_text = models.CharField(
        max_length=255,
        blank=True,
        help_text=_("What a reader who cannot see it must know. Never “image of”."),
    )
    is_decorative = models.BooleanField(
        default=False, help_text=_("It tells a reader nothing; screen readers skip it.")
    )
    author = models.CharField(
        max_length=120, blank=True, db_default="", help_text=_("Who took or drew it, as they want to be named.")
    )
    source = models.CharField(max_length=255, help_text=_("Who made it, and where it comes from."))
    licence = models.CharField(max_length=120, help_text=_("Such as “Own work” or “CC BY 4.0”."))

    objects = PictureQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "alternative_text",
        "is_decorative",
        "author",
        "source",
        "licence",
        "consent",
        "written_consent",
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

    @property
    def credit(self) -> str:
        """Whose it is and how it may be used, as one line."""
        return ", ".join(filter(None, (self.author, self.source, self.licence)))

    def clean(self) -> None:
        """Ask for the alternative text where it is missing."""
        super().clean()
        if not self.is_decorative and not self.alternative_text.strip():
            raise ValidationError({"alternative_text": _("Write what the picture shows, or tick “decorative”.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a file that was written for a picture that is then refused goes again.

        Raises ``ValidationError`` where another file would take the place of one readers see.
        """
        is_new_file = bool(self.file) and not self.file._committed
        try:
            if self._has_another_file():
                self._save_another_file(*args, **kwargs)
            else:
                super().save(*args, **kwargs)
        except Exception:
            if is_new_file and self.file._committed:
                self.file.storage.delete(self.file.name)
            raise

    def _has_another_file(self) -> bool:
        """Whether what it shows would change."""
        if not self.pk:
            return False
        stored = type(self)._base_manager.filter(pk=self.pk).values_list("file", flat=True).first()
        return bool(stored) and stored != self.file.name

    def _save_another_file(self, *args: Any, **kwargs: Any) -> None:
        """Ask and save in one turn, so that nobody publishes it in between. Decoding holds nobody up: it comes before.

        Who would be refused anyhow is refused before a file is written.
        """
        self._refuse_another_picture()
        named = kwargs.get("update_fields")
        if self.file and (named is None or "file" in named):
            field: Any = self._meta.get_field("file")
            field.pre_save(self, False)
        with write_lock():
            self._refuse_another_picture()
            super().save(*args, **kwargs)

    def _refuse_another_picture(self) -> None:
        if self.takes_two():
            raise ValidationError({"file": _("It is in use: upload this as a new picture, and choose it on the page.")})

    def get_upload_to(self, filename: str) -> str:
        """A name that says nothing and cannot be guessed."""
        return f"original_images/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"

    @contextmanager
    def get_willow_image(self) -> Iterator[Any]:
        """The picture for whoever makes a size of it, when its turn at decoding has come.

        Raises ``SourceImageIOError`` whatever is wrong with it: decoders have many words for a broken file.
        """
        with intake.decoding():
            try:
                with super().get_willow_image() as image:
                    yield image
            except InvalidFilterSpecError:
                raise
            except Exception as fault:
                raise SourceImageIOError(repr(fault)) from fault

    def get_rendition(self, filter: Filter | str) -> PictureRendition:
        """One size of it, or the sign where there is none to be had, even if only for now: no reader is refused one.

        The original is never made public.
        """
        try:
            return self._size(filter)
        except (intake.BusyDecoding, StorageAway):
            return self._sign(filter if isinstance(filter, str) else filter.spec)

    def _size(self, filter: Filter | str) -> PictureRendition:
        """One size of it, or the sign where it is broken.

        Raises ``BusyDecoding`` where only others are in the way, and ``StorageAway`` where nobody can tell.
        """
        spec = filter if isinstance(filter, str) else filter.spec
        if spec == ORIGINAL:
            return PictureRendition(image=self, filter_spec=spec, width=self.width, height=self.height)
        try:
            return super().get_rendition(filter)
        except (InvalidFilterSpecError, DatabaseError, intake.BusyDecoding):
            raise
        except Exception as fault:  # whatever decoders say of a broken file, and disks of a full one
            if away := storage_away_behind(fault):
                raise StorageAway(str(away)) from fault
            logger.warning("Picture %s cannot be shown as %s: %r", self.pk, spec, fault)
            return self._sign(spec)

    def _sign(self, spec: str) -> PictureRendition:
        return PictureRendition(image=self, filter_spec=spec, width=SIGN_WIDTH, height=SIGN_HEIGHT)

    def get_renditions(self, *filters: Filter | str) -> dict[str, PictureRendition]:
        """Several sizes of it, by what was asked for."""
        specs = [asked if isinstance(asked, str) else asked.spec for asked in filters]
        return {spec: self.get_rendition(spec) for spec in specs}

    def whole_rendition(self, spec: str) -> PictureRendition:
        """One size of it, to be kept for readers: made anew where its file was lost or torn since, or has another name.

        Raises ``BusyDecoding`` or ``StorageAway`` where that cannot be told now; a sign that is kept would outlast the
        reason for it.
        """
        rendition = self._size(spec)
        if rendition.is_sign or (rendition.is_named_rightly and rendition.is_whole()):
            return rendition
        rendition.delete()
        return self._size(spec)


class PictureRendition(AbstractRendition):
    """One size of a picture, made when a page that shows it is published."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    @property
    def is_sign(self) -> bool:
        """Whether it stands for a picture that cannot be shown."""
        return not self.file and self.filter_spec != ORIGINAL

    @property
    def url(self) -> str:
        """Where it is served: sizes to everybody, the original to those who may."""
        if self.file:
            return address_of_file(self.file.name)
        return static("clinical/no-picture.svg") if self.is_sign else reverse("clinical_original", args=[self.image_id])

    def get_upload_to(self, filename: str) -> str:
        """A name of its own, that does not tell the original's; it says whether browsers must ask each time."""
        return f"images/{self.image.name_begins}{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"

    @property
    def is_named_rightly(self) -> bool:
        """Whether browsers ask for it each time where its consent may end."""
        return PurePath(self.file.name).name.startswith(self.image.name_begins)

    def is_whole(self) -> bool:
        """Whether its file is there and decodes to its end; where the storage is away nobody can tell, and it stays."""
        try:
            with self.file.storage.open(self.file.name) as file:
                return intake.is_readable(file.read())
        except StorageAway:
            return True
        except OSError:
            return False

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="clinical_rendition_once"),
        ]
