"""How often what was shared of a routine is opened: one number a routine and day, and nothing else (PD5).

It is not kept of a link, since that would tell of one patient; nor by the hour, the device or the address. A number
below five is never shown, for the same reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinical.serving.write_lock import write_lock
from routines.models.routines import RoutinePage

#: The smallest number that is shown as it is.
LEAST_SHOWN = 5
#: How many days the number that is shown adds up, and how many days are kept: a year can be held against the last.
DAYS_SHOWN, DAYS_COUNTED = 30, 400

#: How many openings of which routine, by its primary key, on which day.
Counts = Mapping[tuple[int, date], int]


class DailyOpenings(models.Model):
    """How often links to one routine were opened on one day."""

    routine = models.ForeignKey(RoutinePage, on_delete=models.CASCADE, related_name="daily_openings")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("openings of a day")
        verbose_name_plural = _("openings by day")
        constraints = [models.UniqueConstraint(fields=["routine", "day"], name="sharing_dailyopenings_once")]

    def __str__(self) -> str:
        return f"{self.routine}, {self.day:%Y-%m-%d}: {self.count}"


def add(counts: Counts) -> None:
    """Add these to what was counted before: all of them or, when the database refuses, none."""
    with write_lock():
        known = set(RoutinePage.objects.filter(pk__in={key for key, _day in counts}).values_list("pk", flat=True))
        for (routine_id, day), count in counts.items():
            if routine_id in known:  # it may have been deleted since it was opened
                DailyOpenings.objects.get_or_create(routine_id=routine_id, day=day)
                DailyOpenings.objects.filter(routine_id=routine_id, day=day).update(count=F("count") + count)


def with_openings(routines: QuerySet[Any]) -> QuerySet[Any]:
    """Each with ``openings_lately``: how often links to it were opened in the last thirty days."""
    since = timezone.localdate() - timedelta(days=DAYS_SHOWN)
    lately = DailyOpenings.objects.filter(routine=OuterRef("pk"), day__gt=since).order_by()
    total = lately.values("routine").annotate(total=Sum("count")).values("total")
    return routines.annotate(openings_lately=Coalesce(Subquery(total), 0))


def count_in_words(count: int) -> str:
    """What is shown of a count. None at all is no exception: whether one patient has looked is not to be told."""
    return str(count) if count >= LEAST_SHOWN else f"<{LEAST_SHOWN}"


def forget_old_openings() -> None:
    """Remove the days that are kept no longer."""
    DailyOpenings.objects.filter(day__lte=timezone.localdate() - timedelta(days=DAYS_COUNTED)).delete()
