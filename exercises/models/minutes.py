"""How many minutes one session takes, on the row itself, so that lists can be filtered by it."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.pages.facet_rules import FacetRule
from exercises.choices import usual_side


def minutes_column() -> models.PositiveSmallIntegerField:
    """Whole minutes, on the upper end of every range, rounded up; nothing while its dosage is incomplete."""
    return models.PositiveSmallIntegerField(null=True, blank=True, editable=False)


def minutes_of(exercise: Any) -> int | None:
    """What the column of an exercise holds."""
    try:
        return ceil(exercise.default_dosage().seconds_most(usual_side(exercise.laterality)) / 60)
    except ValueError:
        return None


def minutes_rule(most: tuple[int, ...]) -> FacetRule:
    """The filter by minutes: up to each of these. Those of a page are its source ``minutes``, 0 where unknown."""
    return FacetRule(
        "minutes",
        _("Minutes"),
        tuple((str(each), ngettext("Up to %d minute", "Up to %d minutes", each) % each) for each in most),
        read_in="minutes",
        stands_under=lambda minutes: [str(each) for each in most if 0 < int(minutes) <= each],
    )
