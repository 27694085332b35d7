"""What is written once and never changed: the decisions of people, and what they decided about."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are only ever added and read."""

    def update(self, **kwargs: Any) -> int:
        """Refused, as for one."""
        raise models.ProtectedError(_("These entries are never changed; add another."), set(self))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused, as for one."""
        raise models.ProtectedError(_("These entries are never deleted."), set(self))

    delete.queryset_only = True  # type: ignore[attr-defined]  # Django's way to keep it off the manager


class AppendOnly(models.Model):
    """Abstract: a row that is added and never changed or deleted, whoever asks."""

    #: What the database itself refuses (``clinical.triggers``): raw SQL passes by everything below.
    database_refuses = ("update", "delete")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises ``ProtectedError`` when it is there already."""
        if not self._state.adding:
            raise models.ProtectedError(_("This entry is never changed; add another."), {self})
        # A new row with the key of an old one would otherwise be written over it.
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: what somebody decided stays on record."""
        raise models.ProtectedError(_("This entry is never deleted."), {self})
