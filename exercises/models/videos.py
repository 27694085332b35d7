"""Videos with what must be known before showing one: captions, a transcript, whose it is, who agreed to be in it.

What is kept of a file is what ``exercises.videos.video_intake`` left of it. It is no public file: the site itself gives
it to readers once a page that shows it is live and for as long as nobody took their consent back, before that to those
who may choose it. While a page names it nothing of it changes but its consent: what was approved is what is seen.
"""

from __future__ import annotations

import uuid
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.search import index

from clinical.addresses import address_of_file
from clinical.pictures.consents import ShownByConsentMixin, is_over
from clinical.publishing.shared_words import KeptInUseMixin, KeptInUseQuerySet, is_in_use
from clinical.publishing.stale_saves import OpenedStateForm
from clinical.serving.waiting import StorageAway
from clinical.serving.write_lock import write_lock
from clinical.words.legible import LegibleMixin
from exercises.videos import captions
from exercises.videos import video_intake as intake

#: What stays as it is while a page names the video.
FIXED = ("title", "file", "poster", "language", "captions", "transcript", "author", "source", "licence", "consent")
FOLDER = "videos"
LEAST_POSTER_PIXELS = 320


def languages() -> list[tuple[str, str]]:
    """Those of the site."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


def own_language() -> str:
    """The site's."""
    return settings.LANGUAGE_CODE


class VideoFile(FieldFile):
    """Where every road ends that a file takes: forms, a shell."""

    instance: Any
    if TYPE_CHECKING:
        name: str
        #: Django's own; it does not publish it.
        _committed: bool

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Keep what was left of it. Raises ``ValidationError`` for what is not taken in."""
        film = getattr(content, "film", None)
        if film is None:
            content.seek(0)
            film = intake.taken(content.read())
        self.instance.remember(film)
        super().save(f"film.{film.suffix}", ContentFile(film.content), save)


class VideoFileField(models.FileField):
    """The file of a video."""

    attr_class = VideoFile


def place_of_file(video: Video, filename: str) -> str:
    """A name that says nothing and cannot be guessed."""
    return f"{FOLDER}/{video.key.hex}{PurePath(filename).suffix}"


class VideoForm(OpenedStateForm):
    """The editor's form of a video; what is in use is shown and cannot be typed over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None and is_in_use(self.instance):
            for name in self.fields.keys() & set(FIXED):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("In use: upload another video, and choose that one on the page.")

    def clean_file(self) -> Any:
        """Read the upload once, so that what is wrong with it is said at its field."""
        upload = self.cleaned_data.get("file")
        if upload and "file" in self.changed_data and not hasattr(upload, "film"):
            intake.refuse_size(upload.size)
            upload.seek(0)
            upload.film = intake.taken(upload.read())
            self.instance.remember(upload.film)
        return upload


class VideoQuerySet(KeptInUseQuerySet):
    """Videos, none of which is deleted while it is in use; their files go with them."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete them all, or none. Raises ``ValidationError`` where one is in use."""
        files = [video.file for video in self.all()]
        deleted = super().delete()
        _forget(files)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]  # so that no template ever calls it
    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django's own: nobody means every row there is


