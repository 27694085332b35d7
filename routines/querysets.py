"""Questions about many routines, in the field's words."""

from __future__ import annotations

from typing import Self

from clinical.models import ShownClinicalPages
from clinical.words.choices import NOT_ADVISED_AGAINST


class RoutineQuerySet(ShownClinicalPages):
    """Questions about routines."""

    def for_condition(self, slug: str) -> Self:
        """Those used for a condition."""
        return self.filter(condition_uses__tag__slug=slug)

    def helping_with(self, slug: str) -> Self:
        """The same without those that a guideline advises against."""
        return self.filter(condition_uses__tag__slug=slug, condition_uses__evidence__in=NOT_ADVISED_AGAINST)
