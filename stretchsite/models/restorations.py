"""That a backup was brought back, and whether the site has been told since what it forgot; or that a move was begun."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone


class RestorationQuerySet(models.QuerySet["Restoration"]):
    """Questions about restorations, and about moves that were begun."""

    def open(self) -> Self:
        """Those after which the journal was not replayed yet, and unfinished moves: with one the site is closed."""
        return self.filter(replayed_at__isnull=True)


class Restoration(models.Model):
    """One backup that was brought back. No public page shows it; ``stretchsite.closed`` keeps everybody out by it.

    So it does while a move into this database is under way (``is_move``): the rows of the old one take its place.
    """

    backup_made_at = models.DateTimeField(editable=False)
    restored_at = models.DateTimeField(default=timezone.now, editable=False)
    replayed_at = models.DateTimeField(null=True, editable=False)
    # With the database's own default: a release that does not know the column can close the site, too.
    is_move = models.BooleanField(default=False, db_default=False, editable=False)

    objects = RestorationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = "restoration"

    def __str__(self) -> str:
        """Of which moment."""
        return f"{self.backup_made_at:%Y-%m-%d %H:%M}"
