"""The one row that says whether anything readers may be shown has changed."""

from __future__ import annotations

from django.db import models


class Generation(models.Model):
    """A random value, moved within the transaction of whatever changes what a public page may show.

    Triggers move it (``stretchsite.page_cache.move_triggers``), never Python. Two equal values mean equal content.
    Empty: nobody may keep anything, as while the tables are migrated. Whoever alters this table in a migration takes
    the triggers off first, as the migration that makes it does backwards.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    value = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = "generation"

    def __str__(self) -> str:
        """The value."""
        return self.value
