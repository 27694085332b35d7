"""Questions about many exercises, in the field's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from django.db.models import Q

from clinical.models import ShownClinicalPages
from clinical.words.choices import NOT_ADVISED_AGAINST, WIDER_REGION


def within(wider: Mapping[str, str], value: str) -> tuple[str, ...]:
    """A region with those that lie within it, or a position with those that are like it."""
    return (value, *(each for each, whole in wider.items() if whole == value))


def works(region: str, prefix: str = "") -> Q:
    """That an exercise stretches or works a region, or one within it."""
    found = Q()
    for each in within(WIDER_REGION, region):
        found |= Q(**{f"{prefix}body_regions__contains": f"|{each}|"})
    return found


def starts(position: str) -> Q:
    """That an exercise may be done in a position."""
    return Q(starting_position=position) | Q(other_positions__contains=f"|{position}|")


class ExerciseQuerySet(ShownClinicalPages):
    """Questions about exercises. Filtering by what several exercises share goes before any search."""

    def shown(self) -> Self:
        """Those readers may see, without the data their figures are drawn from: a list shows the drawings."""
        return super().shown().defer("figure")

    def for_condition(self, slug: str) -> Self:
        """Those used for a condition."""
        return self.filter(condition_uses__tag__slug=slug)

    def helping_with(self, slug: str) -> Self:
        """The same without those that a guideline advises against."""
        return self.filter(condition_uses__tag__slug=slug, condition_uses__evidence__in=NOT_ADVISED_AGAINST)

    def for_region(self, region: str) -> Self:
        """Those that stretch or work a body region."""
        return self.filter(works(region))

    def starting(self, position: str) -> Self:
        """Those that may be done in a position."""
        return self.filter(starts(position))
