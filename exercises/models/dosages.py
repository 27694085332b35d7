"""The columns a dosage is kept in: an exercise's own, or a routine item's overrides."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exercises.dosage import FIELDS, FIGURES, LINES, Dosage


def within_bounds(name: str) -> Q:
    """The bounds of a dosage figure as a database condition; empty is allowed."""
    figure = FIGURES[name]
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": figure.least, f"{name}__lte": figure.most})


def _figure(name: str) -> models.PositiveSmallIntegerField:
    figure = FIGURES[name]
    return models.PositiveSmallIntegerField(
        figure.verbose_name,
        null=True,
        blank=True,
        help_text=figure.help_text,
        validators=[MinValueValidator(figure.least), MaxValueValidator(figure.most)],
    )


def _line(name: str) -> models.CharField:
    line = LINES[name]
    return models.CharField(line.verbose_name, max_length=line.most_letters, blank=True, help_text=line.help_text)


class DosageFieldsMixin(models.Model):
    """Abstract: every field of a dosage. All may be empty; ``Dosage`` says which belong together."""

    hold_seconds = _figure("hold_seconds")
    hold_seconds_most = _figure("hold_seconds_most")
    repetitions = _figure("repetitions")
    repetitions_most = _figure("repetitions_most")
    rest_between_seconds = _figure("rest_between_seconds")
    seconds_per_repetition = _figure("seconds_per_repetition")
    moving_seconds = _figure("moving_seconds")
    moving_seconds_most = _figure("moving_seconds_most")
    sets = _figure("sets")
    rest_seconds = _figure("rest_seconds")
    intensity_cue = _line("intensity_cue")
    sessions_per_day = _figure("sessions_per_day")
    days_per_week = _figure("days_per_week")

    class Meta:
        abstract = True
        constraints: ClassVar[Any] = [
            models.CheckConstraint(name=f"%(app_label)s_%(class)s_{name}", condition=within_bounds(name))
            for name in FIGURES
        ] + [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_measure",
                condition=Q(hold_seconds__isnull=True) | Q(moving_seconds__isnull=True),
                violation_error_message=_("Choose one measure: a hold or a moving time, not both."),
            ),
        ]

    def figures(self) -> dict[str, Any]:
        """What is filled in, as ``Dosage`` takes it."""
        values = {name: getattr(self, name) for name in FIELDS}
        return {name: value for name, value in values.items() if value is not None and value != ""}

    def own_dosage(self) -> Dosage:
        """These figures as a dosage of their own. Raises ``DosageError`` where they are none."""
        return Dosage(**self.figures())
