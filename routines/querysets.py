"""Questions about many routines, in the field's words."""

from __future__ import annotations

from typing import Self

from clinical.models import ShownClinicalPages


class RoutineQuerySet(ShownClinicalPages):
    """Questions about routines."""

    def for_condition(self, slug: str) -> Self:
        """Those used for a condition."""
        return self.filter(condition_uses__tag__slug=slug)
