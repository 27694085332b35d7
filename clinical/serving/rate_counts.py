"""The table behind the rate limits where all machines share one database."""

from __future__ import annotations

from django.db import models


class RateCount(models.Model):
    """How often something was tried lately. Only ``clinical.serving.rate_limits`` writes it, and only on PostgreSQL.

    On SQLite the same columns are in a file of their own, since there whoever writes waits for every other writer.
    """

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField()
    ends = models.FloatField(db_index=True, help_text="Seconds since 1970.")

    class Meta:
        default_permissions = ()
        verbose_name = "rate count"

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
