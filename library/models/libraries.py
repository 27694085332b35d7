"""A library whose records this site has: who publishes it, and under which licence."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from clinical.publishing.libraries_known import forget_libraries
from clinical.words.legible import LegibleMixin

#: The id of the library that comes with the site.
STARTER = "starter"


class Library(LegibleMixin):
    """What the ``library.yaml`` of a library said when it was loaded last.

    Records name it by its ``identifier`` in their column ``from_library``. A folder without a name has no row here.
    """

    identifier = models.SlugField(_("id"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=255)
    publisher = models.CharField(_("publisher"), max_length=255)
    licence = models.CharField(_("licence"), max_length=255)
    licence_address = models.URLField(_("address of the licence"), max_length=500, blank=True)
    version = models.CharField(_("version"), max_length=60)
    language = models.CharField(_("language"), max_length=35)
    address = models.URLField(_("address"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ["title"]
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; its pages say so at once."""
        super().save(*args, **kwargs)
        forget_libraries()
        transaction.on_commit(forget_libraries)  # another thread may have asked meanwhile
