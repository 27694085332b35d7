"""The columns a dosage is kept in: an exercise's own, or a routine item's overrides."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exercises.dosage import CHOICES, FIELDS, FIGURES, LINES, Dosage
from exercises.dosage_fields import said_among
from exercises.frequency import FREQUENCY
from exercises.models.frequencies import (
    figure_column,
    frequency_column,
    frequency_constraints,
    within_bounds,
    words_column,
)


def _figure(name: str) -> models.PositiveSmallIntegerField:
    return figure_column(FIGURES[name])


def _only(name: str, condition: Q, words: Any) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{name}", condition=condition, violation_error_message=words
    )


#: What is said where a word is none of its vocabulary's.
_CHOOSE = {"band": _("Choose one of the bands."), "steps_up": _("Choose one of the figures that may step up.")}


class DosageFieldsMixin(models.Model):
    """Abstract: every field of a dosage. All may be empty; ``Dosage`` says which belong together."""

    sessions_per_day = frequency_column("sessions_per_day")
    sessions_per_day_most = frequency_column("sessions_per_day_most")
    days_per_week = frequency_column("days_per_week")
    days_per_week_most = frequency_column("days_per_week_most")
    every_days = frequency_column("every_days")
    as_needed = frequency_column("as_needed")
    as_needed_most = frequency_column("as_needed_most")
    hold_seconds = _figure("hold_seconds")
    hold_seconds_most = _figure("hold_seconds_most")
    contract_seconds = _figure("contract_seconds")
    relax_seconds = _figure("relax_seconds")
    stretch_seconds = _figure("stretch_seconds")
    repetitions = _figure("repetitions")
    repetitions_most = _figure("repetitions_most")
    repetitions_up_to = _figure("repetitions_up_to")
    rest_between_seconds = _figure("rest_between_seconds")
    rest_between_seconds_most = _figure("rest_between_seconds_most")
    seconds_per_repetition = _figure("seconds_per_repetition")
    tempo_out_seconds = _figure("tempo_out_seconds")
    tempo_hold_seconds = _figure("tempo_hold_seconds")
    tempo_back_seconds = _figure("tempo_back_seconds")
    moving_seconds = _figure("moving_seconds")
    moving_seconds_most = _figure("moving_seconds_most")
    band = words_column(CHOICES["band"])
    load_grams = _figure("load_grams")
    effort = _figure("effort")
    effort_most = _figure("effort_most")
    sets = _figure("sets")
    sets_most = _figure("sets_most")
    rest_seconds = _figure("rest_seconds")
    rest_seconds_most = _figure("rest_seconds_most")
    intensity_cue = words_column(LINES["intensity_cue"])
    steps_up = words_column(CHOICES["steps_up"])
    steps_up_by = _figure("steps_up_by")
    steps_up_every_days = _figure("steps_up_every_days")
    steps_up_to = _figure("steps_up_to")

    class Meta:
        abstract = True
        constraints: ClassVar[Any] = [
            *frequency_constraints(),
            *(
                models.CheckConstraint(name=f"%(app_label)s_%(class)s_{name}", condition=within_bounds(name, figure))
                for name, figure in FIGURES.items()
                if name not in FREQUENCY
            ),
            _only(
                "one_measure",
                Q(hold_seconds__isnull=True) | Q(moving_seconds__isnull=True),
                _("Choose one measure: a hold or a moving time, not both."),
            ),
            _only(
                "one_stretch",
                Q(contract_seconds__isnull=True) | Q(hold_seconds__isnull=True, moving_seconds__isnull=True),
                _("Choose one measure: tensing and letting go is neither a hold nor a moving time."),
            ),
            _only(
                "one_count",
                Q(repetitions__isnull=True) | Q(repetitions_up_to__isnull=True),
                _("Say how many repetitions, or up to how many, not both."),
            ),
            _only(
                "one_load",
                Q(band="") | Q(load_grams__isnull=True),
                _("It is done with a band or with a weight, not both."),
            ),
            *(
                _only(
                    name,
                    Q(**{f"{name}__in": ["", *about.vocabulary.values]}),
                    _CHOOSE.get(name, _("Choose one of the list.")),
                )
                for name, about in CHOICES.items()
            ),
        ]

    def figures(self) -> dict[str, Any]:
        """What is filled in, as ``Dosage`` takes it."""
        return said_among({name: getattr(self, name) for name in FIELDS})

    def own_dosage(self) -> Dosage:
        """These figures as a dosage of their own. Raises ``DosageError`` where they are none."""
        return Dosage(**self.figures())
