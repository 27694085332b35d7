"""Questions about many exercises, in the field's words."""

from __future__ import annotations

from typing import Self

from clinical.models import ShownClinicalPages


class ExerciseQuerySet(ShownClinicalPages):
    """Questions about exercises. Filtering by what several exercises share goes before any search."""

    def shown(self) -> Self:
        """Those readers may see, without the data their figures are drawn from: a list shows the drawings."""
        return super().shown().defer("figure")

    def for_condition(self, slug: str) -> Self:
        """Those used for a condition."""
        return self.filter(condition_uses__tag__slug=slug)

    def for_region(self, region: str) -> Self:
        """Those that stretch or work a body region."""
        return self.filter(body_regions__contains=f"|{region}|")

    def starting(self, position: str) -> Self:
        """Those that start in a position."""
        return self.filter(starting_position=position)
