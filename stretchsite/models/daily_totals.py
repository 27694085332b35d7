"""How often each public page is opened on each day: a number, and nothing about who opens it (PD5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from clinical.serving.write_lock import write_lock

#: So many days are kept: a year can be held against the last.
DAYS_KEPT = 800
_TABLE = "stretchsite_dailytotal"
#: One statement for all: adding is the database's business, so two processes lose nothing of each other's.
_ADD = (
    f"INSERT INTO {_TABLE} (page_id, day, count) VALUES {{rows}} "  # noqa: S608  (our own table)
    f"ON CONFLICT (page_id, day) DO UPDATE SET count = {_TABLE}.count + excluded.count"
)
_ROW = "(%s, %s, %s)"
#: More than a site has pages in a minute; a statement of SQLite holds no more than three times as many values.
_MOST_ROWS = 10_000

#: How many openings of which page, by its primary key, on which day.
Counts = Mapping[tuple[int, date], int]


class DailyTotal(models.Model):
    """How often one page was opened on one day."""

    #: Nobody asks whether a page is counted before it is deleted.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"), db_index=True)
    count = models.PositiveIntegerField(_("opened"), default=0)

    class Meta:
        ordering = ["-day", "-count", "pk"]
        default_permissions = ("view",)
        verbose_name = _("openings of a page on a day")
        verbose_name_plural = _("openings of pages by day")
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="stretchsite_dailytotal_once")]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day:%Y-%m-%d}: {self.count}"


def add_totals(counts: Counts) -> None:
    """Add these to what was counted before: all of them or, when the database refuses, none.

    Who writes meanwhile waits for one short statement: what can be asked before the lock is asked before it.
    """
    known = set(Page.objects.filter(pk__in={page for page, _day in counts}).values_list("pk", flat=True))
    rows = [(page, day, count) for (page, day), count in sorted(counts.items()) if page in known]
    if not rows:
        return
    with write_lock(), connection.cursor() as cursor:
        for start in range(0, len(rows), _MOST_ROWS):
            part = rows[start : start + _MOST_ROWS]
            statement = _ADD.format(rows=", ".join([_ROW] * len(part)))
            cursor.execute(statement, [value for row in part for value in row])


def forget_old_totals() -> None:
    """Remove the days that are kept no longer."""
    DailyTotal.objects.filter(day__lte=timezone.localdate() - timedelta(days=DAYS_KEPT)).delete()
