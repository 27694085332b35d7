"""Questions about many routines, in the field's words."""

from __future__ import annotations

from datetime import date
from typing import Self

from clinical.models import ShownClinicalPages


class RoutineQuerySet(ShownClinicalPages):
    """Questions about routines."""

    def for_condition(self, slug: str) -> Self:
        """Those used for a condition."""
        return self.filter(condition_uses__tag__slug=slug)

    def working(self, region: str) -> Self:
        """Those with an exercise for a body region."""
        return self.filter(items__exercise__body_regions__contains=f"|{region}|").distinct()

    def due_for_review(self, today: date) -> Self:
        """Those whose next review is due on this day or was due before."""
        return self.filter(review_due__lte=today)
