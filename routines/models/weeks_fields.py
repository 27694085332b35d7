"""The columns that the weeks of an item are kept in: a routine's, and those of a share link."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from routines.item_weeks import WEEKS, ItemWeeks

MOST_WEEKS = 52


def _week(words: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)], help_text=words
    )


def _within(name: str) -> models.CheckConstraint:
    condition = Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1, f"{name}__lte": MOST_WEEKS})
    return models.CheckConstraint(name=f"%(app_label)s_%(class)s_{name}", condition=condition)


class WeeksFieldsMixin(models.Model):
    """Abstract: the first and the last week in which an item is done. Both may be empty."""

    from_week = _week(_("Only from this week on; empty for from the beginning."))
    to_week = _week(_("Only until the end of this week; empty for until the end."))

    class Meta:
        abstract = True
        constraints: ClassVar[Any] = [
            *(_within(name) for name in WEEKS),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_weeks_go_upwards",
                condition=Q(from_week__isnull=True) | Q(to_week__isnull=True) | Q(to_week__gte=F("from_week")),
                violation_error_message=_("The last week comes before the first one."),
            ),
        ]

    @property
    def item_weeks(self) -> ItemWeeks:
        """In which weeks, as a value."""
        return ItemWeeks(self.from_week, self.to_week)
