"""Packs this site has published, and those of others it follows."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Without contact for so long, nobody can know what was recalled meanwhile.
SILENT_AFTER = timedelta(days=30)


class PublishedPack(models.Model):
    """A pack of this site's own: its version, what it says, and where its file lies."""

    version = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    words = models.CharField(max_length=64, help_text=_("A digest of its files and of what was withdrawn."))
    file = models.CharField(max_length=255)

    class Meta:
        ordering = ["-version"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.version)


class PublishedName(models.Model):
    """Under which id something was published once: kept for good, so that a withdrawal finds it where it went.

    Its address may change and its page may be deleted; whoever follows the pack still has it under this id.
    """

    folder = models.CharField(max_length=20)
    identifier = models.CharField(max_length=60)
    content_key = models.UUIDField(db_index=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["folder", "identifier"], name="library_name_published_once")]

    def __str__(self) -> str:
        return f"{self.folder}/{self.identifier}"


class Subscription(models.Model):
    """A publisher whose pack is followed, as the settings permit it: what was last heard of it, and when."""

    identifier = models.SlugField(_("pack"), max_length=60, unique=True)
    publisher = models.CharField(_("publisher"), max_length=255, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    is_loaded = models.BooleanField(default=True)
    last_contact = models.DateTimeField(_("last contact"), null=True, blank=True)
    last_tried = models.DateTimeField(_("last tried"), null=True, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    state = models.TextField(_("state"), blank=True)

    class Meta:
        ordering = ["identifier"]
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.publisher or self.identifier

    @property
    def is_silent(self) -> bool:
        """Whether there was no contact for so long that somebody must look."""
        return timezone.now() - (self.last_contact or self.begun_at) > SILENT_AFTER


class HeardRecall(models.Model):
    """A recall that was heard: acted on once, so that what two people here lifted stays lifted."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="recalls")
    folder = models.CharField(max_length=20)
    identifier = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField()
    heard_at = models.DateTimeField(default=timezone.now)
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["-heard_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "folder", "identifier", "withdrawn_at"], name="library_recall_heard_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.folder}/{self.identifier}"
