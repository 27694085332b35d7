"""Which changes programs elsewhere have been told of, so that none is told twice or forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: So long it is remembered; what is older is no longer among the latest changes, or was never to be told.
DAYS_KEPT = 400


class ToldChange(models.Model):
    """One change that has been handed on."""

    name = models.CharField(max_length=80, unique=True)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        verbose_name = _("change that was told")
        verbose_name_plural = _("changes that were told")

    def __str__(self) -> str:
        return self.name


def forget_told_changes() -> None:
    """Remove what need not be remembered any longer."""
    ToldChange.objects.filter(told_at__lte=timezone.now() - timedelta(days=DAYS_KEPT)).delete()
