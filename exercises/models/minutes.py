"""How many minutes one session takes, on the row itself, so that lists can be filtered by it."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.pages.catalogues import FacetRule
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


def minutes_rule(most: tuple[int, ...], source: str, minutes: Callable[[str], str]) -> FacetRule:
    """The filter by minutes: up to each of these. ``minutes`` are those of a group of the source, 0 where unknown."""
    return FacetRule(
        "minutes",
        _("Minutes"),
        tuple((str(each), ngettext("Up to %d minute", "Up to %d minutes", each) % each) for each in most),
        lambda value: Q(minutes_ready__lte=int(value)),
        source,
        lambda group: [str(each) for each in most if 0 < int(minutes(group)) <= each],
    )
