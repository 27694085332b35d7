"""What is kept of share links for longer than they live: how many there were of each routine, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from routines.models.routines import RoutinePage
from sharing.models.links import DAYS_KEPT, ShareLink
from sharing.models.programmes import Programme


class ShareTotal(models.Model):
    """How many links of a routine have been removed after their end."""

    routine = models.OneToOneField(RoutinePage, on_delete=models.CASCADE, related_name="share_total")
    removed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("total of share links")
        verbose_name_plural = _("totals of share links")

    def __str__(self) -> str:
        return f"{self.routine}: {self.removed}"


@transaction.atomic
def purge() -> int:
    """Remove the links that ended more than 30 days ago, and add them to the totals. How many were removed.

    Programmes go with their links, and so do those that nobody has gone on with. They are not counted: a number of one
    programme would tell of one patient.
    """
    ended = ShareLink.objects.ended_before(timezone.now() - timedelta(days=DAYS_KEPT))
    keys = list(ended.values_list("pk", flat=True))
    links = ShareLink.objects.filter(pk__in=keys)
    for routine_id, count in (
        links.filter(routine__isnull=False).order_by().values_list("routine").annotate(count=Count("pk"))
    ):
        total, _made = ShareTotal.objects.select_for_update().get_or_create(routine_id=routine_id)
        total.removed += count
        total.save()
    links.delete()
    Programme.objects.idle().delete()
    return len(keys)
