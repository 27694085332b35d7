"""What a programme holds of each exercise while it is put together: as it would be given now, figures and all."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinical.models import LegibleMixin
from clinical.publishing.rows import ConstraintsTogetherMixin
from clinical.words.exercising import ExerciseKind
from exercises.choices import Measure, Side, usual_side
from exercises.models import DosageFieldsMixin, ExercisePage
from routines.choices import Phase
from routines.models.item_faults import ItemFaultsMixin
from routines.models.weeks_fields import WeeksFieldsMixin
from sharing.identity import names_nobody
from sharing.models.items import SharedItemMixin, is_kept_back

#: A line beside an exercise is a line.
MOST_IN_A_LINE = 140


class ProgrammeItemQuerySet(models.QuerySet["ProgrammeItem"]):
    """Questions about what programmes hold."""

    def with_exercises(self) -> Self:
        """Each with its exercise, and whether that is kept back; all in one query."""
        return self.select_related("exercise").annotate(is_withdrawn_now=is_kept_back())


class ProgrammeItem(
    ItemFaultsMixin,
    SharedItemMixin,
    LegibleMixin,
    WeeksFieldsMixin,
    DosageFieldsMixin,
    ConstraintsTogetherMixin,
):
    """One exercise of a programme: order, phase, side, the whole dosage, a line beside it."""

    programme = models.ForeignKey("sharing.Programme", on_delete=models.CASCADE, related_name="items")
    exercise = models.ForeignKey(ExercisePage, on_delete=models.PROTECT, related_name="programme_items")
    sort_order = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=20, choices=Phase.choices, default=Phase.MAIN)
    side = models.CharField(max_length=10, choices=Side.choices)
    cue = models.CharField(
        _("line beside it"),
        max_length=MOST_IN_A_LINE,
        blank=True,
        validators=[ProhibitNullCharactersValidator(), names_nobody],
    )
    exercise_measure = models.CharField(max_length=20, choices=Measure.choices)

    objects = ProgrammeItemQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("exercise of a programme")
        verbose_name_plural = _("exercises of programmes")
        constraints = [*DosageFieldsMixin.Meta.constraints, *WeeksFieldsMixin.Meta.constraints]

    def __str__(self) -> str:
        return str(self.exercise)

    @classmethod
    def holding(cls, exercise: ExercisePage) -> ProgrammeItem:
        """An exercise as it stands in the catalogue, on its usual side. Raises ``DosageError`` where it has no dosage.

        A warm-up is in the part that warms up; everything else in the main part, until somebody says otherwise.
        How often it is done on its own says nothing: a programme is done as often as it says as a whole.
        """
        dosage = exercise.default_dosage()
        return cls(
            exercise=exercise,
            phase=Phase.WARM_UP if exercise.kind == ExerciseKind.WARM_UP else Phase.MAIN,
            side=usual_side(exercise.laterality),
            exercise_measure=dosage.measure,
            **asdict(dosage.without_frequency()),
        )

    @classmethod
    def like(cls, row: Any, *, with_line: bool) -> ProgrammeItem:
        """What a routine prescribes, a link has given or a programme holds, as it stands there.

        A line that is too long here was written for a routine, and is left there.
        """
        is_short = with_line and len(row.cue) <= MOST_IN_A_LINE
        return cls(
            exercise=row.exercise,
            phase=row.phase,
            side=row.chosen_side,
            cue=row.cue if is_short else "",
            from_week=row.from_week,
            to_week=row.to_week,
            exercise_measure=getattr(row, "exercise_measure", row.exercise.default_dosage().measure),
            **asdict(row.dosage()),
        )

    def forget_names(self) -> None:
        """Leave out lines that may name somebody: they were written where nobody looked for that."""
        for name in ("cue", "intensity_cue"):
            try:
                names_nobody(getattr(self, name))
            except ValidationError:
                setattr(self, name, "")

    def words_judged_here(self) -> str:
        """None: its line is judged with all a line may say, and no field here mends how it should feel.

        What that allows too much is left out where it is read, so an exercise made stricter keeps nobody from giving.
        """
        return ""

    def check_fields(self) -> None:
        """Raise ``ValidationError`` where it cannot be kept, whatever programme it is for."""
        self.clean_fields(exclude={"programme", "exercise", "sort_order"})
        self.clean()

    def clean(self) -> None:
        """How it should feel was reviewed with the exercise or routine it comes from; it names nobody either."""
        super().clean()
        names_nobody(self.intensity_cue)
