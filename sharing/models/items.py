"""What a share link keeps of each exercise on the day it is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clinical.models import LegibleMixin, is_withdrawn
from clinical.publishing.gated_pages import is_restricted
from clinical.publishing.rows import ConstraintsTogetherMixin
from clinical.words.pain_kept import without_more_pain
from exercises.choices import Measure, Side
from exercises.dosage import FIELDS, Dosage
from exercises.dosage_fields import DosageError
from exercises.frequency import Frequency
from exercises.models import DosageFieldsMixin, ExercisePage
from exercises.models.ingredients import COLUMNS, Ingredient
from routines.choices import Phase
from routines.item_weeks import WEEKS, ItemWeeks, how_much
from routines.models.prescriptions import FollowableMixin
from routines.models.weeks_fields import WeeksFieldsMixin

#: An item of a routine or of a programme, as a record. The latter knows this module, so its class is not named.
PrescribedItem: TypeAlias = Any

_OWN_COLUMNS = (
    *("link_id", "is_withdrawn_now", "last_published_at", "exercise_id", "is_left_out"),
    *("is_taken_out", "exercise_measure"),
    *("phase", "side", "cue", *WEEKS, *FIELDS),
)


def is_kept_back() -> Q:
    """For annotations: whether no patient may be given a row's exercise, as it is withdrawn or open to some only."""
    return Q(is_withdrawn("exercise__content_key")) | Q(is_restricted("exercise__path"))


class ShareLinkItemQuerySet(models.QuerySet["ShareLinkItem"]):
    """Questions about what links keep."""

    def with_exercises(self) -> Self:
        """Each with its exercise as it is today, and whether that is kept back; one query."""
        return self.select_related("exercise").annotate(is_withdrawn_now=is_kept_back())

    def first_ones(self) -> Self:
        """The first two of each link, with the titles of their exercises and no more of those; for a list."""
        given = self.filter(sort_order__lt=2, is_left_out=False)
        return given.annotate(title=F("exercise__title")).order_by("sort_order")


class SharedItemMixin(FollowableMixin):
    """What was given: the same of a row in the database and of one that was read for a page."""

    #: Whether its words were given before: not judged again; what allows too much is left out when read.
    was_given = False

    if TYPE_CHECKING:
        link_id: int
        exercise_id: int
        exercise_measure: str
        is_left_out: bool
        is_taken_out: bool
        last_published_at: datetime | None
        phase: str
        side: str
        cue: str
        item_weeks: ItemWeeks

        def figures(self) -> dict[str, Any]:
            """The figures it was given with."""

    @property
    def chosen_side(self) -> Side:
        """The side it was given for."""
        return Side(self.side)

    def dosage(self) -> Dosage:
        """The dosage it was given with."""
        return Dosage(**self.figures())

    def dosage_words(self, often: Frequency) -> str:
        """What it was given with, in one line, beside how often the whole was given; with the weeks it is done in."""
        return how_much(self.dosage().but_for(often), self.chosen_side, self.item_weeks, often)

    def still_fits(self) -> bool:
        """Whether the exercise, as it is today, can be done with the side and dosage it was given with."""
        try:
            self.dosage()
            measure_now = self.exercise.default_dosage().measure
        except DosageError:
            return False
        return self.chosen_side.fits == self.exercise.laterality and self.exercise_measure == measure_now


class ShareLinkItem(LegibleMixin, SharedItemMixin, WeeksFieldsMixin, DosageFieldsMixin, ConstraintsTogetherMixin):
    """One exercise of the routine as it was given, or left out: order, phase, side, the whole dosage, the cue.

    The exercise is referred to, not copied: its words, figures, notes and withdrawal are always today's.
    """

    link = models.ForeignKey("sharing.ShareLink", on_delete=models.CASCADE, related_name="items")
    exercise = models.ForeignKey(ExercisePage, on_delete=models.PROTECT, related_name="share_link_items")
    sort_order = models.PositiveSmallIntegerField()
    is_left_out = models.BooleanField(default=False)
    is_taken_out = models.BooleanField(
        default=False, help_text=_("Left out since it was withdrawn or not published on the day; the sheet says so.")
    )
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
        constraints = [*DosageFieldsMixin.Meta.constraints, *WeeksFieldsMixin.Meta.constraints]

    def __str__(self) -> str:
        return str(self.exercise)

    @classmethod
    def kept_of(cls, item: PrescribedItem, number: int) -> ShareLinkItem:
        """An item of a routine or programme as it would be given now. Raises ``DosageError`` where it has no dosage."""
        kept = cls(
            exercise=item.exercise,
            sort_order=number,
            phase=item.phase,
            side=item.chosen_side,
            cue=item.cue,
            from_week=item.from_week,
            to_week=item.to_week,
            exercise_measure=item.exercise.default_dosage().measure,
            **asdict(item.dosage()),
        )
        kept.__dict__.update(_known_of(item))
        kept.last_published_at = item.exercise.last_published_at
        return kept

    def take_out_if_kept_back(self) -> None:
        """Leave it out, and say so, where nobody may be given its exercise today."""
        if not self.is_followable:
            self.is_left_out = self.is_taken_out = True

    def copied(self) -> ShareLinkItem:
        """The same for another link, with the exercise where that was fetched along.

        Its lines are as they are read now: what allows more pain than the exercise does today is not given again.
        """
        names = [field.attname for field in self._meta.concrete_fields if field.name not in {"id", "link"}]
        again = type(self)(**{name: getattr(self, name) for name in names})
        again.exercise, again.was_given = self.exercise, True
        for line in ("cue", "intensity_cue"):
            setattr(again, line, without_more_pain(getattr(self, line), self.exercise.pain_most))
        again.__dict__.update(_known_of(self))
        return again


def _known_of(row: PrescribedItem) -> dict[str, Any]:
    """Whether its exercise is kept back, where that was asked along with the row."""
    return {name: known for name, known in row.__dict__.items() if name == "is_withdrawn_now"}


class SharedItemRow(SharedItemMixin):
    """A row as a page reads it: its columns, and its exercise's as it is today."""

    figures: Any = DosageFieldsMixin.figures
    item_weeks: Any = WeeksFieldsMixin.item_weeks

    def __init__(self, values: tuple[Any, ...]) -> None:
        self.__dict__.update(zip(_OWN_COLUMNS, values, strict=False))
        self.exercise = Ingredient(values[len(_OWN_COLUMNS) :])


@cache
def _question() -> models.QuerySet[ShareLinkItem, tuple[Any, ...]]:
    """The question for a link's rows. To name its columns is half its cost, so that is done once."""
    items: Any = ShareLinkItem.objects
    rows = items.annotate(is_withdrawn_now=is_kept_back(), last_published_at=F("exercise__last_published_at"))
    return rows.order_by("sort_order").values_list(*_OWN_COLUMNS, *(f"exercise__{name}" for name in COLUMNS))


def shared_item_rows(link_id: int) -> list[SharedItemRow]:
    """What a link keeps, in order, each with its exercise; one query."""
    return [SharedItemRow(row) for row in _question().filter(link_id=link_id)]


def rows_of_links(links: Iterable[int]) -> dict[int, list[SharedItemRow]]:
    """What each of these links keeps, in order; one query for all of them."""
    found: dict[int, list[SharedItemRow]] = {}
    for values in _question().filter(link_id__in=list(links)):
        row = SharedItemRow(values)
        found.setdefault(row.link_id, []).append(row)
    return found
