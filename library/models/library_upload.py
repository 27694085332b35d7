"""A file with a library that somebody has uploaded: what is asked to be done with it, and what came of it.

The file lies in the row, so that whichever machine's worker takes the task has it; it is dropped once it is loaded or
given up. What was loaded, by whom and when, stays.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinical.background.retries import LONGEST_DEADLINE

#: A run that has said nothing for so long has ended without a word: its worker was killed.
LOST_AFTER = LONGEST_DEADLINE + timedelta(seconds=30)
#: So long a file is kept with which nothing more is done.
DAYS_KEPT = 30


class UploadState(models.TextChoices):
    """How it stands with an upload, in the order it goes."""

    WAITING = "waiting", _("Waits for the worker")
    RUNNING = "running", _("Being worked on")
    CHECKED = "checked", _("Checked; nothing is written yet")
    LOADED = "loaded", _("Loaded as drafts")
    CANCELLED = "cancelled", _("Cancelled; nothing was written")
    STOPPED = "stopped", _("Stopped in the middle; nothing was written")


class UploadTask(models.TextChoices):
    """What the worker is asked to do with a file."""

    CHECK = "check", _("check it")
    LOAD = "load", _("load it, or nothing")
    LOAD_SOUND = "load_sound", _("load what is sound")


class UploadStage(models.TextChoices):
    """How far a run has come."""

    READING = "reading", _("Reading the file")
    TRYING = "trying", _("Trying it out; all of it is taken back")
    WRITING = "writing", _("Writing drafts")


class LibraryUploadQuerySet(models.QuerySet["LibraryUpload"]):
    """Questions about many."""

    def without_files(self) -> Self:
        """For lists: neither the files nor what was found in them is fetched."""
        return self.defer("raw", "results")

    def told(self) -> Self:
        """For its screen, which is looked at again and again: whether there is a file is known without fetching it."""
        is_kept = models.ExpressionWrapper(models.Q(raw__isnull=False), models.BooleanField())
        return self.defer("raw").annotate(is_kept=is_kept)


class LibraryUpload(models.Model):
    """One uploaded file. ``token`` names the run that may write to it: an older one has nothing to say any more."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=255)
    raw = models.BinaryField(null=True)
    #: Whether what lacks something is loaded as a draft, and is no fault.
    takes_drafts = models.BooleanField(default=False, db_default=False)
    asked = models.CharField(max_length=10, choices=UploadTask, default=UploadTask.CHECK)
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.WAITING)
    stage = models.CharField(max_length=10, choices=UploadStage, blank=True)
    token = models.CharField(max_length=32)
    uploaded_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    results = models.JSONField(default=dict)

    objects = LibraryUploadQuerySet.as_manager()

    class Meta:
        default_permissions = ("add",)
        ordering = ("-pk",)
        verbose_name = _("upload of a library")
        verbose_name_plural = _("uploads of libraries")

    def __str__(self) -> str:
        return self.name

    @property
    def is_lost(self) -> bool:
        """Whether its worker has ended without a word."""
        heard = self.heard_at if self.state == UploadState.RUNNING else None
        return heard is not None and heard < timezone.now() - LOST_AFTER

    @property
    def is_under_way(self) -> bool:
        """Whether something is still to come of the run that was asked for."""
        return self.state in {UploadState.WAITING, UploadState.RUNNING} and not self.is_lost

    @property
    def has_file(self) -> bool:
        """Whether it can be begun again."""
        told: bool | None = vars(self).get("is_kept")
        return self.raw is not None if told is None else told


def forget_old_files() -> None:
    """Drop the files with which nothing more is done; what came of them stays."""
    old = LibraryUpload.objects.filter(uploaded_at__lte=timezone.now() - timedelta(days=DAYS_KEPT), raw__isnull=False)
    if old.exists():
        old.update(raw=None)
