"""The columns that how often something is done is kept in: an exercise's, an item's, a routine's, a share link's."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exercises.dosage_fields import Choice, DosageError, Figure, Line, Switch
from exercises.dosage_words import fault_in_words
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


def frequency_column(name: str) -> Any:
    """The column of one part of how often something is done; all may be empty."""
    about = OF_FREQUENCY[name]
    return switch_column(about) if isinstance(about, Switch) else figure_column(FREQUENCY_FIGURES[name])


def _none_of(*names: str) -> Q:
    return Q(**{f"{name}__isnull": True for name in names})


_PLANNED = _none_of(*(name for name in FREQUENCY if not name.startswith("as_needed")))


def frequency_constraints() -> list[models.CheckConstraint]:
    """What the database holds of how often, whoever wrote the row."""
    bounds = [
        models.CheckConstraint(name=f"%(app_label)s_%(class)s_{name}", condition=within_bounds(name, figure))
        for name, figure in FREQUENCY_FIGURES.items()
    ]
    one_way = models.CheckConstraint(
        name="%(app_label)s_%(class)s_one_frequency",
        condition=(_none_of("as_needed_most") | Q(as_needed=True))
        & (Q(as_needed=False) | _PLANNED)
        & (_none_of("every_days") | _none_of("days_per_week")),
        violation_error_message=_(
            "Say how often in one way: so many times on so many days a week, every so many days, or as needed."
        ),
    )
    return [*bounds, one_way]


def how_often_refusal(holder: Any) -> dict[str, list[str]]:
    """Why something cannot be handed out as often as it says; nothing where it can be."""
    try:
        often = Frequency.of(holder)
    except DosageError as error:
        return {error.field: [fault_in_words(error)]}
    if often.is_whole:
        return {}
    if often.sessions_per_day is None:
        return {"sessions_per_day": [str(_("Say how many times a day, or that it is done as needed."))]}
    return {"days_per_week": [str(_("Say on how many days a week, or every so many days."))]}
