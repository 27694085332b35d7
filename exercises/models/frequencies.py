"""The columns that how often something is done is kept in: an exercise's, an item's, a routine's, a share link's."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exercises.dosage_fields import Choice, DosageError, Figure, Line, Switch
from exercises.frequency import FREQUENCY, FREQUENCY_FIGURES, OF_FREQUENCY, Frequency


def within_bounds(name: str, figure: Figure) -> Q:
    """The bounds of a figure as a database condition; empty is allowed."""
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": figure.least, f"{name}__lte": figure.most})


def figure_column(figure: Figure) -> models.PositiveSmallIntegerField:
    """The column of a figure; it may be empty."""
    return models.PositiveSmallIntegerField(
        figure.verbose_name,
        null=True,
        blank=True,
        help_text=figure.help_text,
        validators=[MinValueValidator(figure.least), MaxValueValidator(figure.most)],
    )


def switch_column(switch: Switch) -> models.BooleanField:
    """The column of something that holds or does not."""
    return models.BooleanField(switch.verbose_name, default=False, help_text=switch.help_text)


def words_column(about: Line | Choice) -> models.CharField:
    """The column of a line of words or of one of a vocabulary; it may be empty."""
    if isinstance(about, Line):
        letters, choices = about.most_letters, None
    else:
        letters, choices = 20, about.vocabulary.choices
    return models.CharField(
        about.verbose_name, max_length=letters, choices=choices, blank=True, default="", help_text=about.help_text
    )


def _column(name: str) -> Any:
    about = OF_FREQUENCY[name]
    return switch_column(about) if isinstance(about, Switch) else figure_column(FREQUENCY_FIGURES[name])


def _none_of(*names: str) -> Q:
    return Q(**{f"{name}__isnull": True for name in names})


_PLANNED = _none_of(*(name for name in FREQUENCY if not name.startswith("as_needed")))


class FrequencyFieldsMixin(models.Model):
    """Abstract: every field of a frequency. All may be empty; ``Frequency`` says which belong together."""

    sessions_per_day = _column("sessions_per_day")
    sessions_per_day_most = _column("sessions_per_day_most")
    days_per_week = _column("days_per_week")
    days_per_week_most = _column("days_per_week_most")
    every_days = _column("every_days")
    as_needed = _column("as_needed")
    as_needed_most = _column("as_needed_most")

    class Meta:
        abstract = True
        constraints: ClassVar[Any] = [
            models.CheckConstraint(name=f"%(app_label)s_%(class)s_{name}", condition=within_bounds(name, figure))
            for name, figure in FREQUENCY_FIGURES.items()
        ] + [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_frequency",
                condition=(_none_of("as_needed_most") | Q(as_needed=True))
                & (Q(as_needed=False) | _PLANNED)
                & (_none_of("every_days") | _none_of("days_per_week")),
                violation_error_message=_(
                    "Say how often in one way: so many times on so many days a week, every so many days, or as needed."
                ),
            ),
        ]

    def often(self) -> Frequency:
        """How often, as a value. Raises ``DosageError`` where the fields contradict each other."""
        return Frequency.of(self)


def how_often_refusal(holder: Any, *, comes_unplanned: bool) -> dict[str, list[str]]:
    """Why something cannot be handed out as often as it says; nothing where it can be.

    What ``comes_unplanned`` is done while symptoms last and at no other time, so that no day can be named for it.
    """
    try:
        often = Frequency.of(holder)
    except DosageError as error:
        return {error.field: [error.message]}
    if comes_unplanned and not often.as_needed:
        return {"as_needed": [str(_("It is done during symptoms only: tick this, and leave times and days empty."))]}
    if often.is_whole:
        return {}
    if often.sessions_per_day is None:
        return {"sessions_per_day": [str(_("Say how many times a day, or that it is done as needed."))]}
    return {"days_per_week": [str(_("Say on how many days a week, or every so many days."))]}
