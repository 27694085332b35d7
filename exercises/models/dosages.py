"""The columns a dosage is kept in: an exercise's own, or a routine item's overrides."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinical.publishing.rows import ConstraintsTogetherMixin
from exercises.dosage import BOUNDS, Dosage

_MOST_OF = {
    "hold_seconds_most": "hold_seconds",
    "repetitions_most": "repetitions",
    "moving_seconds_most": "moving_seconds",
}


def within_bounds(field: str) -> Q:
    """The bounds of a dosage figure as a database condition; empty is allowed."""
    least, most = BOUNDS[_MOST_OF.get(field, field)]
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": least, f"{field}__lte": most})


def _figure(field: str, help_text: Any, verbose_name: Any = None) -> models.PositiveSmallIntegerField:
    least, most = BOUNDS[_MOST_OF.get(field, field)]
    bounds = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(verbose_name, null=True, blank=True, help_text=help_text, validators=bounds)


class DosageFieldsMixin(ConstraintsTogetherMixin):
    """Abstract: every figure of a dosage. All may be empty; ``Dosage`` says which belong together."""

    FIGURES = (*BOUNDS, *_MOST_OF)

    hold_seconds = _figure(
        "hold_seconds", _("Seconds one repetition is held. Most adults 10–30; older adults 30–60 (ACSM).")
    )
    hold_seconds_most = _figure(
        "hold_seconds_most", _("Only for a range: the longest hold in seconds."), _("hold seconds, at most")
    )
    repetitions = _figure("repetitions", _("How many times. For stretches usually 2–4 (ACSM)."))
    repetitions_most = _figure(
        "repetitions_most", _("Only for a range: the most repetitions."), _("repetitions, at most")
    )
    seconds_per_repetition = _figure(
        "seconds_per_repetition", _("Seconds one repetition takes when nothing is held; 4 is usual.")
    )
    moving_seconds = _figure("moving_seconds", _("Seconds of moving: 300 for five minutes of walking."))
    moving_seconds_most = _figure(
        "moving_seconds_most", _("Only for a range: the most seconds of moving."), _("moving seconds, at most")
    )
    sets = _figure("sets", _("How many groups of repetitions; usually 1."))
    rest_seconds = _figure("rest_seconds", _("Seconds of rest between sets."))
    intensity_cue = models.CharField(
        max_length=255, blank=True, help_text=_("How it should feel, and its ceiling: “A mild pull, never pain.”")
    )
    sessions_per_day = _figure("sessions_per_day", _("How often a day."))
    days_per_week = _figure("days_per_week", _("On how many days a week; most stretches do best on most days."))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name=f"%(app_label)s_%(class)s_{field}",
                condition=within_bounds(field),
            )
            for field in (*BOUNDS, *_MOST_OF)
        ] + [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_measure",
                condition=Q(hold_seconds__isnull=True) | Q(moving_seconds__isnull=True),
                violation_error_message=_("Choose one measure: a hold or a moving time, not both."),
            ),
        ]

    def figures(self) -> dict[str, Any]:
        """The figures that are filled in, and the cue, as ``Dosage`` takes them."""
        given = {name: getattr(self, name) for name in self.FIGURES if getattr(self, name) is not None}
        return {**given, "intensity_cue": self.intensity_cue} if self.intensity_cue else given

    def own_dosage(self) -> Dosage:
        """These figures as a dosage of their own. Raises ``DosageError`` where they are none."""
        return Dosage(**self.figures())
