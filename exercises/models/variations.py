"""Easier, harder and other ways to do an exercise, a row each."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from clinical.words.legible import is_worded
from exercises.choices import VariationKind


class Variation(Orderable):
    """An easier, harder or other way to do the same: another exercise, or a sentence with what changes."""

    page = ParentalKey("exercises.ExercisePage", on_delete=models.CASCADE, related_name="variations")
    kind = models.CharField(max_length=20, choices=VariationKind.choices)
    exercise = models.ForeignKey(
        "exercises.ExercisePage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Another exercise …"),
    )
    text = models.TextField(blank=True, max_length=1000, help_text=_("… or what changes, in a sentence."))

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                name="exercises_variation_says_something",
                condition=Q(exercise__isnull=False) | is_worded("text"),
                violation_error_message=_("Choose an exercise, or say what changes."),
            ),
        ]

    def clean(self) -> None:
        """An exercise is no variation of itself."""
        super().clean()
        if self.exercise_id and self.exercise_id == self.page_id:
            raise ValidationError({"exercise": _("Choose another exercise: this is the same one.")})