class Video(KeptInUseMixin, ShownByConsentMixin, LegibleMixin, index.Indexed, models.Model):
    """A short video of an exercise or of a step of it."""

    base_form_class = VideoForm

    title = models.CharField(max_length=120, help_text=gettext_lazy("What it shows, as readers read it below."))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file: Any = VideoFileField(
        upload_to=place_of_file,
        db_index=True,
        help_text=gettext_lazy("MP4 (H.264) or WebM, at most 24 MB, 10 minutes and 1920 pixels."),
    )
    kind = models.CharField(max_length=20, editable=False)
    size = models.PositiveIntegerField(editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    seconds = models.PositiveIntegerField(default=0, editable=False)
    poster = models.ForeignKey(
        "clinical.Picture",
        on_delete=models.PROTECT,
        related_name="+",
        help_text=gettext_lazy("A still picture: shown until it is played, and on paper."),
    )
    language = models.CharField(
        max_length=12,
        choices=languages,
        default=own_language,
        help_text=gettext_lazy("What is spoken and written in it."),
    )
    captions = models.TextField(
        max_length=20_000,
        help_text=gettext_lazy(
            "As WebVTT: what is said, with times. Where nobody speaks, one that says “[No speech]”."
        ),
    )
    transcript = models.TextField(
        max_length=4000,
        help_text=gettext_lazy("What is said and shown, as text, for those who neither see nor hear it."),
    )
    author = models.CharField(max_length=120, help_text=gettext_lazy("Who filmed it, as they want to be named."))
    source = models.CharField(max_length=255, help_text=gettext_lazy("Where it comes from."))
    licence = models.CharField(max_length=120, help_text=gettext_lazy("Such as “Own work” or “CC BY 4.0”."))
    is_public = models.BooleanField(default=False, editable=False)

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    objects = VideoQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = gettext_lazy("video")
        verbose_name_plural = gettext_lazy("videos")

    def __str__(self) -> str:
        return self.title

    @property
    def credit(self) -> str:
        """Whose it is and how it may be used, as one line."""
        return ", ".join((self.author, self.source, self.licence))

    @property
    def url(self) -> str:
        """Where its file is served, to those who may see it."""
        return address_of_file(self.file.name)

    @property
    def captions_url(self) -> str:
        """Where its captions are."""
        return address_of_file(f"{FOLDER}/{self.key.hex}.vtt")

    @property
    def is_for_readers(self) -> bool:
        """Whether a page that shows it has been live, and whoever is shown still agrees."""
        return self.is_public and not is_over(self.until)

    def remember(self, film: intake.Film) -> None:
        """What is known of it by its bytes."""
        self.kind, self.size, self.seconds = film.kind, len(film.content), film.seconds
        self.width, self.height = film.width, film.height

    def clean(self) -> None:
        """Captions are read, and kept as they were understood; the still picture is large enough to stand for it."""
        super().clean()
        if self.poster_id and self.poster.width < LEAST_POSTER_PIXELS:
            told = _("Choose a still picture at least %d pixels wide: it stands for the video on the page.")
            raise ValidationError({"poster": told % LEAST_POSTER_PIXELS})
        if self.captions.strip():
            try:
                self.captions = captions.read(self.captions, self.seconds)
            except ValidationError as fault:
                raise ValidationError({"captions": fault.messages}) from fault

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raises ``ValidationError`` without captions or transcript, and for another file or word in use."""
        self._refuse_what_lacks_words()
        is_new_file = bool(self.file) and not self.file._committed
        try:
            field: Any = self._meta.get_field("file")
            field.pre_save(self, False)  # written before anybody is kept waiting
            with write_lock():
                before = self._refuse_another_film()
                super().save(*args, **kwargs)
        except Exception:
            if is_new_file and self.file._committed:
                self.file.storage.delete(self.file.name)
            raise
        if before and before.name != self.file.name:
            _forget([before])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete it, and its file. Raises ``ValidationError`` while it is in use."""
        file = self.file
        deleted = super().delete(*args, **kwargs)
        _forget([file])
        return deleted

    def _refuse_what_lacks_words(self) -> None:
        missing = [name for name in ("captions", "transcript") if not getattr(self, name).strip()]
        if missing:
            raise ValidationError({name: _("No video without it.") for name in missing})
        self.captions = captions.read(self.captions, self.seconds)

    def _refuse_another_film(self) -> VideoFile | None:
        """The file it had; none of a new one."""
        stored = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        if stored is None:
            return None
        changed = [name for name in FIXED if _told(stored, name) != _told(self, name)]
        if changed and is_in_use(self):
            told = _("It is in use: upload this as a new video, and choose it on the page.")
            raise ValidationError(dict.fromkeys(changed, told))
        file: VideoFile = stored.file
        return file

    def is_whole(self) -> bool:
        """Whether its file is there, to the last byte; where the storage is away nobody can tell, and it counts."""
        try:
            return bool(self.file.storage.size(self.file.name) == self.size)
        except StorageAway:
            return True
        except OSError:
            return False


def _told(video: Video, name: str) -> str:
    value = getattr(video, "poster_id" if name == "poster" else name)
    return str(value).strip().replace("\r\n", "\n")


def _forget(files: list[VideoFile]) -> None:
    """Their files go when it is sure that nothing names them."""
    for file in files:
        transaction.on_commit(partial(file.storage.delete, file.name))
