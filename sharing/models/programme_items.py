"""What a programme holds of each exercise while it is put together: no more than differs from the exercise itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Self

from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinical.models import LegibleMixin, is_withdrawn
from clinical.publishing.rows import ConstraintsTogetherMixin
from exercises.choices import Side
from exercises.models import DosageFieldsMixin, ExercisePage
from routines.choices import Phase
from routines.models.item_faults import ItemFaultsMixin
from routines.models.prescriptions import PrescribingMixin, Prescription, Prescriptions
from routines.models.weeks_fields import WeeksFieldsMixin
from sharing.identity import names_nobody

#: A line beside an exercise is a line.
MOST_IN_A_LINE = 140


class ProgrammeItemQuerySet(models.QuerySet["ProgrammeItem"]):
    """Questions about what programmes hold."""

    def with_exercises(self) -> Self:
        """Each with its exercise, and whether that is withdrawn; all in one query."""
        return self.select_related("exercise").annotate(is_withdrawn_now=is_withdrawn("exercise__content_key"))


class ProgrammeItem(
    ItemFaultsMixin, PrescribingMixin, LegibleMixin, WeeksFieldsMixin, DosageFieldsMixin, ConstraintsTogetherMixin
):
    """One exercise of a programme. An empty figure means the exercise's own."""

    programme = models.ForeignKey("sharing.Programme", on_delete=models.CASCADE, related_name="items")
    exercise = models.ForeignKey(ExercisePage, on_delete=models.PROTECT, related_name="programme_items")
    sort_order = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=20, choices=Phase.choices, default=Phase.MAIN)
    side = models.CharField(max_length=10, choices=Side.choices, blank=True)
    cue = models.CharField(
        _("line beside it"),
        max_length=MOST_IN_A_LINE,
        blank=True,
        validators=[ProhibitNullCharactersValidator(), names_nobody],
    )

    objects = ProgrammeItemQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("exercise of a programme")
        verbose_name_plural = _("exercises of programmes")
        constraints = [*DosageFieldsMixin.Meta.constraints, *WeeksFieldsMixin.Meta.constraints]

    def __str__(self) -> str:
        return str(self.exercise)

    def clean(self) -> None:
        """How it should feel comes from a routine, whose words were reviewed; it names nobody either."""
        super().clean()
        names_nobody(self.intensity_cue)

    @classmethod
    def prescriptions(cls, programme_id: int) -> Sequence[Prescription]:
        """The items of a programme, each with its exercise, as a sheet reads them: one query."""
        return _prescriptions().of(programme_id)


@cache
def _prescriptions() -> Prescriptions:
    return Prescriptions(ProgrammeItem, "programme")
