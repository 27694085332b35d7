"""What a share link keeps of each exercise on the day it is made."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinical.models import is_withdrawn
from clinical.querysets import is_shown
from exercises.choices import Measure, Side
from exercises.dosage import Dosage, DosageError
from exercises.dosage_words import in_words
from exercises.models import DosageFields, ExercisePage
from routines.choices import Phase

if TYPE_CHECKING:
    from routines.models.routines import RoutineItem


class ShareLinkItemQuerySet(models.QuerySet["ShareLinkItem"]):
    """Questions about what links keep."""

    def with_exercises(self) -> Self:
        """Each with its exercise as it is today, and whether that is withdrawn; one query."""
        return self.select_related("exercise").annotate(is_withdrawn_now=is_withdrawn("exercise__content_key"))


class ShareLinkItem(DosageFields):
    """One exercise of the routine as it was given, or left out: order, phase, side, the whole dosage, the cue.

    The exercise is referred to, not copied: its words, figures, notes and withdrawal are always today's.
    """

    link = models.ForeignKey("routines.ShareLink", on_delete=models.CASCADE, related_name="items")
    exercise = models.ForeignKey(ExercisePage, on_delete=models.PROTECT, related_name="share_link_items")
    sort_order = models.PositiveSmallIntegerField()
    is_left_out = models.BooleanField(default=False)
    phase = models.CharField(max_length=20, choices=Phase.choices)
    side = models.CharField(max_length=10, choices=Side.choices)
    cue = models.CharField(max_length=255, blank=True)
    exercise_measure = models.CharField(
        max_length=20, choices=Measure.choices, help_text=_("What the exercise counted when it was given.")
    )

    objects = ShareLinkItemQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order"]
        verbose_name = _("exercise of a share link")
        verbose_name_plural = _("exercises of share links")
        constraints = DosageFields.Meta.constraints

    def __str__(self) -> str:
        return str(self.exercise)

    @classmethod
    def kept_of(cls, item: RoutineItem, number: int) -> ShareLinkItem:
        """An item of a routine as it would be given now. Raises ``DosageError`` where it has no dosage."""
        kept = cls(
            exercise=item.exercise,
            sort_order=number,
            phase=item.phase,
            side=item.chosen_side,
            cue=item.cue,
            exercise_measure=item.exercise.default_dosage().measure,
            **asdict(item.dosage()),
        )
        kept.__dict__.update({name: known for name, known in item.__dict__.items() if name == "is_withdrawn_now"})
        return kept

    @property
    def is_followable(self) -> bool:
        """Whether its exercise may be done: live and not withdrawn. No query where that was fetched along."""
        known: bool | None = self.__dict__.get("is_withdrawn_now")
        return is_shown(self.exercise) and not (self.exercise.is_withdrawn() if known is None else known)

    @property
    def chosen_side(self) -> Side:
        """The side it was given for."""
        return Side(self.side)

    def dosage(self) -> Dosage:
        """The dosage it was given with."""
        return self.own_dosage()

    @property
    def dosage_words(self) -> str:
        """What it was given with, in one line."""
        return in_words(self.dosage(), self.chosen_side)

    def still_fits(self) -> bool:
        """Whether the exercise, as it is today, can be done with the side and dosage it was given with."""
        try:
            self.dosage()
            measure_now = self.exercise.default_dosage().measure
        except DosageError:
            return False
        return self.chosen_side.fits == self.exercise.laterality and self.exercise_measure == measure_now

    def copied(self) -> ShareLinkItem:
        """The same for another link."""
        names = [field.attname for field in self._meta.concrete_fields if field.name not in {"id", "link"}]
        return type(self)(**{name: getattr(self, name) for name in names})
